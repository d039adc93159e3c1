package dev.sluice.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.rule.Field;
import dev.sluice.rule.ValueType;
import dev.sluice.rule.ValueType.Scalar;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class AvroEventTest {
    private static Schema withField(String type) {
        return new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"R\",\"namespace\":\"x\",\"fields\":[{\"name\":\"f\",\"type\":"
                        + type + "}]}");
    }

    private static String logical(String type, String logicalType) {
        return "{\"type\":\"" + type + "\",\"logicalType\":\"" + logicalType + "\"}";
    }

    static Stream<Arguments> conversions() {
        String inner = "{\"type\":\"record\",\"name\":\"I\",\"fields\":[{\"name\":\"s\",\"type\":\"string\"}]}";
        String uuid = "{\"type\":\"fixed\",\"name\":\"U\",\"size\":16,\"logicalType\":\"uuid\"}";
        return Stream.of(
                Arguments.of("\"boolean\"", Scalar.BOOL, true, true),
                Arguments.of("\"int\"", Scalar.INT, 3, 3L),
                Arguments.of("\"long\"", Scalar.INT, 3L, 3L),
                Arguments.of("\"float\"", Scalar.DOUBLE, 1.5f, 1.5),
                Arguments.of("\"double\"", Scalar.DOUBLE, 1.5, 1.5),
                Arguments.of("\"string\"", Scalar.STRING, new Utf8("é"), "é"),
                Arguments.of("\"bytes\"", Scalar.BYTES, ByteBuffer.wrap(new byte[] {1, 2}), new byte[] {1, 2}),
                Arguments.of("\"null\"", new ValueType.Anything(), null, null),
                Arguments.of(logical("int", "date"), Scalar.TIMESTAMP, 1, Instant.parse("1970-01-02T00:00:00Z")),
                Arguments.of(logical("long", "timestamp-millis"), Scalar.TIMESTAMP, -1L, Instant.ofEpochMilli(-1)),
                Arguments.of(
                        logical("long", "timestamp-micros"), Scalar.TIMESTAMP, -1L, Instant.ofEpochSecond(0, -1_000)),
                Arguments.of(logical("long", "timestamp-nanos"), Scalar.TIMESTAMP, 5L, Instant.ofEpochSecond(0, 5)),
                Arguments.of(logical("long", "local-timestamp-millis"), Scalar.TIMESTAMP, 5L, Instant.ofEpochMilli(5)),
                Arguments.of(logical("int", "time-millis"), Scalar.DURATION, 5, Duration.ofMillis(5)),
                Arguments.of(logical("long", "time-micros"), Scalar.DURATION, 5L, Duration.ofNanos(5_000)),
                Arguments.of(logical("string", "uuid"), Scalar.STRING, new Utf8("a"), "a"),
                Arguments.of(
                        "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":5,\"scale\":2}",
                        Scalar.DOUBLE,
                        ByteBuffer.wrap(new byte[] {-1, 56}),
                        -2.0),
                Arguments.of(
                        "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":5,\"scale\":2}",
                        Scalar.DOUBLE,
                        ByteBuffer.wrap(new byte[0]),
                        0.0),
                Arguments.of(
                        uuid,
                        Scalar.STRING,
                        new GenericData.Fixed(withField(uuid).getField("f").schema(), new byte[16]),
                        "00000000-0000-0000-0000-000000000000"),
                Arguments.of(
                        "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\",\"B\"]}",
                        new ValueType.EnumOf("E", List.of("A", "B")),
                        new GenericData.EnumSymbol(Schema.createEnum("E", null, "x", List.of("A", "B")), "B"),
                        "B"),
                Arguments.of(
                        "{\"type\":\"array\",\"items\":[\"null\",\"int\"]}",
                        new ValueType.ListOf(new ValueType.Nullable(Scalar.INT)),
                        Arrays.asList(1, null),
                        Arrays.asList(1L, null)),
                Arguments.of(
                        "{\"type\":\"map\",\"values\":\"string\"}",
                        new ValueType.MapOf(Scalar.STRING),
                        Map.of(new Utf8("k"), new Utf8("v")),
                        Map.of("k", "v")),
                Arguments.of(
                        inner,
                        new ValueType.RecordOf("I", List.of(new Field("s", Scalar.STRING))),
                        inner(withField(inner).getField("f").schema()),
                        Map.of("s", "v")),
                Arguments.of("[\"null\",\"long\"]", new ValueType.Nullable(Scalar.INT), 4L, 4L),
                Arguments.of("[\"null\",\"long\"]", new ValueType.Nullable(Scalar.INT), null, null),
                Arguments.of("[\"string\"]", Scalar.STRING, new Utf8("a"), "a"),
                Arguments.of("[\"null\",\"long\",\"string\"]", new ValueType.Anything(), new Utf8("a"), "a"),
                Arguments.of("[\"null\",\"long\",\"string\"]", new ValueType.Anything(), 4L, 4L));
    }

    private static GenericData.Record inner(Schema schema) {
        GenericData.Record inner = new GenericData.Record(schema);
        inner.put("s", new Utf8("v"));
        return inner;
    }

    @ParameterizedTest
    @MethodSource("conversions")
    void convertsEveryTypeOfAvro(String avroType, ValueType type, @Nullable Object avro, @Nullable Object value) {
        Schema schema = withField(avroType);
        GenericData.Record generic = new GenericData.Record(schema);
        generic.put("f", avro);
        AvroEvent event = new AvroEvent(AvroEventTypes.eventType(schema), generic);
        assertThat(event.type().fields()).containsExactly(new Field("f", type));
        assertThat(event.value(0)).isEqualTo(value);
    }

    @Test
    void convertsAFieldOnce() {
        Schema schema = withField("\"bytes\"");
        GenericData.Record generic = new GenericData.Record(schema);
        generic.put("f", ByteBuffer.wrap(new byte[] {1}));
        AvroEvent event = new AvroEvent(AvroEventTypes.eventType(schema), generic);
        assertThat(event.value(0)).isSameAs(event.value(0));
    }

    @Test
    void takesARecordWithinItselfForAnything() {
        Schema tree = new Schema.Parser()
                .parse(
                        "{\"type\":\"record\",\"name\":\"T\",\"fields\":[{\"name\":\"child\",\"type\":[\"null\",\"T\"]}]}");
        assertThat(AvroEventTypes.eventType(tree).fields())
                .containsExactly(new Field("child", new ValueType.Anything()));
    }

    @Test
    void refusesASchemaThatIsNoRecord() {
        assertThatThrownBy(() -> AvroEventTypes.eventType(Schema.create(Schema.Type.STRING)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs an Avro record");
    }
}
