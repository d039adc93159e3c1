package dev.sluice.window;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that grow. Numbers take the fewer bytes the smaller they are. Confined to one thread. */
public final class ByteOut {
    private byte[] bytes = new byte[64];
    private int size;

    /** Begins anew, in the same memory. */
    public ByteOut clear() {
        size = 0;
        return this;
    }

    public ByteOut oneByte(int value) {
        room(1);
        bytes[size++] = (byte) value;
        return this;
    }

    /** Seven bits a byte, the low ones first: values under 128 take one byte, negative ones ten. */
    public ByteOut unsigned(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
        return this;
    }

    public ByteOut signed(long value) {
        return unsigned(value << 1 ^ value >> 63);
    }

    /** The bits of a double: numbers with few digits in binary are short. */
    public ByteOut bits(long doubleBits) {
        return unsigned(Long.reverseBytes(doubleBits));
    }

    /** Eight bytes, the highest first. */
    public ByteOut fixed(long value) {
        return fixed(value, Long.BYTES);
    }

    /** Four bytes, the highest first. */
    public ByteOut fixedInt(int value) {
        return fixed(value, Integer.BYTES);
    }

    private ByteOut fixed(long value, int count) {
        room(count);
        for (int shift = 8 * (count - 1); shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
        return this;
    }

    /** With their number before them. */
    public ByteOut bytes(byte[] value) {
        return unsigned(value.length).raw(value);
    }

    /** As they are. */
    public ByteOut raw(byte[] value) {
        room(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
        return this;
    }

    /** In UTF-8, with the number of bytes before it. */
    public ByteOut text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }
}
