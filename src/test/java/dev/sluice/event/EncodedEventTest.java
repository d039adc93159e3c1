package dev.sluice.event;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

final class EncodedEventTest {
    private static final Schema ORDER = rec(
            "{\"name\":\"id\",\"type\":\"string\"}",
            "{\"name\":\"amount\",\"type\":\"double\"}",
            "{\"name\":\"count\",\"type\":\"int\"}",
            "{\"name\":\"note\",\"type\":[\"null\",\"string\"]}");

    private static Schema rec(String... fields) {
        return new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"Order\",\"fields\":[" + String.join(",", fields) + "]}");
    }

    @Test
    void decodesAFieldWhenItIsFirstAskedFor() throws IOException {
        byte[] message = bytes(order().build());
        EncodedEvent event = requireNonNull(events(ORDER, ORDER).read(message, 0));
        Object id = event.value(0);
        message[1] = 'x';
        message[message.length - 1] = 'x';
        assertThat(id).isEqualTo("o-1");
        assertThat(event.value(0)).isSameAs(id);
        assertThat(event.value(3)).isEqualTo("urgenx");
    }

    @Test
    void givesNumbersUnboxed() throws IOException {
        EncodedEvent event = requireNonNull(events(ORDER, ORDER).read(bytes(order().build()), 0));
        assertThat(event.isDouble(1)).isTrue();
        assertThat(event.doubleValue(1)).isEqualTo(12.5);
        assertThat(event.isLong(2)).isTrue();
        assertThat(event.longValue(2)).isEqualTo(-7);
        assertThat(event.isLong(0)).isFalse();
        assertThatThrownBy(() -> event.longValue(0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void followsTheReadersNamesOrderDefaultsAndPromotions() throws IOException {
        Schema reader = rec(
                "{\"name\":\"source\",\"type\":\"string\",\"default\":\"web\"}",
                "{\"name\":\"pieces\",\"aliases\":[\"count\"],\"type\":\"double\"}",
                "{\"name\":\"id\",\"type\":\"bytes\"}");
        EncodedEvent event = requireNonNull(events(ORDER, reader).read(bytes(order().build()), 0));
        assertThat(event.value(0)).isEqualTo("web");
        assertThat(event.doubleValue(1)).isEqualTo(-7.0);
        assertThat(event.value(2)).isEqualTo(new byte[] {'o', '-', '1'});
    }

    @Test
    void refusesAValueThatTheReaderHasNoPlaceForBeforeItIsAskedFor() throws IOException {
        EncodedEvents strict = events(ORDER, rec("{\"name\":\"note\",\"type\":\"string\"}"));
        assertThat(strict.read(bytes(order().build()), 0)).isNotNull();
        assertThat(strict.read(bytes(order().set("note", null).build()), 0)).isNull();
    }

    @Test
    void refusesBytesThatAreNoWholeRecord() throws IOException {
        byte[] message = bytes(order().build());
        EncodedEvents events = events(ORDER, ORDER);
        for (int length = 0; length < message.length; length++) {
            assertThat(events.read(Arrays.copyOf(message, length), 0))
                    .as("%d bytes", length)
                    .isNull();
        }
        assertThat(events.read(Arrays.copyOf(message, message.length + 1), 0)).isNull();
    }

    @Test
    void hasNoEventsOfSchemasThatDoNotResolve() {
        Schema needsMore = rec("{\"name\":\"more\",\"type\":\"string\"}");
        assertThat(EncodedEvents.of(AvroEventTypes.eventType(needsMore), ORDER, needsMore))
                .isEmpty();
        assertThat(EncodedEvents.of(AvroEventTypes.eventType(ORDER), Schema.create(Schema.Type.STRING), ORDER))
                .isEmpty();
    }

    @Test
    void refusesEndlessNesting() {
        Schema node = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"Node\",\"fields\":["
                        + "{\"name\":\"next\",\"type\":[\"null\",\"Node\"]}]}");
        byte[] message = new byte[2_000_000];
        Arrays.fill(message, (byte) 2);
        message[message.length - 1] = 0;
        assertThat(events(node, node).read(message, 0)).isNull();
    }

    private static EncodedEvents events(Schema writer, Schema reader) {
        Optional<EncodedEvents> events = EncodedEvents.of(AvroEventTypes.eventType(reader), writer, reader);
        return events.orElseThrow();
    }

    private static GenericRecordBuilder order() {
        return new GenericRecordBuilder(ORDER)
                .set("id", "o-1")
                .set("amount", 12.5)
                .set("count", -7)
                .set("note", "urgent");
    }

    private static byte[] bytes(GenericData.Record order) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(order.getSchema()).write(order, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }
}
