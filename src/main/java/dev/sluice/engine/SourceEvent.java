package dev.sluice.engine;

import dev.sluice.config.EventTopic;
import dev.sluice.rule.Event;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** One record of an event topic: its bytes as they came, and where it stands. */
record SourceEvent(EventTopic topic, Record<byte[], byte[]> record, RecordMetadata metadata) {

    /** The event's time, milliseconds since the epoch: its timestamp field where it has one, else the record's. */
    static long timeMs(EventTopic topic, Record<byte[], byte[]> record, Event event) {
        String field = topic.timestampField();
        if (field == null) {
            return record.timestamp();
        }
        int position = event.type().position(field);
        if (event.isLong(position)) {
            return event.longValue(position);
        }
        return event.value(position) instanceof Instant instant ? instant.toEpochMilli() : record.timestamp();
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
    String position() {
        return metadata.topic() + "-" + metadata.partition() + "-" + metadata.offset();
    }
}
