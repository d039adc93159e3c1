package dev.sluice.control;

import dev.sluice.deployment.Deployment;
import dev.sluice.deployment.Quarantine;
import dev.sluice.serde.SingleObject;
import dev.sluice.settings.FleetSettings;
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
import org.jspecify.annotations.Nullable;

/**
 * Where the deployments of all rulesets and the rules in quarantine stand, and the fleet's settings, by the control topic. Needs
 * no registry.
 *
 * <p>Threading: confined to one thread; holds a consumer of its own, without a group.
 */
public final class Deployments implements AutoCloseable {
    /** Records whose time is remembered. */
    private static final int TIMES_MAX = 1000;

    private final TopicTail tail;
    private final SingleObject codec = new SingleObject();
    private final SortedMap<String, Deployment> byRuleset = new TreeMap<>();
    private final SortedMap<String, Quarantine> quarantines = new TreeMap<>();
    private @Nullable PublishedSettings settings;
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

    /** The fleet's settings; empty for none. */
    public Optional<PublishedSettings> settings() {
        return Optional.ofNullable(settings);
    }

    /** What they say. */
    public FleetSettings said() {
        return settings().map(PublishedSettings::settings).orElse(FleetSettings.NONE);
    }

    /** Rules in quarantine or on trial, by the key of their record. */
    public SortedMap<String, Quarantine> quarantines() {
        return Collections.unmodifiableSortedMap(quarantines);
    }

    /** That of one rule; empty while it is as any other. */
    public Optional<Quarantine> quarantine(String ruleset, String rule) {
        return Optional.ofNullable(quarantines.get(new ControlKey.OfQuarantine(ruleset, rule).text()));
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
        if (record.key() == null) {
            return;
        }
        ControlKey key = ControlKey.parse(new String(record.key(), StandardCharsets.UTF_8));
        if (key instanceof ControlKey.OfDeployment of) {
            read(of, record, listener);
        } else if (key instanceof ControlKey.OfQuarantine of) {
            read(of, record);
        } else if (key instanceof ControlKey.OfSettings) {
            readSettings(record.value());
        }
    }

    private void read(ControlKey.OfQuarantine of, ConsumerRecord<byte[], byte[]> record) {
        quarantines.remove(of.text());
        if (record.value() == null) {
            return;
        }
        try {
            Quarantine read = QuarantineCodec.of(codec.decode(record.value(), dev.sluice.schema.Quarantine.class));
            quarantines.put(of.text(), read);
        } catch (SerializationException | IllegalArgumentException e) {
            // Of another build: what was known of it before is not true any more.
        }
    }

    /** What cannot be read leaves the last ones in force, as on the instances. */
    private void readSettings(byte @Nullable [] value) {
        if (value == null) {
            settings = null;
            return;
        }
        try {
            settings = PublishedSettings.of(codec.decode(value, dev.sluice.schema.Settings.class));
        } catch (SerializationException | IllegalArgumentException e) {
            // Each instance shows it in its status.
        }
    }

    private void read(ControlKey.OfDeployment of, ConsumerRecord<byte[], byte[]> record, Listener listener) {
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
