package dev.sluice.serde;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bytes that Confluent's own serializer 8.3.1 wrote. */
final class GoldenVectorTest {
    private static final String SCOPE = "golden-vectors";
    private static final Schema TXN = new Schema.Parser()
            .parse("{\"type\":\"record\",\"name\":\"Txn\",\"namespace\":\"spike\",\"fields\":["
                    + "{\"name\":\"id\",\"type\":\"string\"},{\"name\":\"amount\",\"type\":\"double\"},"
                    + "{\"name\":\"n\",\"type\":\"int\"},"
                    + "{\"name\":\"tag\",\"type\":[\"null\",\"string\"],\"default\":null}]}");
    private static final GenericRecord RECORD = new GenericRecordBuilder(TXN)
            .set("id", "tx-1")
            .set("amount", 12.5)
            .set("n", -7)
            .set("tag", "hot")
            .build();

    private final AvroSerde serde = new AvroSerde();

    @BeforeEach
    void configure() {
        serde.configure(Map.of("schema.registry.url", "mock://" + SCOPE), false);
    }

    @AfterEach
    void forget() {
        InProcessRegistry.forget(SCOPE);
    }

    @Test
    void writesWhatConfluentsSerializerWrites() {
        assertThat(hex("txn", RECORD)).isEqualTo("00000000010874782d3100000000000029400d0206686f74");
        assertThat(hex("text", "hello")).isEqualTo("00000000020a68656c6c6f");
        assertThat(hex("bytes", new byte[] {1, 2, 3})).isEqualTo("0000000003010203");
        assertThat(hex("number", 42L)).isEqualTo("000000000454");
    }

    @Test
    void readsBackWhatItWrites() {
        assertThat(roundTrip(RECORD)).hasToString(RECORD.toString());
        assertThat(roundTrip("hello")).isEqualTo("hello");
        assertThat(roundTrip(new byte[] {1, 2, 3})).isEqualTo(new byte[] {1, 2, 3});
        assertThat(roundTrip(new byte[0])).isEqualTo(new byte[0]);
        assertThat(roundTrip(ByteBuffer.wrap(new byte[] {0, 4, 5, 0}, 1, 2))).isEqualTo(new byte[] {4, 5});
        assertThat(roundTrip(42L)).isEqualTo(42L);
        assertThat(roundTrip(-7)).isEqualTo(-7);
        assertThat(roundTrip(1.5f)).isEqualTo(1.5f);
        assertThat(roundTrip(2.5)).isEqualTo(2.5);
        assertThat(roundTrip(true)).isEqualTo(true);
    }

    @Test
    void keepsNullAsNull() {
        assertThat(serde.serializer().serialize("t", null)).isNull();
        assertThat(serde.deserializer().deserialize("t", null)).isNull();
    }

    private Object roundTrip(Object value) {
        return serde.deserializer().deserialize("t", serde.serializer().serialize("t", value));
    }

    private String hex(String topic, Object value) {
        return HexFormat.of().formatHex(serde.serializer().serialize(topic, value));
    }
}
