package dev.sluice.serde;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.schema.Alert;
import dev.sluice.schema.SourcePosition;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AvroDeserializerTest {
    private static final String SCOPE = "avro-deserializer-test";
    private static final String LONG_OF_TEN_FS = "ffffffffffffffffff01";
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

    @Test
    void givesGenericRecordsByDefault() {
        Object value = deserializer(Map.of()).deserialize("t", bytes(POSITION));
        assertThat(value).isInstanceOf(GenericRecord.class).hasToString(POSITION.toString());
        assertThat(value).isNotInstanceOf(SourcePosition.class);
    }

    @Test
    void givesGeneratedClassesWhenAsked() {
        Alert alert = Alert.newBuilder()
                .setId("i")
                .setType("T")
                .setRuleset("r")
                .setVersion(1)
                .setRule("x")
                .setEventTime(Instant.ofEpochMilli(9))
                .setFields(Map.of("n", 1L, "s", "text"))
                .setSource(POSITION)
                .build();
        assertThat(deserializer(Map.of("specific.avro.reader", "true")).deserialize("t", bytes(alert)))
                .isEqualTo(alert);
    }

    @Test
    void saysWhichGeneratedClassIsMissing() {
        GenericRecord record = record("spike.Nowhere", 1);
        assertThatThrownBy(() ->
                        deserializer(Map.of("specific.avro.reader", "true")).deserialize("t", bytes(record)))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("spike.Nowhere");
    }

    @Test
    void givesLogicalTypesAsJavaClassesWhenAsked() {
        Schema schema = new Schema.Parser()
                .parse(
                        "{\"type\":\"record\",\"name\":\"L\",\"fields\":["
                                + "{\"name\":\"at\",\"type\":{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}},"
                                + "{\"name\":\"price\",\"type\":{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":6,\"scale\":2}}]}");
        GenericRecord record = new GenericRecordBuilder(schema)
                .set("at", Instant.ofEpochMilli(7))
                .set("price", new BigDecimal("12.34"))
                .build();
        Map<String, Object> logical = settings(Map.of("avro.use.logical.type.converters", "true"));
        AvroSerde serde = new AvroSerde();
        serde.configure(logical, false);
        byte[] bytes = serde.serializer().serialize("t", record);
        GenericRecord read = (GenericRecord) serde.deserializer().deserialize("t", bytes);
        assertThat(read.get("at")).isEqualTo(Instant.ofEpochMilli(7));
        assertThat(read.get("price")).isEqualTo(new BigDecimal("12.34"));
        assertThat(deserializer(Map.of()).deserialize("t", bytes))
                .isInstanceOfSatisfying(
                        GenericRecord.class,
                        plain -> assertThat(plain.get("at")).isEqualTo(7L));
    }

    @Test
    void resolvesToTheReaderSchemaOfTheTopic() {
        Schema reader = new Schema.Parser()
                .parse(
                        "{\"type\":\"record\",\"name\":\"SourcePosition\",\"namespace\":\"dev.sluice.schema\",\"fields\":["
                                + "{\"name\":\"offset\",\"type\":\"double\"},{\"name\":\"more\",\"type\":\"string\",\"default\":\"d\"}]}");
        AvroDeserializer deserializer = AvroDeserializer.withReaderSchemas(
                topic -> topic.equals("narrow") ? Optional.of(reader) : Optional.empty());
        deserializer.configure(settings(Map.of()), false);
        assertThat(deserializer.deserialize("narrow", bytes(POSITION)))
                .hasToString("{\"offset\": 4.0, \"more\": \"d\"}");
        assertThat(deserializer.deserialize("wide", bytes(POSITION))).hasToString(POSITION.toString());
    }

    @Test
    void readsBySchemaGuidInTheHeader() {
        byte[] datum = datum(bytes(POSITION));
        Headers headers = new RecordHeaders().add("__value_schema_id", guid(registry.guidOf(1)));
        assertThat(deserializer(Map.of()).deserialize("t", headers, datum)).hasToString(POSITION.toString());
    }

    @Test
    void readsBySchemaGuidBeforeTheDatum() {
        byte[] datum = datum(bytes(POSITION));
        byte[] prefix = guid(registry.guidOf(1));
        byte[] message = Arrays.copyOf(prefix, prefix.length + datum.length);
        System.arraycopy(datum, 0, message, prefix.length, datum.length);
        assertThat(deserializer(Map.of()).deserialize("t", message)).hasToString(POSITION.toString());
    }

    @Test
    void readsTheHeaderOfItsOwnPartOnly() {
        Headers headers = new RecordHeaders().add("__key_schema_id", guid(new UUID(1, 2)));
        assertThat(deserializer(Map.of()).deserialize("t", headers, bytes(POSITION)))
                .hasToString(POSITION.toString());
    }

    @Test
    void refusesABrokenHeaderAndAnUnknownGuid() {
        AvroDeserializer deserializer = deserializer(Map.of());
        Headers broken = new RecordHeaders().add("__value_schema_id", new byte[] {1, 2, 3});
        assertThatThrownBy(() -> deserializer.deserialize("t", broken, bytes(POSITION)))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("__value_schema_id");
        Headers unknown = new RecordHeaders().add("__value_schema_id", guid(new UUID(1, 2)));
        assertThatThrownBy(() -> deserializer.deserialize("t", unknown, bytes(POSITION)))
                .isInstanceOf(UnknownSchemaException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "00000000", "0500000001027406", "7b226964223a317d", "01000000010274"})
    void refusesWhatIsNotInTheWireFormat(String hex) {
        bytes(POSITION);
        assertThatThrownBy(() ->
                        deserializer(Map.of()).deserialize("t", HexFormat.of().parseHex(hex)))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("wire format");
    }

    @Test
    void refusesBytesAfterTheValueAndBeforeItsEnd() {
        byte[] bytes = bytes(POSITION);
        AvroDeserializer deserializer = deserializer(Map.of());
        assertThatThrownBy(() -> deserializer.deserialize("t", Arrays.copyOf(bytes, bytes.length + 2)))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("2 bytes follow");
        assertThatThrownBy(() -> deserializer.deserialize("t", Arrays.copyOf(bytes, bytes.length - 1)))
                .isInstanceOf(UndecodableException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"string\"",
                "{\"type\":\"array\",\"items\":\"null\"}",
                "{\"type\":\"array\",\"items\":\"long\"}",
                "{\"type\":\"map\",\"values\":\"null\"}",
                "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\"]}",
                "[\"null\",\"int\"]",
                "\"boolean\""
            })
    void refusesMonstrousLengthsWithoutAllocatingThem(String schema) {
        int id = registry.register("s", SchemaText.of(schema));
        for (String claim : new String[] {"feffffff0f", "feffffffffffffffff01", LONG_OF_TEN_FS, "ffffffff0f"}) {
            byte[] message = HexFormat.of().parseHex(String.format("00%08x", id) + claim);
            assertThatThrownBy(() -> deserializer(Map.of()).deserialize("t", message))
                    .isInstanceOf(UndecodableException.class);
        }
    }

    @Test
    void refusesEndlessNesting() {
        int id = registry.register(
                "s",
                SchemaText.of("{\"type\":\"record\",\"name\":\"Node\",\"fields\":["
                        + "{\"name\":\"next\",\"type\":[\"null\",\"Node\"]}]}"));
        byte[] message = new byte[2_000_000];
        Arrays.fill(message, (byte) 2);
        ByteBuffer.wrap(message).put((byte) 0).putInt(id);
        assertThatThrownBy(() -> deserializer(Map.of()).deserialize("t", message))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("nested");
    }

    private static byte[] guid(UUID guid) {
        return ByteBuffer.allocate(17)
                .put((byte) 1)
                .putLong(guid.getMostSignificantBits())
                .putLong(guid.getLeastSignificantBits())
                .array();
    }

    private static byte[] datum(byte[] message) {
        return Arrays.copyOfRange(message, WireFormat.ID_PREFIX, message.length);
    }

    private static GenericRecord record(String name, int value) {
        Schema schema = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"" + name
                        + "\",\"fields\":[{\"name\":\"a\",\"type\":\"int\"}]}");
        return new GenericRecordBuilder(schema).set("a", value).build();
    }

    private static byte[] bytes(Object value) {
        AvroSerializer serializer = new AvroSerializer();
        serializer.configure(settings(Map.of()), false);
        return requireNonNull(serializer.serialize("t", value));
    }

    private static AvroDeserializer deserializer(Map<String, ?> more) {
        AvroDeserializer deserializer = new AvroDeserializer();
        deserializer.configure(settings(more), false);
        return deserializer;
    }

    private static Map<String, Object> settings(Map<String, ?> more) {
        Map<String, Object> settings = new HashMap<>(Map.of("schema.registry.url", "mock://" + SCOPE));
        settings.putAll(more);
        return settings;
    }
}
