package dev.sluice.control;

import dev.sluice.schema.AuditEvent;
import dev.sluice.serde.SingleObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;

/**
 * What happened, in order, as it stands on the audit topic. Events of another build that cannot be read are left out.
 *
 * <p>Threading: confined to one thread; holds a consumer of its own, without a group.
 */
public final class AuditLog implements AutoCloseable {
    private final TopicTail tail;
    private final SingleObject codec = new SingleObject();
    private final List<AuditEvent> unread = new ArrayList<>();

    private AuditLog(TopicTail tail) {
        this.tail = tail;
    }

    /**
     * From the first event on; {@link #poll} gives those that are there at once.
     *
     * @param kafka client settings
     */
    public static AuditLog fromBeginning(String topic, Map<String, String> kafka, Duration limit) {
        AuditLog log = new AuditLog(new TopicTail(topic, kafka));
        log.tail.readAll(limit, log::read);
        return log;
    }

    /** Only what happens from now on. */
    public static AuditLog fromEnd(String topic, Map<String, String> kafka, Duration limit) {
        AuditLog log = new AuditLog(new TopicTail(topic, kafka));
        log.tail.skipAll(limit);
        return log;
    }

    /** What was not given yet; waits at most {@code wait} for something when there is nothing. */
    public List<AuditEvent> poll(Duration wait) {
        if (unread.isEmpty()) {
            tail.poll(wait, this::read);
        }
        List<AuditEvent> events = List.copyOf(unread);
        unread.clear();
        return events;
    }

    private void read(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return;
        }
        try {
            unread.add(codec.decode(record.value(), AuditEvent.class));
        } catch (SerializationException e) {
            // Nothing that this build could show.
        }
    }

    @Override
    public void close() {
        tail.close();
    }
}
