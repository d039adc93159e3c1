package dev.sluice.engine;

import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.processor.api.Record;

/**
 * An alert as it goes out.
 *
 * @param id the same whoever makes it, and however often
 */
public record OutgoingAlert(String id, String topic, Record<byte[], byte[]> record) {
    /** A larger one would be refused by a broker's defaults, and the event with it, again and again. */
    private static final int MAX_BYTES = 900_000;

    /** Why it cannot be sent; empty when it can. */
    Optional<String> obstacle() {
        int bytes = record.value().length;
        return bytes > MAX_BYTES
                ? Optional.of(
                        "the alert would have " + bytes + " bytes, more than " + MAX_BYTES + ": emit fewer fields")
                : Optional.empty();
    }

    /** The same for a producer. */
    public ProducerRecord<byte[], byte[]> toProduce() {
        return new ProducerRecord<>(topic, null, record.timestamp(), record.key(), record.value(), record.headers());
    }
}
