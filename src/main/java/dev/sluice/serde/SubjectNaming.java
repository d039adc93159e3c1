package dev.sluice.serde;

import java.util.Locale;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;

/** How the subject of a schema is named. Accepts the names of this enum and Confluent's class names for the same. */
enum SubjectNaming {
    TOPIC_NAME {
        @Override
        String subject(RecordPart part, String topic, Schema schema) {
            return topic + part.suffix();
        }
    },
    RECORD_NAME {
        @Override
        String subject(RecordPart part, String topic, Schema schema) {
            return schema.getFullName();
        }
    },
    TOPIC_RECORD_NAME {
        @Override
        String subject(RecordPart part, String topic, Schema schema) {
            return topic + "-" + schema.getFullName();
        }
    };

    abstract String subject(RecordPart part, String topic, Schema schema);

    /** The naming that the setting {@code name} asks for. */
    static SubjectNaming from(Settings settings, String name) {
        String value = settings.text(name).orElse("TopicNameStrategy");
        String simple = value.substring(value.lastIndexOf('.') + 1);
        return switch (simple.replace("Strategy", "").replace("_", "").toLowerCase(Locale.ROOT)) {
            case "topicname" -> TOPIC_NAME;
            case "recordname" -> RECORD_NAME;
            case "topicrecordname" -> TOPIC_RECORD_NAME;
            default ->
                throw new ConfigException(name + " names the unknown strategy " + value
                        + "; use TopicNameStrategy, RecordNameStrategy or TopicRecordNameStrategy");
        };
    }
}
