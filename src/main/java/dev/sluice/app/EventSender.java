package dev.sluice.app;

import dev.sluice.config.EventTopic;
import dev.sluice.config.SluiceConfig;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends events to their topic: keyed by the key field, stamped with the timestamp field.
 *
 * <p>Threading: confined to one thread.
 */
public final class EventSender implements AutoCloseable {
    private final EventTopic topic;
    private final Serializer<Object> serializer;
    private final Producer<byte[], byte[]> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    public EventSender(SluiceConfig config, EventTopic topic) {
        this.topic = topic;
        this.serializer = EngineParts.serde(config).serializer();
        Map<String, Object> settings = new HashMap<>(config.kafka());
        settings.put(ProducerConfig.LINGER_MS_CONFIG, "5");
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, "65536");
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Sends without waiting for the answer. @throws KafkaException when this or an earlier event was not taken */
    public void send(GenericRecord event) {
        throwFailure();
        String name = topic.topic().name();
        byte[] value = serializer.serialize(name, event);
        var unused = producer.send(
                new ProducerRecord<>(name, null, timestampMs(event), key(event), value), (metadata, failed) -> {
                    if (failed != null) {
                        failure.compareAndSet(null, failed);
                    }
                });
    }

    /** Returns when every event sent so far is on the broker. @throws KafkaException when one was not taken */
    public void flush() {
        producer.flush();
        throwFailure();
    }

    /** The event's time in milliseconds since 1970; null where the topic declares no timestamp field. */
    public @Nullable Long timestampMs(GenericRecord event) {
        String field = topic.timestampField();
        if (field == null || !(event.get(field) instanceof Long time)) {
            return null;
        }
        Schema.Field declared = event.getSchema().getField(field);
        LogicalType logical = declared.schema().getLogicalType();
        return logical instanceof LogicalTypes.TimestampMicros ? time / 1000 : time;
    }

    private byte @Nullable [] key(GenericRecord event) {
        String field = topic.keyField();
        Object key = field == null ? null : event.get(field);
        return key == null ? null : key.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void throwFailure() {
        Exception failed = failure.get();
        if (failed != null) {
            throw new KafkaException(
                    "an event was not taken by topic " + topic.topic().name(), failed);
        }
    }

    @Override
    public void close() {
        producer.close();
        serializer.close();
    }
}
