package dev.sluice.bench;

import dev.sluice.config.SluiceConfig;
import dev.sluice.schema.Deployment;
import dev.sluice.schema.InstanceStatus;
import dev.sluice.schema.RulesetStatus;
import dev.sluice.serde.SingleObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Follows the versions of a ruleset over a fleet by what stands on the control and status topics. All times are those that the
 * writers of the records put on them: of one machine, in milliseconds. Confined to one thread.
 */
final class FleetWatch implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(20);
    private static final long LIMIT_MS = 60_000;

    private final String ruleset;
    private final int instances;
    private final TopicPartition control;
    private final Consumer<byte[], byte[]> consumer;
    private final SingleObject codec = new SingleObject();
    private final Map<Long, Marks> byVersion = new HashMap<>();

    /** A version that was written. */
    record Published(long version, long atMs) {}

    /**
     * One version's way, in ms since just before it was sent.
     *
     * @param preparedMs the last instance reports that it has compiled it
     * @param decidedMs the decider writes that it is active
     * @param installedMs the last instance has taken that up
     * @param activeMs the last instance reports that all its threads have read it
     */
    record Way(long preparedMs, long decidedMs, long installedMs, long activeMs) {}

    /** Times of one version, by instance where there are several. */
    private static final class Marks {
        private final Map<String, Long> prepared = new HashMap<>();
        private final Map<String, Long> installed = new HashMap<>();
        private final Map<String, Long> active = new HashMap<>();
        private long decidedMs;
    }

    FleetWatch(SluiceConfig config, String ruleset, int instances) {
        this.ruleset = ruleset;
        this.instances = instances;
        this.control = new TopicPartition(config.topics().names().control(), 0);
        Map<String, Object> settings = new HashMap<>(config.kafka());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions =
                List.of(control, new TopicPartition(config.topics().names().status(), 0));
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Reads on for so long. */
    void pause(long ms) {
        long end = System.currentTimeMillis() + ms;
        while (System.currentTimeMillis() < end) {
            poll();
        }
    }

    boolean isServing(long version) {
        poll();
        return marks(version).active.size() == instances;
    }

    /** Returns when every instance reports that it is active there. */
    Way follow(Published published) {
        while (!isServing(published.version())) {
            if (System.currentTimeMillis() - published.atMs() > LIMIT_MS) {
                throw new IllegalStateException("version " + published.version() + " was not active within a minute");
            }
        }
        Marks marks = marks(published.version());
        byVersion.keySet().removeIf(older -> older < published.version());
        return new Way(
                last(marks.prepared) - published.atMs(),
                marks.decidedMs - published.atMs(),
                last(marks.installed) - published.atMs(),
                last(marks.active) - published.atMs());
    }

    private static long last(Map<String, Long> times) {
        return times.values().stream().mapToLong(Long::longValue).max().orElseThrow();
    }

    private Marks marks(long version) {
        return byVersion.computeIfAbsent(version, number -> new Marks());
    }

    private void poll() {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            String key = new String(record.key(), StandardCharsets.UTF_8);
            if (record.value() == null) {
                continue;
            }
            if (!record.topic().equals(control.topic())) {
                reported(key, codec.decode(record.value(), InstanceStatus.class), record.timestamp());
            } else if (key.equals("deployment/" + ruleset)) {
                decided(codec.decode(record.value(), Deployment.class), record.timestamp());
            }
        }
    }

    private void decided(Deployment deployment, long atMs) {
        if (deployment.getState().equals("Active")) {
            marks(deployment.getVersion()).decidedMs = atMs;
        }
    }

    private void reported(String instance, InstanceStatus status, long atMs) {
        status.getRulesets().stream()
                .filter(each -> each.getName().equals(ruleset))
                .findFirst()
                .ifPresent(of -> reported(instance, of, atMs));
    }

    private void reported(String instance, RulesetStatus of, long atMs) {
        of.getPrepared().forEach(version -> marks(version).prepared.putIfAbsent(instance, atMs));
        Long active = of.getActive();
        if (active != null && of.getInUse()) {
            Marks marks = marks(active);
            marks.active.putIfAbsent(instance, atMs);
            if (of.getInstalledAt() != null) {
                marks.installed.putIfAbsent(instance, of.getInstalledAt().toEpochMilli());
            }
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
