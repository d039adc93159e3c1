package dev.sluice.engine;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * The window states of one task: records with a changelog, and before them objects that change many times between two
 * commits and are written once, before the offsets of the events commit.
 *
 * <p>To Kafka Streams it is a store with a cache: the cache is written at {@link #flushCache}, which comes before the
 * producer is flushed and the transaction ends. {@link #commit} comes after that, too late for a write.
 *
 * <p>Threading: as a task's.
 */
final class WindowStore implements StateStore, CachedStateStore<byte[], byte[]> {

    /** What changed and is not written yet. */
    interface Pending {

        boolean isEmpty();

        /** Writes all of it to the store. */
        void write();
    }

    private final StateRecords records;
    private final Changelog.Opener opener;
    private Changelog changelog;
    private @Nullable Pending pending;

    WindowStore(StateRecords records, Changelog.Opener opener) {
        this.records = records;
        this.opener = opener;
        this.changelog = (key, value) -> {
            throw new IllegalStateException("the store " + name() + " was written before it was opened");
        };
    }

    /**
     * Lets {@code next} be written before each commit, in the place of what was before.
     *
     * @throws IllegalStateException when something of that would be lost
     */
    void attach(Pending next) {
        if (pending != null && !pending.isEmpty()) {
            throw new IllegalStateException("the store " + name() + " was to be used anew with unwritten changes");
        }
        pending = next;
    }

    byte @Nullable [] get(Bytes key) {
        return records.get(key);
    }

    void put(Bytes key, byte[] value) {
        records.put(key, value);
        changelog.add(key, value);
    }

    void putAll(List<KeyValue<Bytes, byte[]>> changes) {
        records.putAll(changes);
        changes.forEach(change -> changelog.add(change.key, change.value));
    }

    void remove(Bytes key) {
        records.remove(key);
        changelog.add(key, null);
    }

    /** The first records from {@code from} on, at most {@code limit}; a copy, so the store may change meanwhile. */
    List<KeyValue<Bytes, byte[]>> from(Bytes from, int limit) {
        return records.from(from, limit);
    }

    @Override
    public void flushCache() {
        if (pending != null) {
            pending.write();
        }
    }

    /** The records are about to be changed by a restore: what is known of them is forgotten. */
    @Override
    public void clearCache() {
        pending = null;
    }

    @Override
    public boolean setFlushListener(CacheFlushListener<byte[], byte[]> listener, boolean sendOldValues) {
        return false;
    }

    @Override
    public String name() {
        return records.name();
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        changelog = opener.open(name(), context);
        records.init(context, root);
    }

    @Override
    public void commit(Map<TopicPartition, Long> changelogOffsets) {
        records.commit(changelogOffsets);
    }

    @Override
    public @Nullable Long committedOffset(TopicPartition partition) {
        return records.committedOffset(partition);
    }

    @Override
    @SuppressWarnings("deprecation") // the only way to say it in this version of Kafka
    public boolean managesOffsets() {
        return records.managesOffsets();
    }

    @Override
    public void close() {
        pending = null;
        records.close();
    }

    @Override
    public boolean persistent() {
        return records.persistent();
    }

    @Override
    public boolean isOpen() {
        return records.isOpen();
    }
}
