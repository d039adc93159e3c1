package dev.sluice.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RecordWalkTest {
    private static final Schema TXN =
            rec("{\"name\":\"id\",\"type\":\"string\"},{\"name\":\"amount\",\"type\":\"double\"},"
                    + "{\"name\":\"n\",\"type\":\"int\"},{\"name\":\"tag\",\"type\":[\"null\",\"string\"]}");

    private static Schema rec(String fields) {
        return new Schema.Parser().parse("{\"type\":\"record\",\"name\":\"Txn\",\"fields\":[" + fields + "]}");
    }

    private static int[] starts(Schema schema, String hex) {
        return new RecordWalk(schema).starts(HexFormat.of().parseHex(hex), 0);
    }

    @Test
    void findsWhereTheFieldsOfAGoldenVectorBegin() {
        byte[] message = HexFormat.of().parseHex("00000000010874782d3100000000000029400d0206686f74");
        assertThat(new RecordWalk(TXN).starts(message, 5)).containsExactly(5, 10, 18, 19, 24);
    }

    @ParameterizedTest
    @CsvSource({
        "boolean, 02, neither 0 nor 1",
        "int, 8080808010, one more than an int holds",
        "int, feffffff1f, far more than an int holds",
        "long, ffffffffffffffffffff01, eleven bytes",
        "long, ff, no end",
        "string, 01, a negative length",
        "string, 04ff, more than there is",
        "string, feffffffffffffffff01, a monstrous length",
        "double, 00000000000000, seven bytes"
    })
    void refusesWhatIsNoValue(String type, String hex, String why) {
        assertThat(starts(rec("{\"name\":\"f\",\"type\":\"" + type + "\"}"), hex))
                .as(why)
                .isNull();
    }

    @Test
    void takesIntsAndLongsInMoreBytesThanTheyNeed() {
        assertThat(starts(rec("{\"name\":\"f\",\"type\":\"int\"}"), "81808080808080808000"))
                .containsExactly(0, 10);
        assertThat(starts(rec("{\"name\":\"f\",\"type\":\"long\"}"), "ffffffffffffffffff01"))
                .containsExactly(0, 10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"03", "04", "06", "feffffffffffffffff01"})
    void refusesABranchThatTheUnionDoesNotHave(String hex) {
        assertThat(starts(rec("{\"name\":\"f\",\"type\":[\"null\",\"boolean\"]}"), hex + "00"))
                .isNull();
    }

    @Test
    void refusesABlockThatDoesNotHaveTheSizeThatItTells() {
        Schema schema = rec("{\"name\":\"f\",\"type\":{\"type\":\"array\",\"items\":\"long\"}}");
        assertThat(starts(schema, "03040204" + "00")).containsExactly(0, 5);
        assertThat(starts(schema, "03020204" + "00")).isNull();
    }

    @Test
    void refusesMoreItemsWithoutContentThanOneMessageMayHold() {
        Schema schema = rec("{\"name\":\"f\",\"type\":{\"type\":\"array\",\"items\":\"null\"}}");
        assertThat(starts(schema, "8080" + "08" + "00")).isNotNull(); // 65,536
        assertThat(starts(schema, "feffffff0f" + "00")).isNull();
    }

    @Test
    void needsARecord() {
        assertThatThrownBy(() -> new RecordWalk(Schema.create(Schema.Type.STRING)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs an Avro record");
    }
}
