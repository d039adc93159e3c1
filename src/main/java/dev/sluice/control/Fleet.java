package dev.sluice.control;

import dev.sluice.schema.InstanceStatus;
import dev.sluice.serde.SingleObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;

/**
 * All instances by what they last said on the status topic.
 *
 * <p>Threading: confined to one thread; holds a consumer of its own, without a group.
 */
public final class Fleet implements AutoCloseable {
    private final TopicTail tail;
    private final SingleObject codec = new SingleObject();
    private final SortedMap<String, InstanceStatus> instances = new TreeMap<>();

    /**
     * Reads the topic to its present end.
     *
     * @param kafka client settings
     */
    public static Fleet read(String topic, Map<String, String> kafka, Duration limit) {
        Fleet fleet = new Fleet(new TopicTail(topic, kafka));
        fleet.tail.readAll(limit, fleet::read);
        return fleet;
    }

    private Fleet(TopicTail tail) {
        this.tail = tail;
    }

    /** Everything that is said, also by instances that are gone, by id. */
    public Collection<InstanceStatus> all() {
        return List.copyOf(instances.values());
    }

    /** The instances that live at {@code now}. */
    public List<InstanceStatus> live(Instant now) {
        return instances.values().stream().filter(status -> isLive(status, now)).toList();
    }

    /** True while the last report is younger than three heartbeats (and a second, for clocks that differ). */
    public static boolean isLive(InstanceStatus status, Instant now) {
        return status.getReportedAt()
                .plusMillis(3 * status.getHeartbeatMs() + 1000)
                .isAfter(now);
    }

    /** Takes in what was said meanwhile, waiting at most {@code wait} for something new. */
    public void poll(Duration wait) {
        tail.poll(wait, this::read);
    }

    private void read(ConsumerRecord<byte[], byte[]> record) {
        String instance = new String(record.key(), StandardCharsets.UTF_8);
        if (record.value() == null) {
            instances.remove(instance);
            return;
        }
        try {
            instances.put(instance, codec.decode(record.value(), InstanceStatus.class));
        } catch (SerializationException e) {
            // A report of another build: its instance is shown again when it can be read.
            instances.remove(instance);
        }
    }

    @Override
    public void close() {
        tail.close();
    }
}
