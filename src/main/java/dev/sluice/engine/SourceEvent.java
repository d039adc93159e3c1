package dev.sluice.engine;

import dev.sluice.config.EventTopic;
import dev.sluice.rule.Event;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** One record of an event topic: its bytes as they came, and where it stands. */
record SourceEvent(EventTopic topic, Record<byte[], byte[]> record, RecordMetadata position) {

    Headers headers() {
        return record.headers();
    }

    long timestampMs() {
        return record.timestamp();
    }

    /** The event's time: its timestamp field where it has one, else the record's. */
    Instant time(Event event) {
        String field = topic.timestampField();
        Object value = field == null ? null : event.value(event.type().position(field));
        if (value instanceof Instant instant) {
            return instant;
        }
        return value instanceof Long epochMs ? Instant.ofEpochMilli(epochMs) : Instant.ofEpochMilli(timestampMs());
    }

    /** The event's key as text: its key field where one is declared, else the record's key. */
    @Nullable String key(Event event) {
        String field = topic.keyField();
        if (field != null) {
            Object value = event.value(event.type().position(field));
            return value == null ? null : value.toString();
        }
        byte[] key = record.key();
        return key == null ? null : new String(key, StandardCharsets.UTF_8);
    }

    /** {@code TOPIC-PARTITION-OFFSET}. */
    String positionText() {
        return position.topic() + "-" + position.partition() + "-" + position.offset();
    }
}
