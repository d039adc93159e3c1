package dev.sluice.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.schema.SourcePosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AvroSerializerTest {
    private static final String SCOPE = "avro-serializer-test";
    private static final SourcePosition POSITION = SourcePosition.newBuilder()
            .setTopic("t")
            .setPartition(3)
            .setOffset(4L)
            .build();

    private final InProcessRegistry registry = InProcessRegistry.scope(SCOPE);

    @AfterEach
    void forget() {
        InProcessRegistry.forget(SCOPE);
    }

    @ParameterizedTest
    @CsvSource({
        "io.confluent.kafka.serializers.subject.TopicNameStrategy, orders-value",
        "io.confluent.kafka.serializers.subject.RecordNameStrategy, dev.sluice.schema.SourcePosition",
        "io.confluent.kafka.serializers.subject.TopicRecordNameStrategy, orders-dev.sluice.schema.SourcePosition",
        "TopicName, orders-value",
        "RecordName, dev.sluice.schema.SourcePosition",
        "TopicRecordNameStrategy, orders-dev.sluice.schema.SourcePosition"
    })
    void namesTheSubjectAsTheStrategySays(String strategy, String subject) {
        serializer(Map.of("value.subject.name.strategy", strategy, "key.subject.name.strategy", "RecordName"))
                .serialize("orders", POSITION);
        assertThat(registry.subjects()).containsExactly(subject);
    }

    @Test
    void namesTheSubjectOfAKeyAfterTheTopic() {
        AvroSerializer serializer = new AvroSerializer();
        serializer.configure(Map.of("schema.registry.url", "mock://" + SCOPE), true);
        serializer.serialize("orders", "key");
        assertThat(registry.subjects()).containsExactly("orders-key");
    }

    @Test
    void refusesAnUnknownStrategy() {
        assertThatThrownBy(() -> serializer(Map.of("value.subject.name.strategy", "com.example.Mine")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("com.example.Mine");
    }

    @Test
    void registersNothingWhenToldNotTo() {
        AvroSerializer serializer = serializer(Map.of("auto.register.schemas", false, "missing.id.cache.ttl.sec", 0));
        assertThatThrownBy(() -> serializer.serialize("orders", "text")).isInstanceOf(UnknownSchemaException.class);
        assertThat(registry.subjects()).isEmpty();
        registry.register("orders-value", SchemaText.of("\"string\""));
        assertThat(serializer.serialize("orders", "text")).startsWith(0, 0, 0, 0, 1);
    }

    @Test
    void writesByTheLatestVersionWhenToldTo() {
        Schema wider = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"int\"},"
                        + "{\"name\":\"b\",\"type\":[\"null\",\"int\"],\"default\":null}]}");
        registry.register("orders-value", SchemaText.of("\"string\""));
        registry.register("orders-value", SchemaText.of(wider.toString()));
        AvroSerializer serializer = serializer(Map.of("auto.register.schemas", "false", "use.latest.version", "true"));
        GenericData.Record value =
                new GenericRecordBuilder(wider).set("a", 1).set("b", null).build();
        assertThat(serializer.serialize("orders", value)).containsExactly(0, 0, 0, 0, 2, 2, 0);
        assertThatThrownBy(() -> serializer.serialize("orders", "text")).isInstanceOf(UnencodableException.class);
    }

    @Test
    void refusesValuesThatAvroCannotHold() {
        assertThatThrownBy(() -> serializer(Map.of()).serialize("orders", new ArrayList<>()))
                .isInstanceOf(UnencodableException.class)
                .hasMessageContaining("java.util.ArrayList");
    }

    @Test
    void ignoresSettingsOfOthers() {
        assertThat(serializer(Map.of("bootstrap.servers", "b:9092", "rule.executors", "x"))
                        .serialize("orders", 1))
                .hasSize(6);
    }

    @Test
    void saysThatTheRegistryAddressIsMissing() {
        assertThatThrownBy(() -> new AvroSerde().configure(Map.of(), false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("schema.registry.url");
    }

    private static AvroSerializer serializer(Map<String, ?> more) {
        Map<String, Object> settings = new HashMap<>(Map.of("schema.registry.url", "mock://" + SCOPE));
        settings.putAll(more);
        AvroSerializer serializer = new AvroSerializer();
        serializer.configure(settings, false);
        return serializer;
    }
}
