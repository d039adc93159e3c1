package dev.sluice.engine;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes as they are written, one after another; numbers with their highest byte first. Confined to one thread. */
final class ByteSink {
    private byte[] bytes = new byte[64];
    private int size;

    /** Begins anew, in the same memory. */
    ByteSink clear() {
        size = 0;
        return this;
    }

    ByteSink put(int oneByte) {
        room(1);
        bytes[size++] = (byte) oneByte;
        return this;
    }

    ByteSink putInt(int value) {
        room(4);
        for (int shift = 24; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
        return this;
    }

    ByteSink putLong(long value) {
        room(8);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
        return this;
    }

    /** A count, at least 0, in one to five bytes. */
    ByteSink putCount(int count) {
        int rest = count;
        while (rest > 0x7f) {
            put((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        return put(rest);
    }

    ByteSink putBytes(byte[] more) {
        room(more.length);
        System.arraycopy(more, 0, bytes, size, more.length);
        size += more.length;
        return this;
    }

    /** With its length before it. */
    ByteSink putSized(byte[] more) {
        return putCount(more.length).putBytes(more);
    }

    /** With its length before it. */
    ByteSink putText(String text) {
        return putSized(text.getBytes(StandardCharsets.UTF_8));
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
