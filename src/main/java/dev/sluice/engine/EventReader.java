package dev.sluice.engine;

import dev.sluice.config.EventTopic;
import dev.sluice.event.AvroEvent;
import dev.sluice.event.AvroEventTypes;
import dev.sluice.event.EncodedEvents;
import dev.sluice.rule.Event;
import dev.sluice.rule.EventType;
import dev.sluice.schema.DeadLetterCode;
import dev.sluice.serde.AvroDeserializer;
import dev.sluice.serde.ByWriter;
import dev.sluice.serde.RegistryException;
import dev.sluice.serde.UnknownSchemaException;
import dev.sluice.serde.WriterSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.AvroTypeException;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of one event topic to typed events. With our own serde an event stays in its bytes, and of its fields those are
 * decoded that are asked for; a foreign serde decodes whole records. Confined to the thread of its task.
 */
final class EventReader {

    /** An event, or why there is none. */
    sealed interface Outcome {}

    record Read(Event event) implements Outcome {}

    record Refused(DeadLetterCode code, String reason) implements Outcome {}

    private final EventTopic topic;
    private final EventType type;
    private final Deserializer<?> deserializer;

    /** How to read events without decoding their records, by writer's schema; null with a foreign serde. */
    private final @Nullable ByWriter<Encoding> encodings;

    /** @param events null when records of this writer's must be decoded whole */
    private record Encoding(@Nullable EncodedEvents events, int datumOffset) {}

    EventReader(EventTopic topic, Deserializer<?> deserializer) {
        this.topic = topic;
        this.type = AvroEventTypes.eventType(topic.schema());
        this.deserializer = deserializer;
        this.encodings = deserializer instanceof AvroDeserializer ours
                        && ours.givesPlainRecords(topic.topic().name(), topic.schema())
                ? ours.byWriter(this::encoding)
                : null;
    }

    private Encoding encoding(WriterSchema writer) {
        return new Encoding(
                EncodedEvents.of(type, writer.schema(), topic.schema()).orElse(null), writer.datumOffset());
    }

    /**
     * Never throws on bad bytes.
     *
     * @throws RegistryException when the schema is not known here and no registry answers, or none to these credentials
     */
    Outcome read(Record<byte[], byte[]> source) {
        try {
            Event encoded = encoded(source);
            // What the walk refuses is decoded whole, so that one place says what is wrong with it.
            return encoded == null
                    ? typed(deserializer.deserialize(topic.topic().name(), source.headers(), source.value()))
                    : new Read(encoded);
        } catch (RegistryException | InterruptException e) {
            throw e;
        } catch (UnknownSchemaException e) {
            return new Refused(DeadLetterCode.UNKNOWN_SCHEMA, text(e));
        } catch (SerializationException e) {
            boolean mistyped = e.getCause() instanceof AvroTypeException;
            return new Refused(mistyped ? DeadLetterCode.MISTYPED : DeadLetterCode.UNDECODABLE, text(e));
        } catch (RuntimeException e) {
            // A drop-in serde may throw anything; the stream goes on.
            return new Refused(DeadLetterCode.UNDECODABLE, e.toString());
        }
    }

    private @Nullable Event encoded(Record<byte[], byte[]> source) {
        if (encodings == null) {
            return null;
        }
        Encoding encoding = encodings.of(source.headers(), source.value());
        EncodedEvents events = encoding.events();
        return events == null ? null : events.read(source.value(), encoding.datumOffset());
    }

    private Outcome typed(Object value) {
        if (!(value instanceof IndexedRecord found)) {
            return mistyped("a value without fields");
        }
        return found.getSchema().equals(topic.schema()) ? new Read(new AvroEvent(type, found)) : resolved(found);
    }

    /** For serdes that take no reader schema: what they read by the writer's is resolved here. */
    private Outcome resolved(IndexedRecord found) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
            new GenericDatumWriter<IndexedRecord>(found.getSchema()).write(found, encoder);
            encoder.flush();
            IndexedRecord event = new GenericDatumReader<IndexedRecord>(found.getSchema(), topic.schema())
                    .read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null));
            return new Read(new AvroEvent(type, event));
        } catch (IOException | RuntimeException e) {
            return mistyped("a record " + found.getSchema().getFullName());
        }
    }

    private Refused mistyped(String what) {
        return new Refused(
                DeadLetterCode.MISTYPED,
                what + " came on topic " + topic.topic().name() + ", whose events are "
                        + topic.schema().getFullName());
    }

    private static String text(SerializationException e) {
        Throwable cause = e.getCause();
        String detail = cause == null || isThrownByJvm(cause) ? null : cause.getMessage();
        return detail == null ? String.valueOf(e.getMessage()) : e.getMessage() + ": " + detail;
    }

    /** Exceptions whose message the JVM leaves out once the code is hot: the same bytes have one reason, early and late. */
    private static boolean isThrownByJvm(Throwable cause) {
        return cause instanceof ArrayIndexOutOfBoundsException
                || cause instanceof ArrayStoreException
                || cause instanceof ArithmeticException
                || cause instanceof ClassCastException
                || cause instanceof NullPointerException;
    }
}
