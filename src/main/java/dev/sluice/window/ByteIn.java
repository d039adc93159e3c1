package dev.sluice.window;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what {@link ByteOut} wrote; throws {@link IllegalArgumentException} where the bytes end too soon. Confined to one thread. */
public final class ByteIn {
    private final byte[] bytes;
    private int at;

    public ByteIn(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * From a place on.
     *
     * @throws IllegalArgumentException when the bytes end before it
     */
    public ByteIn(byte[] bytes, int from) {
        this(bytes);
        need(from);
        at = from;
    }

    public int oneByte() {
        need(1);
        return bytes[at++] & 0xFF;
    }

    public long unsigned() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = oneByte();
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new IllegalArgumentException("no number ends at byte " + at);
    }

    public long signed() {
        long value = unsigned();
        return value >>> 1 ^ -(value & 1);
    }

    public long bits() {
        return Long.reverseBytes(unsigned());
    }

    public long fixed() {
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = value << 8 | oneByte();
        }
        return value;
    }

    /** A number of things of which each takes a byte at least. */
    public int count() {
        long count = unsigned();
        if (count < 0 || count > bytes.length - at) {
            throw new IllegalArgumentException("the bytes end before " + count + " things could follow");
        }
        return (int) count;
    }

    public byte[] bytes() {
        int length = count();
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    public String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    public void demandEnd() {
        if (at != bytes.length) {
            throw new IllegalArgumentException((bytes.length - at) + " bytes are left over");
        }
    }

    private void need(int count) {
        if (bytes.length - at < count) {
            throw new IllegalArgumentException("the bytes end too soon, at " + bytes.length);
        }
    }
}
