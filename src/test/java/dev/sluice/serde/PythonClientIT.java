package dev.sluice.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Confluent's Python client and our serde read what the other wrote, through our registry over HTTP. */
@Timeout(180)
final class PythonClientIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Schema EVERYTHING = new Schema.Parser().parse("""
            {"type": "record", "name": "Everything", "namespace": "interop", "fields": [
              {"name": "text", "type": "string"},
              {"name": "ratio", "type": "double"},
              {"name": "small", "type": "int"},
              {"name": "big", "type": "long"},
              {"name": "tag", "type": ["null", "string"], "default": null},
              {"name": "nothing", "type": ["null", "string"], "default": null},
              {"name": "colour", "type": {"type": "enum", "name": "Colour", "symbols": ["RED", "GREEN"]}},
              {"name": "numbers", "type": {"type": "array", "items": "int"}},
              {"name": "counts", "type": {"type": "map", "values": "long"}},
              {"name": "inner", "type": {"type": "record", "name": "Inner", "fields": [
                {"name": "yes", "type": "boolean"}, {"name": "id", "type": "string"}]}},
              {"name": "seen_at", "type": {"type": "long", "logicalType": "timestamp-millis"}}]}
            """);
    private static final String EVERYTHING_JSON = """
            {"text": "Grüße 漢", "ratio": 0.1, "small": -2147483648, "big": 9007199254740993, "tag": "hot",
             "nothing": null, "colour": "GREEN", "numbers": [1, -1, 70000], "counts": {"a": 1, "b": -5000000000},
             "inner": {"yes": true, "id": "i-1"}, "seen_at": 985046400123}
            """;
    private static final String FLIGHT_JSON = """
            {"departed_at": 985046400000, "origin": "SFO", "destination": "JFK", "delay_minutes": -7,
             "distance_miles": 2586}
            """;

    private final RegistryServer server = RegistryServer.start(new InProcessRegistry(), 0);
    private final Map<String, String> settings = Map.of("schema.registry.url", server.url(), "max.retries", "0");

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(PythonClient.class)
    void eachReadsTheOthersRecordOfEveryKind(PythonClient python) throws Exception {
        assumeTrue(python.isInstalled(), python.missing());
        GenericRecord record = everything();
        assertThat(readByUs(python.write(server.url(), "things", EVERYTHING, JSON.readTree(EVERYTHING_JSON))))
                .isEqualTo(record);
        assertThat(python.read(server.url(), "things", writtenByUs(record))).isEqualTo(JSON.readTree(EVERYTHING_JSON));
    }

    @ParameterizedTest
    @EnumSource(PythonClient.class)
    void bothWriteTheSameBytesOfAFlight(PythonClient python) throws Exception {
        assumeTrue(python.isInstalled(), python.missing());
        Schema schema = new Schema.Parser()
                .parse(Path.of("schemas", "events", "Flight.avsc").toFile());
        JsonNode json = JSON.readTree(FLIGHT_JSON);
        GenericRecord flight = new GenericRecordBuilder(schema)
                .set("departed_at", 985_046_400_000L)
                .set("origin", "SFO")
                .set("destination", "JFK")
                .set("delay_minutes", -7)
                .set("distance_miles", 2586)
                .build();
        byte[] ours = writtenByUs(flight);
        byte[] theirs = python.write(server.url(), "things", schema, json);
        assertThat(theirs).isEqualTo(ours);
        assertThat(readByUs(theirs)).isEqualTo(flight);
        assertThat(python.read(server.url(), "things", ours)).isEqualTo(json);
    }

    private static GenericRecord everything() {
        Schema inner = EVERYTHING.getField("inner").schema();
        return new GenericRecordBuilder(EVERYTHING)
                .set("text", "Grüße 漢")
                .set("ratio", 0.1)
                .set("small", Integer.MIN_VALUE)
                .set("big", 9_007_199_254_740_993L)
                .set("tag", "hot")
                .set(
                        "colour",
                        new GenericData.EnumSymbol(EVERYTHING.getField("colour").schema(), "GREEN"))
                .set("numbers", List.of(1, -1, 70_000))
                .set("counts", Map.of("a", 1L, "b", -5_000_000_000L))
                .set(
                        "inner",
                        new GenericRecordBuilder(inner)
                                .set("yes", true)
                                .set("id", "i-1")
                                .build())
                .set("seen_at", 985_046_400_123L)
                .build();
    }

    private byte[] writtenByUs(GenericRecord record) {
        AvroSerializer serializer = new AvroSerializer();
        serializer.configure(settings, false);
        return serializer.serialize("things", record);
    }

    private Object readByUs(byte[] bytes) {
        AvroDeserializer deserializer = new AvroDeserializer();
        deserializer.configure(settings, false);
        return deserializer.deserialize("things", bytes);
    }
}
