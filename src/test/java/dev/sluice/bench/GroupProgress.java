package dev.sluice.bench;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/** How many events a consumer group has committed, watched until it has all. Confined to one thread. */
final class GroupProgress implements AutoCloseable {
    private static final long POLL_MS = 10;
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Admin admin;
    private final String topic;

    GroupProgress(Map<String, Object> kafka, String topic) {
        this.admin = Admin.create(kafka);
        this.topic = topic;
    }

    /** What the events between two commits cost. */
    record Stretch(long events, JvmCosts costs) {
        double eventsPerSecond() {
            return events * 1e9 / costs.wallNanos();
        }

        /** CPU time of the evaluating threads for one event. */
        double workNanos() {
            return (double) costs.workerNanos() / events;
        }
    }

    /**
     * Waits until {@code group} has committed {@code events}. What comes before {@code from}, at least 1, are committed is not in it:
     * the start of the application, and what the just-in-time compilers have to do for it.
     */
    Stretch watch(String group, long from, long events) throws ExecutionException, InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        long first = 0;
        JvmCosts begin = JvmCosts.NONE;
        while (System.nanoTime() < deadline) {
            long committed = committed(group);
            if (committed >= events) {
                if (first == 0) {
                    throw new IllegalStateException("all " + events + " events came with the first commit: give more");
                }
                return new Stretch(committed - first, JvmCosts.now().since(begin));
            }
            if (committed >= from && first == 0) {
                first = committed;
                begin = JvmCosts.now();
            }
            Thread.sleep(POLL_MS);
        }
        throw new IllegalStateException("the group " + group + " has not committed " + events + " events in " + LIMIT);
    }

    private long committed(String group) throws ExecutionException, InterruptedException {
        try {
            return admin
                    .listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get(30, TimeUnit.SECONDS)
                    .entrySet()
                    .stream()
                    .filter(entry -> entry.getKey().topic().equals(topic) && entry.getValue() != null)
                    .map(Map.Entry::getValue)
                    .mapToLong(OffsetAndMetadata::offset)
                    .sum();
        } catch (java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException("the broker does not tell the offsets of group " + group, e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
