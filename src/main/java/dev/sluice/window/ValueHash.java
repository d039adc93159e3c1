package dev.sluice.window;

import java.nio.charset.StandardCharsets;

/** 64 bits for a value; the same for equal values, in every process. */
final class ValueHash {
    private static final long STEP = 0x9E3779B97F4A7C15L;

    private ValueHash() {}

    static long of(long value) {
        return mix(value + STEP);
    }

    static long of(Object value) {
        if (value instanceof Long number) {
            return of(number.longValue());
        }
        if (value instanceof String text) {
            return of(text.getBytes(StandardCharsets.UTF_8));
        }
        ByteOut out = new ByteOut();
        ValueBytes.write(out, value instanceof Double number && number == 0 ? (Object) 0.0 : value);
        return of(out.toBytes());
    }

    private static long of(byte[] bytes) {
        long hash = bytes.length * STEP;
        long part = 0;
        for (int i = 0; i < bytes.length; i++) {
            part = (part << 8) | (bytes[i] & 0xFF);
            if ((i & 7) == 7) {
                hash = mix(hash ^ part) + STEP;
                part = 0;
            }
        }
        return mix(hash ^ part);
    }

    /** Turns every bit of the input into half of the bits of the output. */
    private static long mix(long value) {
        long mixed = (value ^ value >>> 32) * 0xD6E8FEB86659FD93L;
        mixed = (mixed ^ mixed >>> 32) * 0xD6E8FEB86659FD93L;
        return mixed ^ mixed >>> 32;
    }
}
