package dev.sluice.control;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The committed records of a topic with one partition, followed without a consumer group.
 *
 * <p>Threading: confined to one thread.
 */
final class TopicTail implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Consumer<byte[], byte[]> consumer;
    private final TopicPartition partition;

    /** Takes in one record. */
    interface Reader {
        void read(ConsumerRecord<byte[], byte[]> record);
    }

    /** @param kafka client settings */
    TopicTail(String topic, Map<String, String> kafka) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "50");
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.partition = new TopicPartition(topic, 0);
        consumer.assign(List.of(partition));
    }

    /** From the first record to the present end, or as far as {@code limit} lets it. */
    void readAll(Duration limit, Reader reader) {
        consumer.seekToBeginning(List.of(partition));
        long end = consumer.endOffsets(List.of(partition), limit).getOrDefault(partition, 0L);
        long deadline = System.nanoTime() + limit.toNanos();
        while (consumer.position(partition, limit) < end && System.nanoTime() < deadline) {
            poll(POLL, reader);
        }
    }

    /** Passes over what is there now. */
    void skipAll(Duration limit) {
        consumer.seekToEnd(List.of(partition));
        // Only asking for it fixes the position.
        consumer.position(partition, limit);
    }

    /** Waits at most {@code wait} for something new. */
    void poll(Duration wait, Reader reader) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(wait);
        records.forEach(reader::read);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
