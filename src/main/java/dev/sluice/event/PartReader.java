package dev.sluice.event;

import dev.sluice.serde.DatumPart;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Reads an array, a map or a nested record: Avro decodes the part, and its value is converted. */
final class PartReader extends FieldReader {
    private final Schema schema;
    private final DatumPart part;

    PartReader(Schema writer, Schema reader) {
        this.schema = reader;
        this.part = new DatumPart(writer, reader);
    }

    @Override
    @Nullable Object read(byte[] bytes, int start) {
        return AvroValues.convert(schema, part.read(bytes, start));
    }
}
