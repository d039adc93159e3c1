package dev.sluice.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.schema.RulesetVersion;
import dev.sluice.schema.SourcePosition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

final class SingleObjectTest {
    private static final SourcePosition POSITION = SourcePosition.newBuilder()
            .setTopic("t")
            .setPartition(3)
            .setOffset(4L)
            .build();
    private static final Schema OLDER = new Schema.Parser()
            .parse("{\"type\":\"record\",\"name\":\"RulesetVersion\",\"namespace\":\"dev.sluice.schema\",\"fields\":["
                    + "{\"name\":\"name\",\"type\":\"string\"},{\"name\":\"version\",\"type\":\"long\"},"
                    + "{\"name\":\"source\",\"type\":\"string\"},{\"name\":\"digest\",\"type\":\"string\"},"
                    + "{\"name\":\"author\",\"type\":\"string\"},{\"name\":\"dropped\",\"type\":\"int\"},"
                    + "{\"name\":\"publishedAt\",\"type\":{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}}]}");

    @Test
    void readsBackWhatItWrites() {
        RulesetVersion version = RulesetVersion.newBuilder()
                .setName("flights")
                .setVersion(2)
                .setSource("ruleset: flights")
                .setDigest("sha256:00")
                .setAuthor("somebody")
                .setPublishedAt(Instant.ofEpochMilli(1_000))
                .build();
        byte[] bytes = SingleObject.encode(version);
        assertThat(SingleObject.isSingleObject(bytes)).isTrue();
        assertThat(new SingleObject().decode(bytes, RulesetVersion.class)).isEqualTo(version);
    }

    @Test
    void writesWhatAvrosOwnReaderReads() throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(SingleObject.encode(POSITION));
        assertThat(SourcePosition.fromByteBuffer(bytes)).isEqualTo(POSITION);
        byte[] theirs = SourcePosition.getEncoder().encode(POSITION).array();
        assertThat(SingleObject.encode(POSITION)).isEqualTo(theirs);
    }

    @Test
    void readsWhatAnOlderVersionWrote() throws IOException {
        GenericRecord record = new GenericRecordBuilder(OLDER)
                .set("name", "flights")
                .set("version", 1L)
                .set("source", "text")
                .set("digest", "sha256:00")
                .set("author", "somebody")
                .set("dropped", 9)
                .set("publishedAt", 5L)
                .build();
        byte[] bytes = encode(record);
        RulesetVersion read = new SingleObject(List.of(OLDER)).decode(bytes, RulesetVersion.class);
        assertThat(read.getReason()).isEmpty();
        assertThat(read.getPublishedAt()).isEqualTo(Instant.ofEpochMilli(5));
        assertThatThrownBy(() -> new SingleObject().decode(bytes, RulesetVersion.class))
                .isInstanceOf(UnknownSchemaException.class)
                .hasMessageContaining("RulesetVersion")
                .hasMessageContaining(String.format("%016x", SchemaNormalization.parsingFingerprint64(OLDER)));
    }

    @Test
    void refusesOtherBytesAndDamagedOnes() {
        SingleObject reader = new SingleObject();
        byte[] bytes = SingleObject.encode(POSITION);
        assertThat(SingleObject.isSingleObject(new byte[] {0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7}))
                .isFalse();
        assertThat(SingleObject.isSingleObject(new byte[] {(byte) 0xC3, 1})).isFalse();
        assertThatThrownBy(() -> reader.decode(new byte[] {1, 2, 3}, SourcePosition.class))
                .isInstanceOf(UndecodableException.class);
        assertThatThrownBy(() -> reader.decode(Arrays.copyOf(bytes, bytes.length - 1), SourcePosition.class))
                .isInstanceOf(UndecodableException.class);
        assertThatThrownBy(() -> reader.decode(Arrays.copyOf(bytes, bytes.length + 1), SourcePosition.class))
                .isInstanceOf(UndecodableException.class);
    }

    private static byte[] encode(GenericRecord record) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0xC3, 1});
        byte[] fingerprint;
        try {
            fingerprint = SchemaNormalization.parsingFingerprint("CRC-64-AVRO", record.getSchema());
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        out.writeBytes(fingerprint);
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
        return out.toByteArray();
    }
}
