package dev.sluice.control;

import dev.sluice.deployment.Deployment;
import dev.sluice.deployment.Quarantine;
import dev.sluice.schema.InstanceStatus;
import dev.sluice.serde.SingleObject;
import dev.sluice.settings.FleetSettings;
import dev.sluice.settings.SettingsInForce;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The decider's fold: the deployments, quarantines and settings as it last wrote them, the instances that have not said
 * good-bye, and how far commands were answered. Kept in a changelogged store, so who takes over goes on with the same.
 *
 * <p>Threading: confined to the thread that has the task.
 */
final class DeciderStore {
    private static final Logger LOG = LoggerFactory.getLogger(DeciderStore.class);
    private static final String DEPLOYMENT = "deployment/";
    private static final String QUARANTINE = "quarantine/";
    private static final String INSTANCE = "instance/";
    private static final String COMMANDS = "commands";
    private static final String SETTINGS = "settings";
    private static final String SETTINGS_REVISION = "settings-revision";

    private final KeyValueStore<byte[], byte[]> store;
    private final SingleObject codec = new SingleObject();
    private final SortedMap<String, Deployment> deployments = new TreeMap<>();
    private final SortedMap<String, Quarantine> quarantines = new TreeMap<>();
    private final SortedMap<String, InstanceStatus> instances = new TreeMap<>();
    private @Nullable PublishedSettings settings;
    private long settingsRevision;
    private long nextCommand;
    private long lastCommandAt;

    /** Reads what the store holds. */
    DeciderStore(KeyValueStore<byte[], byte[]> store) {
        this.store = store;
        try (KeyValueIterator<byte[], byte[]> all = store.all()) {
            all.forEachRemaining(this::load);
        }
    }

    private void load(KeyValue<byte[], byte[]> entry) {
        String key = new String(entry.key, StandardCharsets.UTF_8);
        try {
            if (key.startsWith(DEPLOYMENT)) {
                Deployment deployment = decode(entry.value);
                deployments.put(deployment.ruleset(), deployment);
            } else if (key.startsWith(QUARANTINE)) {
                quarantines.put(key, quarantine(entry.value));
            } else if (key.startsWith(INSTANCE)) {
                instances.put(key.substring(INSTANCE.length()), codec.decode(entry.value, InstanceStatus.class));
            } else if (key.equals(SETTINGS)) {
                settings = PublishedSettings.of(codec.decode(entry.value, dev.sluice.schema.Settings.class));
            } else if (key.equals(SETTINGS_REVISION)) {
                settingsRevision = ByteBuffer.wrap(entry.value).getLong();
            } else if (key.equals(COMMANDS)) {
                ByteBuffer position = ByteBuffer.wrap(entry.value);
                nextCommand = position.getLong();
                lastCommandAt = position.getLong();
            }
        } catch (SerializationException | IllegalArgumentException e) {
            LOG.atError().addKeyValue("key", key).log("not read from the decider's store: {}", e.getMessage());
        }
    }

    private Deployment decode(byte[] value) {
        return DeploymentCodec.of(codec.decode(value, dev.sluice.schema.Deployment.class));
    }

    private Quarantine quarantine(byte[] value) {
        return QuarantineCodec.of(codec.decode(value, dev.sluice.schema.Quarantine.class));
    }

    SortedMap<String, Deployment> deployments() {
        return Collections.unmodifiableSortedMap(deployments);
    }

    Optional<Deployment> deployment(String ruleset) {
        return Optional.ofNullable(deployments.get(ruleset));
    }

    /** Returns the value of its record: what is kept is what readers of the control topic see. */
    byte[] put(Deployment deployment) {
        byte[] value = ControlCodec.encode(deployment);
        deployments.put(deployment.ruleset(), decode(value));
        store.put(bytes(DEPLOYMENT + deployment.ruleset()), value);
        return value;
    }

    void remove(String ruleset) {
        deployments.remove(ruleset);
        store.delete(bytes(DEPLOYMENT + ruleset));
    }

    /** The fleet's; empty for none. */
    Optional<PublishedSettings> settings() {
        return Optional.ofNullable(settings);
    }

    /** What the fleet's settings say. */
    FleetSettings said() {
        return settings == null ? FleetSettings.NONE : settings.settings();
    }

    /** @param own what holds where the fleet's settings say nothing */
    SettingsInForce inForce(SettingsInForce own) {
        return said().over(own);
    }

    /** Whether there are settings that only another build can read. */
    boolean holdsUnreadableSettings() {
        return settings == null && store.get(bytes(SETTINGS)) != null;
    }

    /** The highest revision there ever was; 0 for none. */
    long settingsRevision() {
        return settingsRevision;
    }

    /** Returns the value of its record. */
    byte[] put(PublishedSettings next) {
        byte[] value = ControlCodec.encode(next);
        settings = next;
        settingsRevision = Math.max(settingsRevision, next.revision());
        store.put(bytes(SETTINGS), value);
        byte[] revision =
                ByteBuffer.allocate(Long.BYTES).putLong(settingsRevision).array();
        store.put(bytes(SETTINGS_REVISION), revision);
        return value;
    }

    void removeSettings() {
        settings = null;
        store.delete(bytes(SETTINGS));
    }

    /** Rules in quarantine or on trial, by the key of their record. */
    SortedMap<String, Quarantine> quarantines() {
        return Collections.unmodifiableSortedMap(quarantines);
    }

    /** Those of one ruleset, by the id of their rule. */
    SortedMap<String, Quarantine> quarantines(String ruleset) {
        SortedMap<String, Quarantine> found = new TreeMap<>();
        quarantines.values().stream()
                .filter(each -> each.ruleset().equals(ruleset))
                .forEach(each -> found.put(each.rule(), each));
        return found;
    }

    /** Returns the value of its record: what is kept is what readers of the control topic see. */
    byte[] put(Quarantine quarantine) {
        byte[] value = ControlCodec.encode(quarantine);
        String key = key(quarantine);
        quarantines.put(key, quarantine(value));
        store.put(bytes(key), value);
        return value;
    }

    void remove(Quarantine quarantine) {
        quarantines.remove(key(quarantine));
        store.delete(bytes(key(quarantine)));
    }

    private static String key(Quarantine quarantine) {
        return new ControlKey.OfQuarantine(quarantine.ruleset(), quarantine.rule()).text();
    }

    /** The last reports, without what changes with each of them. */
    Map<String, InstanceStatus> instances() {
        return Collections.unmodifiableSortedMap(instances);
    }

    /** Writes only what changed: a heartbeat that says nothing new costs nothing. */
    void heard(String id, InstanceStatus report) {
        if (!report.equals(instances.put(id, report))) {
            store.put(bytes(INSTANCE + id), SingleObject.encode(report));
        }
    }

    void forget(String id) {
        if (instances.remove(id) != null) {
            store.delete(bytes(INSTANCE + id));
        }
    }

    /**
     * Whether a command was not answered yet. The group's own position may be lost after a week without an engine, and an old
     * command must not be carried out twice; a topic that was made anew begins at 0 again, with later records.
     */
    boolean isNew(long offset, long timestamp) {
        return offset >= nextCommand || timestamp > lastCommandAt;
    }

    void answered(long offset, long timestamp) {
        nextCommand = offset + 1;
        lastCommandAt = timestamp;
        byte[] position = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(nextCommand)
                .putLong(lastCommandAt)
                .array();
        store.put(bytes(COMMANDS), position);
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }
}
