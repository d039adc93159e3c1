package dev.sluice.window;

import java.util.function.Function;
import org.apache.datasketches.common.SketchesException;

/** Reads sketches from bytes that may be damaged. */
final class Sketches {
    private Sketches() {}

    static <T> T reading(byte[] bytes, Function<byte[], T> reader) {
        try {
            return reader.apply(bytes);
        } catch (SketchesException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("a sketch of " + bytes.length + " bytes cannot be read", e);
        }
    }
}
