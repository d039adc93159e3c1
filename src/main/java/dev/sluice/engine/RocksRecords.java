package dev.sluice.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/** Records in RocksDB, in Kafka's own store: it knows which of them are committed. */
final class RocksRecords implements StateRecords {
    private final KeyValueStore<Bytes, byte[]> store;

    RocksRecords(String name) {
        this.store = Stores.persistentKeyValueStore(name).get();
    }

    @Override
    public String name() {
        return store.name();
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        store.init(context, root);
    }

    @Override
    public byte @Nullable [] get(Bytes key) {
        return store.get(key);
    }

    @Override
    public void put(Bytes key, byte[] value) {
        store.put(key, value);
    }

    /** At once: RocksDB does much for a write, however small. */
    @Override
    public void putAll(List<KeyValue<Bytes, byte[]>> records) {
        store.putAll(records);
    }

    @Override
    public void remove(Bytes key) {
        store.delete(key);
    }

    @Override
    public List<KeyValue<Bytes, byte[]>> from(Bytes from, int limit) {
        List<KeyValue<Bytes, byte[]>> found = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> records = store.range(from, null)) {
            while (found.size() < limit && records.hasNext()) {
                found.add(records.next());
            }
        }
        return found;
    }

    @Override
    public void commit(Map<TopicPartition, Long> changelogOffsets) {
        store.commit(changelogOffsets);
    }

    @Override
    public @Nullable Long committedOffset(TopicPartition partition) {
        return store.committedOffset(partition);
    }

    @Override
    @SuppressWarnings("deprecation") // the only way to say it in this version of Kafka
    public boolean managesOffsets() {
        return store.managesOffsets();
    }

    @Override
    public void close() {
        store.close();
    }

    @Override
    public boolean persistent() {
        return store.persistent();
    }

    @Override
    public boolean isOpen() {
        return store.isOpen();
    }
}
