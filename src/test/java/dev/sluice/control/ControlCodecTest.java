package dev.sluice.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.ruleset.Digest;
import dev.sluice.schema.RulesetVersion;
import dev.sluice.serde.AvroDeserializer;
import dev.sluice.serde.AvroSerializer;
import dev.sluice.serde.InProcessRegistry;
import dev.sluice.serde.RegistryUnavailableException;
import dev.sluice.serde.SingleObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What may stand on the control topic, and what it is read as. */
class ControlCodecTest {
    private static final String SCOPE = "control-codec";
    private static final String TOPIC = "sluice.control";
    private static final String KEY = "ruleset/flights/3";

    private final ControlCodec codec = new ControlCodec(TOPIC, deserializer("mock://" + SCOPE));

    @AfterEach
    void forgetTheRegistry() {
        InProcessRegistry.forget(SCOPE);
    }

    @Test
    void readsAVersionInSingleObjectEncoding() {
        ControlRecord record = decode(KEY, SingleObject.encode(version("flights", 3)));

        assertThat(record).isEqualTo(new ControlRecord.VersionPublished(PublishedVersion.of(version("flights", 3))));
    }

    @Test
    void readsAVersionInTheConfluentWireFormat() {
        ControlRecord record = decode(KEY, confluent(version("flights", 3)));

        assertThat(record).isEqualTo(new ControlRecord.VersionPublished(PublishedVersion.of(version("flights", 3))));
    }

    @Test
    void readsAVersionOfAProducerWhoseSchemaHasAFieldMore() {
        Schema known = RulesetVersion.getClassSchema();
        Schema newer = Schema.createRecord(known.getName(), null, known.getNamespace(), false);
        List<Schema.Field> fields = new ArrayList<>();
        known.getFields().forEach(f -> fields.add(new Schema.Field(f, f.schema())));
        fields.add(new Schema.Field("ticket", SchemaBuilder.builder().stringType(), null, ""));
        newer.setFields(fields);
        RulesetVersion version = version("flights", 3);
        GenericRecord record = new GenericData.Record(newer);
        known.getFields().forEach(f -> record.put(f.name(), version.get(f.pos())));
        record.put("publishedAt", version.getPublishedAt().toEpochMilli());
        record.put("ticket", "T-1");

        assertThat(decode(KEY, confluent(record)))
                .isEqualTo(new ControlRecord.VersionPublished(PublishedVersion.of(version)));
    }

    @Test
    void tellsGarbage() {
        assertUnreadable(decode(KEY, "garbage".getBytes(StandardCharsets.UTF_8)), "cannot be read");
        assertUnreadable(decode(KEY, new byte[0]), "cannot be read");
    }

    @Test
    void tellsASchemaIdThatTheRegistryDoesNotKnow() {
        assertUnreadable(decode(KEY, new byte[] {0, 0, 0, 3, 9, 2, 2}), "777");
    }

    @Test
    void tellsTheRecordOfAnotherSchema() {
        GenericRecord other = new GenericData.Record(
                SchemaBuilder.record("Other").fields().requiredInt("n").endRecord());
        other.put("n", 1);

        assertUnreadable(decode(KEY, confluent(other)), "Other");
        assertUnreadable(decode(KEY, confluent("text")), "not a RulesetVersion record");
    }

    @Test
    void tellsAnUnknownFingerprintOfSingleObjectEncoding() {
        byte[] value = SingleObject.encode(version("flights", 3));
        value[2] ^= 1;

        assertUnreadable(decode(KEY, value), "cannot be read");
    }

    @Test
    void tellsAVersionCutShort() {
        byte[] value = SingleObject.encode(version("flights", 3));

        assertUnreadable(decode(KEY, Arrays.copyOf(value, value.length - 5)), "cannot be read");
    }

    @Test
    void tellsAKeyAndAValueThatDisagree() {
        assertUnreadable(
                decode(KEY, SingleObject.encode(version("flights", 4))),
                "the key says flights version 3 and the value flights version 4");
        assertUnreadable(decode(KEY, SingleObject.encode(version("other", 3))), "the value other version 3");
    }

    @Test
    void keepsAnUnknownKeyApart() {
        assertThat(decode("nonsense", new byte[] {1})).isInstanceOf(ControlRecord.Unknown.class);
        assertThat(decode(null, new byte[] {1})).isInstanceOf(ControlRecord.Unknown.class);
        assertThat(decode("nonsense", null)).isEqualTo(new ControlRecord.UnknownDeleted("nonsense"));
    }

    @Test
    void waitsInsteadOfRefusingWhenNoRegistryAnswers() {
        byte[] value = confluent(version("flights", 3));
        // Nothing listens at port 1.
        ControlCodec cutOff = new ControlCodec(TOPIC, deserializer("http://127.0.0.1:1"));

        assertThatThrownBy(() -> cutOff.decode(KEY.getBytes(StandardCharsets.UTF_8), value, new RecordHeaders()))
                .isInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void takesWhateverADropInSerdeThrowsAsAReason() {
        Deserializer<Object> throwing = (topic, bytes) -> {
            throw new IllegalArgumentException("drop-in says no");
        };
        ControlRecord record =
                new ControlCodec(TOPIC, throwing).decode(KEY.getBytes(StandardCharsets.UTF_8), new byte[9], headers());

        assertUnreadable(record, "drop-in says no");
    }

    private static void assertUnreadable(ControlRecord record, String reason) {
        assertThat(record)
                .isInstanceOfSatisfying(
                        ControlRecord.VersionUnreadable.class,
                        bad -> assertThat(bad.reason()).contains(reason));
        assertThat(record.key()).isEqualTo(KEY);
    }

    private ControlRecord decode(@Nullable String key, byte @Nullable [] value) {
        return codec.decode(key == null ? null : key.getBytes(StandardCharsets.UTF_8), value, headers());
    }

    private static RecordHeaders headers() {
        return new RecordHeaders();
    }

    private static RulesetVersion version(String name, long version) {
        String source = "ruleset: " + name;
        return new RulesetVersion(
                name, version, source, Digest.of(source), null, "ann", "why", Instant.ofEpochMilli(7));
    }

    private static byte[] confluent(Object value) {
        try (AvroSerializer serializer = new AvroSerializer()) {
            serializer.configure(settings("mock://" + SCOPE), false);
            byte[] bytes = serializer.serialize(TOPIC, value);
            assertThat(bytes).isNotNull();
            return bytes;
        }
    }

    private static AvroDeserializer deserializer(String registry) {
        AvroDeserializer deserializer = new AvroDeserializer();
        deserializer.configure(settings(registry), false);
        return deserializer;
    }

    private static Map<String, Object> settings(String registry) {
        return new HashMap<>(
                Map.of("schema.registry.url", registry, "specific.avro.reader", "true", "max.retries", "0"));
    }
}
