package dev.sluice.engine;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Bytes that a {@link ByteSink} wrote, read one after another. */
final class ByteSource {
    private final ByteBuffer bytes;

    ByteSource(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    int get() {
        return bytes.get() & 0xff;
    }

    int getInt() {
        return bytes.getInt();
    }

    long getLong() {
        return bytes.getLong();
    }

    int getCount() {
        int count = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int next = get();
            count |= (next & 0x7f) << shift;
            if (next < 0x80) {
                return count;
            }
        }
        throw new IllegalArgumentException("a count goes on over five bytes");
    }

    byte[] getBytes(int length) {
        if (length < 0 || length > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] read = new byte[length];
        bytes.get(read);
        return read;
    }

    byte[] getSized() {
        return getBytes(getCount());
    }

    String getText() {
        return new String(getSized(), StandardCharsets.UTF_8);
    }

    byte[] getRest() {
        return getBytes(bytes.remaining());
    }

    boolean hasMore() {
        return bytes.hasRemaining();
    }
}
