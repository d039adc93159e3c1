package dev.sluice.serde;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes Avro records and primitives in the Confluent wire format: byte 0, 4-byte big-endian schema id, Avro binary; a value
 * of type bytes follows raw, without a length. {@code null} is written as {@code null}. Throws {@link SerdeException}s.
 *
 * <p>Threading: once configured, any number of threads.
 */
public final class AvroSerializer implements Serializer<Object> {
    private @Nullable Writing writing;

    /** For Kafka, which calls {@link #configure} next. */
    public AvroSerializer() {}

    private record Writing(
            SchemaRegistry registry, SchemaChoice choice, SubjectNaming naming, RecordPart part, DatumFormat format) {}

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        configure(configs, RecordPart.of(isKey), SchemaRegistry.open(configs));
    }

    void configure(Map<String, ?> configs, RecordPart part, SchemaRegistry registry) {
        Settings settings = new Settings(configs);
        writing = new Writing(
                registry,
                SchemaChoice.from(settings),
                SubjectNaming.from(settings, part.namingSetting()),
                part,
                DatumFormat.generic(settings));
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable Object value) {
        Writing by = writing;
        if (by == null) {
            throw new IllegalStateException("AvroSerializer is used before it is configured");
        }
        if (value == null) {
            return null;
        }
        Schema schema = DatumFormat.schemaOf(value);
        String subject = by.naming().subject(by.part(), topic, schema);
        SchemaChoice.Chosen chosen = by.choice().choose(by.registry(), subject, schema);
        return write(by, chosen, value);
    }

    @Override
    public byte @Nullable [] serialize(String topic, Headers headers, @Nullable Object value) {
        return serialize(topic, value);
    }

    private static byte[] write(Writing by, SchemaChoice.Chosen chosen, Object value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        out.write(WireFormat.ID_MAGIC);
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(chosen.id()).array());
        if (chosen.schema().getType() == Schema.Type.BYTES && DatumFormat.isBytes(value)) {
            out.writeBytes(DatumFormat.bytes(value));
            return out.toByteArray();
        }
        try {
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
            by.format().writer(chosen.schema(), value).write(value, encoder);
            encoder.flush();
            return out.toByteArray();
        } catch (IOException | RuntimeException e) {
            throw new UnencodableException(
                    "the value does not fit the schema " + chosen.schema().getFullName() + " (id " + chosen.id()
                            + "): compare its fields with the schema's",
                    e);
        }
    }
}
