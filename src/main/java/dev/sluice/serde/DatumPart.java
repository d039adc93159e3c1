package dev.sluice.serde;

import org.apache.avro.Schema;
import org.apache.avro.io.DatumReader;
import org.jspecify.annotations.Nullable;

/**
 * One datum within a message, such as a field of its record, decoded on its own as a plain generic value.
 *
 * <p>Threading: any number of threads.
 */
public final class DatumPart {
    private final DatumReader<Object> reader;

    public DatumPart(Schema writer, Schema reader) {
        this.reader = DatumFormat.GENERIC.reader(writer, reader);
    }

    /**
     * The datum that begins at {@code offset}; what follows it does not matter.
     *
     * @throws UndecodableException when the bytes do not fit the schemas
     */
    public @Nullable Object read(byte[] message, int offset) {
        BoundedDecoder decoder = new BoundedDecoder(message, 0);
        decoder.moveTo(offset);
        return Datum.read(reader, decoder);
    }
}
