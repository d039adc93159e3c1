package dev.sluice.serde;

import java.util.Map;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** {@link AvroSerializer} and {@link AvroDeserializer} with one registry client between them. */
public final class AvroSerde implements Serde<Object> {
    private final AvroSerializer serializer = new AvroSerializer();
    private final AvroDeserializer deserializer = new AvroDeserializer();

    /** For Kafka, which calls {@link #configure} next. */
    public AvroSerde() {}

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        SchemaRegistry registry = SchemaRegistry.open(configs);
        serializer.configure(configs, RecordPart.of(isKey), registry);
        deserializer.configure(configs, RecordPart.of(isKey), registry);
    }

    @Override
    public Serializer<Object> serializer() {
        return serializer;
    }

    @Override
    public Deserializer<Object> deserializer() {
        return deserializer;
    }
}
