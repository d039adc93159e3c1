package dev.sluice.engine;

import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.TaskMetadata;
import org.jspecify.annotations.Nullable;

/**
 * How many records wait in the partitions of a Kafka Streams client, events and what was handed over: those that its
 * consumers know of and have not fetched, and those that were fetched and are not committed. Asks no broker. Consumers do not
 * look at a partition whose buffer is full, so what comes meanwhile is counted as soon as there is room again.
 *
 * <p>Threading: the owner says which client; anyone reads.
 */
final class Backlog {
    private static final String GROUP = "consumer-fetch-manager-metrics";
    private static final String NAME = "records-lag";
    private static final String RESTORING = "restore-consumer";

    private volatile @Nullable KafkaStreams client;

    /** The client to ask from now on. */
    void follow(KafkaStreams next) {
        client = next;
    }

    /** Costs about a millisecond. */
    long records() {
        KafkaStreams now = client;
        return now == null ? 0 : unfetched(now.metrics()) + uncommitted(now);
    }

    private static long unfetched(Map<MetricName, ? extends Metric> metrics) {
        double sum = 0;
        for (Map.Entry<MetricName, ? extends Metric> entry : metrics.entrySet()) {
            MetricName name = entry.getKey();
            boolean counts = name.name().equals(NAME)
                    && name.group().equals(GROUP)
                    && !name.tags().getOrDefault("client-id", "").endsWith(RESTORING);
            // Not a number before the first fetch.
            if (counts && entry.getValue().metricValue() instanceof Double lag && lag > 0) {
                sum += lag;
            }
        }
        return (long) sum;
    }

    private static long uncommitted(KafkaStreams of) {
        return of.metadataForLocalThreads().stream()
                .flatMap(thread -> thread.activeTasks().stream())
                .mapToLong(Backlog::uncommitted)
                .sum();
    }

    private static long uncommitted(TaskMetadata task) {
        long sum = 0;
        for (Map.Entry<TopicPartition, Long> fetched : task.endOffsets().entrySet()) {
            // Negative before the first fetch and the first commit.
            long committed = task.committedOffsets().getOrDefault(fetched.getKey(), -1L);
            if (fetched.getValue() >= 0 && committed >= 0) {
                sum += Math.max(0, fetched.getValue() + 1 - committed);
            }
        }
        return sum;
    }
}
