package dev.sluice.config;

import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A topic of the user's that rules can read.
 *
 * @param eventType the name rules use in {@code from}: the Avro record's name
 * @param schema the reader schema: records of other writer schemas are resolved to it
 * @param keyField field whose value is the event's key; null: the record's key
 * @param timestampField field with the event time; null: the record's timestamp
 */
public record EventTopic(
        String eventType,
        TopicSpec topic,
        Schema schema,
        @Nullable String keyField,
        @Nullable String timestampField) {}
