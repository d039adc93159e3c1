package dev.sluice.events;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;

/** Records of an Avro container file, resolved to the topic's schema. */
final class AvroRows implements RowSource {
    private final DataFileReader<GenericRecord> reader;
    private long number;

    private AvroRows(DataFileReader<GenericRecord> reader) {
        this.reader = reader;
    }

    static AvroRows open(Path file, Schema schema) throws IOException {
        DataFileReader<GenericRecord> reader =
                new DataFileReader<>(file.toFile(), new GenericDatumReader<>(null, schema));
        var compatibility = SchemaCompatibility.checkReaderWriterCompatibility(schema, reader.getSchema());
        if (compatibility.getType() != SchemaCompatibilityType.COMPATIBLE) {
            reader.close();
            throw new EventFileException(
                    file + ": its schema " + reader.getSchema().getName()
                            + " cannot be read as " + schema.getName() + ": "
                            + compatibility.getResult().getIncompatibilities());
        }
        return new AvroRows(reader);
    }

    @Override
    public Optional<EventRow> next() throws IOException {
        try {
            if (!reader.hasNext()) {
                return Optional.empty();
            }
            number++;
            return Optional.of(new EventRow.Event(number, reader.next()));
        } catch (AvroRuntimeException e) {
            throw new IOException("the Avro file is damaged after record " + number + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
