package dev.sluice.serde;

import java.io.IOException;
import org.apache.avro.io.DatumReader;

/** One Avro datum. */
final class Datum {
    private Datum() {}

    /**
     * The datum that fills an array from an offset to the end.
     *
     * @throws UndecodableException whatever is wrong with the bytes: nothing else may come out of bad input
     */
    static <T> T read(DatumReader<T> reader, byte[] bytes, int offset) {
        BoundedDecoder decoder = new BoundedDecoder(bytes, offset);
        T datum = read(reader, decoder);
        if (decoder.remaining() > 0) {
            throw new UndecodableException(decoder.remaining() + " bytes follow the end of the value");
        }
        return datum;
    }

    /** The next datum. @throws UndecodableException as above */
    static <T> T read(DatumReader<T> reader, BoundedDecoder decoder) {
        try {
            return reader.read(null, decoder);
        } catch (IOException | RuntimeException e) {
            throw new UndecodableException(
                    "the bytes do not fit their schema (" + e.getClass().getSimpleName() + ")", e);
        } catch (StackOverflowError e) {
            throw new UndecodableException("the value is nested too deeply", e);
        }
    }
}
