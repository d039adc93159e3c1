package dev.sluice.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ByWriterTest {
    private static final String SCOPE = "by-writer-test";
    private static final Schema OLD =
            SchemaBuilder.record("Order").fields().requiredString("id").endRecord();
    private static final Schema NEW =
            SchemaBuilder.record("Order").fields().requiredLong("id").endRecord();

    private final InProcessRegistry registry = InProcessRegistry.scope(SCOPE);
    private final int oldId = registry.register("s", SchemaText.of(OLD.toString()));
    private final int newId = registry.register("s", SchemaText.of(NEW.toString()));
    private final List<WriterSchema> derivations = new ArrayList<>();
    private final ByWriter<WriterSchema> byWriter = deserializer().byWriter(writer -> {
        derivations.add(writer);
        return writer;
    });

    @AfterEach
    void forget() {
        InProcessRegistry.forget(SCOPE);
    }

    @Test
    void derivesOnceForEachSchemaHoweverTheyAlternate() {
        for (int i = 0; i < 3; i++) {
            assertThat(of(byId(oldId)).schema()).isEqualTo(OLD);
            assertThat(of(byId(newId)).schema()).isEqualTo(NEW);
            assertThat(of(byId(newId))).isSameAs(of(byId(newId)));
        }
        assertThat(derivations).containsExactly(new WriterSchema(OLD, 5), new WriterSchema(NEW, 5));
    }

    @Test
    void letsAHeaderGoBeforeTheIdOfTheMessageBefore() {
        assertThat(of(byId(oldId)).schema()).isEqualTo(OLD);
        Headers headers = new RecordHeaders().add("__value_schema_id", guid(registry.guidOf(newId)));
        assertThat(byWriter.of(headers, byId(oldId))).isEqualTo(new WriterSchema(NEW, 0));
        assertThat(of(byId(oldId)).schema()).isEqualTo(OLD);
    }

    @Test
    void findsSchemasByGuidBeforeTheDatum() {
        assertThat(of(guid(registry.guidOf(newId)))).isEqualTo(new WriterSchema(NEW, 17));
    }

    @Test
    void refusesWhatIsNotInTheWireFormatAndSchemasThatNobodyKnows() {
        assertThatThrownBy(() -> of(new byte[] {0, 0, 0})).isInstanceOf(UndecodableException.class);
        assertThatThrownBy(() -> of(byId(99))).isInstanceOf(UnknownSchemaException.class);
        assertThatThrownBy(() -> of(byId(99))).isInstanceOf(UnknownSchemaException.class);
        assertThat(derivations).isEmpty();
    }

    private WriterSchema of(byte[] payload) {
        return byWriter.of(new RecordHeaders(), payload);
    }

    private static byte[] byId(int id) {
        return ByteBuffer.allocate(5).put((byte) 0).putInt(id).array();
    }

    private static byte[] guid(UUID guid) {
        return ByteBuffer.allocate(17)
                .put((byte) 1)
                .putLong(guid.getMostSignificantBits())
                .putLong(guid.getLeastSignificantBits())
                .array();
    }

    private static AvroDeserializer deserializer() {
        AvroDeserializer deserializer = new AvroDeserializer();
        deserializer.configure(Map.of("schema.registry.url", "mock://" + SCOPE), false);
        return deserializer;
    }
}
