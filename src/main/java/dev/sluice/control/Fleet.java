package dev.sluice.control;

import dev.sluice.schema.InstanceStatus;
import dev.sluice.serde.SingleObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * All instances by what they last said on the status topic.
 *
 * <p>Threading: confined to one thread; holds a consumer of its own, without a group.
 */
public final class Fleet implements AutoCloseable {
    private final Consumer<byte[], byte[]> consumer;
    private final TopicPartition partition;
    private final SingleObject codec = new SingleObject();
    private final SortedMap<String, InstanceStatus> instances = new TreeMap<>();

    /**
     * Reads the topic to its present end.
     *
     * @param kafka client settings
     */
    public static Fleet read(String topic, Map<String, String> kafka, Duration limit) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "50");
        Fleet fleet = new Fleet(
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                new TopicPartition(topic, 0));
        fleet.readToEnd(limit);
        return fleet;
    }

    private Fleet(Consumer<byte[], byte[]> consumer, TopicPartition partition) {
        this.consumer = consumer;
        this.partition = partition;
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
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait)) {
            String instance = new String(record.key(), StandardCharsets.UTF_8);
            if (record.value() == null) {
                instances.remove(instance);
                continue;
            }
            try {
                instances.put(instance, codec.decode(record.value(), InstanceStatus.class));
            } catch (SerializationException e) {
                // A report of another build: its instance is shown again when it can be read.
                instances.remove(instance);
            }
        }
    }

    private void readToEnd(Duration limit) {
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        long end = consumer.endOffsets(List.of(partition), limit).getOrDefault(partition, 0L);
        long deadline = System.nanoTime() + limit.toNanos();
        while (consumer.position(partition, limit) < end && System.nanoTime() < deadline) {
            poll(Duration.ofMillis(200));
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
