package dev.sluice.control;

import dev.sluice.deployment.Deployment;
import dev.sluice.serde.SingleObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Where the deployments of all rulesets stand, by the control topic. Needs no registry.
 *
 * <p>Threading: confined to one thread; holds a consumer of its own, without a group.
 */
public final class Deployments implements AutoCloseable {
    /** Records whose time is remembered. */
    private static final int TIMES_MAX = 1000;

    private final TopicTail tail;
    private final SingleObject codec = new SingleObject();
    private final SortedMap<String, Deployment> byRuleset = new TreeMap<>();
    private final NavigableMap<Long, Instant> writtenAt = new TreeMap<>();

    /** Told of each change, in the order of the topic: a state that soon gave way to another is told too. */
    public interface Listener {
        void changed(Deployment deployment);
    }

    private Deployments(TopicTail tail) {
        this.tail = tail;
    }

    /**
     * Reads the control topic to its present end.
     *
     * @param topic the control topic
     * @param kafka client settings
     */
    public static Deployments read(String topic, Map<String, String> kafka, Duration limit) {
        Deployments deployments = new Deployments(new TopicTail(topic, kafka));
        deployments.tail.readAll(limit, record -> deployments.read(record, deployment -> {}));
        return deployments;
    }

    /** All deployments by ruleset. */
    public SortedMap<String, Deployment> all() {
        return Collections.unmodifiableSortedMap(byRuleset);
    }

    public Optional<Deployment> of(String ruleset) {
        return Optional.ofNullable(byRuleset.get(ruleset));
    }

    /**
     * When the oldest record was written that somebody who has read to {@code offset} does not know; empty when there is
     * none. Of the last 1,000 records.
     */
    public Optional<Instant> unreadSince(long offset) {
        return Optional.ofNullable(writtenAt.higherEntry(offset)).map(Map.Entry::getValue);
    }

    /** Takes in what changed meanwhile, waiting at most {@code wait} for something new. */
    public void poll(Duration wait, Listener listener) {
        tail.poll(wait, record -> read(record, listener));
    }

    private void read(ConsumerRecord<byte[], byte[]> record, Listener listener) {
        writtenAt.put(record.offset(), Instant.ofEpochMilli(record.timestamp()));
        if (writtenAt.size() > TIMES_MAX) {
            writtenAt.pollFirstEntry();
        }
        if (record.key() == null
                || !(ControlKey.parse(new String(record.key(), StandardCharsets.UTF_8))
                        instanceof ControlKey.OfDeployment of)) {
            return;
        }
        if (record.value() == null) {
            byRuleset.remove(of.name());
            return;
        }
        try {
            Deployment deployment =
                    DeploymentCodec.of(codec.decode(record.value(), dev.sluice.schema.Deployment.class));
            byRuleset.put(of.name(), deployment);
            listener.changed(deployment);
        } catch (SerializationException | IllegalArgumentException e) {
            // Of another build: what was known of it before is not true any more.
            byRuleset.remove(of.name());
        }
    }

    @Override
    public void close() {
        tail.close();
    }
}
