package dev.sluice.serde;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.io.DatumReader;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads Avro in the Confluent wire format, with the schema's id before the datum or its GUID in a header. Gives
 * {@code GenericRecord}s, or generated classes with {@code specific.avro.reader}; {@code String}, {@code byte[]} and boxed
 * numbers for primitive schemas; {@code null} for {@code null}. Throws {@link SerdeException}s only: {@link
 * UndecodableException} and {@link UnknownSchemaException} are final, a {@link RegistryException} is not.
 *
 * <p>Memory: a message of n bytes makes objects of a small multiple of n, whatever lengths it claims.
 *
 * <p>Threading: once configured, any number of threads.
 */
public final class AvroDeserializer implements Deserializer<Object> {
    private static final int READERS_KEPT = 1_000;

    private final Function<String, Optional<Schema>> readerSchemas;
    private final BoundedCache<ReaderKey, DatumReader<Object>> readers = new BoundedCache<>(READERS_KEPT);
    private @Nullable Reading reading;

    private record ReaderKey(Object writerKey, Optional<Schema> reader) {}

    private record Reading(SchemaRegistry registry, RecordPart part, DatumFormat format) {}

    /** For Kafka, which calls {@link #configure} next. Reads by the writers' schemas. */
    public AvroDeserializer() {
        this(topic -> Optional.empty());
    }

    private AvroDeserializer(Function<String, Optional<Schema>> readerSchemas) {
        this.readerSchemas = readerSchemas;
    }

    /** One that resolves every record to {@code reader}; still to be configured. */
    public static AvroDeserializer withReaderSchema(Schema reader) {
        return withReaderSchemas(topic -> Optional.of(reader));
    }

    /** One that resolves the records of a topic to the schema that {@code byTopic} gives for it; still to be configured. */
    public static AvroDeserializer withReaderSchemas(Function<String, Optional<Schema>> byTopic) {
        return new AvroDeserializer(byTopic);
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        configure(configs, RecordPart.of(isKey), SchemaRegistry.open(configs));
    }

    void configure(Map<String, ?> configs, RecordPart part, SchemaRegistry registry) {
        reading = new Reading(registry, part, DatumFormat.reading(new Settings(configs)));
    }

    @Override
    public @Nullable Object deserialize(String topic, byte @Nullable [] payload) {
        return deserialize(topic, new RecordHeaders(), payload);
    }

    @Override
    public @Nullable Object deserialize(String topic, Headers headers, byte @Nullable [] payload) {
        Reading by = configured();
        if (payload == null) {
            return null;
        }
        WireFormat.Frame frame = WireFormat.read(headers, by.part().schemaHeader(), payload);
        Schema writer = frame.writer(by.registry());
        if (writer.getType() == Schema.Type.BYTES) {
            return Arrays.copyOfRange(payload, frame.offset(), payload.length);
        }
        ReaderKey key = new ReaderKey(frame.schemaKey(), readerSchemas.apply(topic));
        DatumReader<Object> reader = readers.get(
                key,
                () -> by.format()
                        .reader(writer, key.reader().orElseGet(() -> by.format().readerSchema(writer))));
        Object datum = Datum.read(reader, payload, frame.offset());
        return datum instanceof CharSequence ? datum.toString() : datum;
    }

    /** Whether the records of a topic become generic ones of the schema {@code reader}, with plain values. */
    public boolean givesPlainRecords(String topic, Schema reader) {
        return configured().format() == DatumFormat.GENERIC
                && readerSchemas.apply(topic).filter(reader::equals).isPresent();
    }

    /**
     * For readers that do not need the whole datum: tells of each message what {@code derive} gives for its writer's
     * schema. Asks the same registry as {@link #deserialize}, of whose exceptions it throws those before the decoding.
     */
    public <T> ByWriter<T> byWriter(Function<WriterSchema, T> derive) {
        return new ByWriter<>(configured().registry(), configured().part(), derive);
    }

    private Reading configured() {
        Reading by = reading;
        if (by == null) {
            throw new IllegalStateException("AvroDeserializer is used before it is configured");
        }
        return by;
    }
}
