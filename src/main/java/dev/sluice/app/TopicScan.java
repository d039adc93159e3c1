package dev.sluice.app;

import dev.sluice.config.SluiceConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads all committed records of a topic once, without a consumer group. */
final class TopicScan {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(200);

    private TopicScan() {}

    /** Takes in one record. */
    interface Reader {
        void read(ConsumerRecord<byte[], byte[]> record);
    }

    /**
     * From the first record to the present end. Waits for transactions that are open there: what stands behind them counts.
     *
     * @throws TimeoutException when the topic does not go on for half a minute
     */
    static void read(SluiceConfig config, String topic, Reader reader) {
        try (Consumer<byte[], byte[]> consumer = consumer(config, "read_committed")) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic, LIMIT).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            Map<TopicPartition, Long> ends = ends(config, partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long deadline = System.nanoTime() + LIMIT.toNanos();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey(), LIMIT) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    reader.read(record);
                    deadline = System.nanoTime() + LIMIT.toNanos();
                }
                if (System.nanoTime() > deadline) {
                    throw new TimeoutException(
                            "topic " + topic + " was not read to its end: a transaction on it is open");
                }
            }
        }
    }

    private static Map<TopicPartition, Long> ends(SluiceConfig config, List<TopicPartition> partitions) {
        try (Consumer<byte[], byte[]> asker = consumer(config, "read_uncommitted")) {
            return asker.endOffsets(partitions, LIMIT);
        }
    }

    private static Consumer<byte[], byte[]> consumer(SluiceConfig config, String isolation) {
        Map<String, Object> settings = new HashMap<>(config.kafka());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "50");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
