package dev.sluice.window;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that grow. Numbers take the fewer bytes the smaller they are. */
final class ByteOut {
    private byte[] bytes = new byte[64];
    private int size;

    void oneByte(int value) {
        if (size == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * size);
        }
        bytes[size++] = (byte) value;
    }

    /** Seven bits a byte, the low ones first: values under 128 take one byte, negative ones ten. */
    void unsigned(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            oneByte((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        oneByte((int) rest);
    }

    void signed(long value) {
        unsigned(value << 1 ^ value >> 63);
    }

    /** The bits of a double: numbers with few digits in binary are short. */
    void bits(long doubleBits) {
        unsigned(Long.reverseBytes(doubleBits));
    }

    /** Eight bytes. */
    void fixed(long value) {
        for (int shift = 56; shift >= 0; shift -= 8) {
            oneByte((int) (value >>> shift));
        }
    }

    void bytes(byte[] value) {
        unsigned(value.length);
        raw(value);
    }

    void raw(byte[] value) {
        if (bytes.length - size < value.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * size, size + value.length));
        }
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
    }

    void text(String value) {
        bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }
}
