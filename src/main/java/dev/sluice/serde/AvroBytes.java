package dev.sluice.serde;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Single values of Avro binary, read where they stand. The methods named {@code ...At} trust their place: it is one that
 * {@link RecordWalk} has found good. Those named {@code after...} trust nothing.
 */
public final class AvroBytes {
    /** No place: the bytes do not hold such a value. */
    static final int REFUSED = -1;

    private static final int MOST_VARINT_BYTES = 10;

    private static final long HIGHEST_BITS = 0x8080_8080_8080_8080L;

    /** So many bytes of a varint always fit an int. */
    private static final int SHORT_VARINT_BYTES = 4;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private AvroBytes() {}

    public static boolean booleanAt(byte[] bytes, int at) {
        return bytes[at] != 0;
    }

    /** An int, a long, an enum's or a union's index, or a length. */
    public static long longAt(byte[] bytes, int at) {
        long first = bytes[at];
        return first >= 0 ? (first >>> 1) ^ -(first & 1) : manyBytesAt(bytes, at);
    }

    private static long manyBytesAt(byte[] bytes, int at) {
        long value = 0;
        int next = at;
        for (int shift = 0; ; shift += 7) {
            byte each = bytes[next++];
            value |= (each & 0x7FL) << shift;
            if (each >= 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
    }

    public static float floatAt(byte[] bytes, int at) {
        return Float.intBitsToFloat((int) INTS.get(bytes, at));
    }

    public static double doubleAt(byte[] bytes, int at) {
        return Double.longBitsToDouble((long) LONGS.get(bytes, at));
    }

    /** A string, or bytes taken for UTF-8; what is malformed becomes the replacement character. */
    public static String textAt(byte[] bytes, int at) {
        int length = (int) longAt(bytes, at);
        return new String(bytes, afterLong(bytes, at), length, StandardCharsets.UTF_8);
    }

    /** A copy of the contents of bytes or of a string. */
    public static byte[] contentsAt(byte[] bytes, int at) {
        int length = (int) longAt(bytes, at);
        int start = afterLong(bytes, at);
        return Arrays.copyOfRange(bytes, start, start + length);
    }

    /** The place after a long, or after any other number of variable length. */
    public static int afterLong(byte[] bytes, int at) {
        return at < bytes.length && bytes[at] >= 0 ? at + 1 : afterManyBytes(bytes, at);
    }

    private static int afterManyBytes(byte[] bytes, int at) {
        if (at <= bytes.length - Long.BYTES) {
            // All but the last byte of a varint have their highest bit set: eight are looked at together.
            long lasts = ~(long) LONGS.get(bytes, at) & HIGHEST_BITS;
            if (lasts != 0) {
                return at + (Long.numberOfTrailingZeros(lasts) >>> 3) + 1;
            }
        }
        int end = Math.min(bytes.length - at, MOST_VARINT_BYTES);
        for (int i = 0; i < end; i++) {
            if (bytes[at + i] >= 0) {
                return at + i + 1;
            }
        }
        return REFUSED;
    }

    static int afterInt(byte[] bytes, int at) {
        int next = afterLong(bytes, at);
        return next - at <= SHORT_VARINT_BYTES || isInt(longAt(bytes, at)) ? next : REFUSED;
    }

    private static boolean isInt(long value) {
        return value == (int) value;
    }

    static int afterBoolean(byte[] bytes, int at) {
        return at < bytes.length && (bytes[at] & ~1) == 0 ? at + 1 : REFUSED;
    }

    static int afterFixed(byte[] bytes, int at, int size) {
        return size <= bytes.length - at ? at + size : REFUSED;
    }

    /** The place after an index from 0 to {@code count} - 1. */
    static int afterIndex(byte[] bytes, int at, int count) {
        int next = afterLong(bytes, at);
        if (next == REFUSED) {
            return REFUSED;
        }
        long index = longAt(bytes, at);
        return index >= 0 && index < count ? next : REFUSED;
    }

    /** The place after a string or bytes: a length, then so many bytes. */
    static int afterContents(byte[] bytes, int at) {
        int next = afterLong(bytes, at);
        if (next == REFUSED) {
            return REFUSED;
        }
        long length = longAt(bytes, at);
        return length >= 0 && length <= bytes.length - next ? next + (int) length : REFUSED;
    }
}
