package dev.sluice.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.jspecify.annotations.Nullable;

/**
 * Records in memory.
 *
 * <p>Threading: restored by the thread that restores, then confined to the thread of the task; Kafka Streams hands it over.
 * Kafka's own store of this kind copies all keys for each walk over a part of them.
 */
final class MemoryRecords implements StateRecords {
    private final String name;
    private final TreeMap<Bytes, byte[]> records = new TreeMap<>();
    private volatile boolean isOpen;

    MemoryRecords(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        context.register(root, this::restore);
        isOpen = true;
    }

    private void restore(byte[] key, byte @Nullable [] value) {
        if (value == null) {
            records.remove(Bytes.wrap(key));
        } else {
            records.put(Bytes.wrap(key), value);
        }
    }

    @Override
    public byte @Nullable [] get(Bytes key) {
        return records.get(key);
    }

    @Override
    public void put(Bytes key, byte[] value) {
        records.put(key, value);
    }

    @Override
    public void remove(Bytes key) {
        records.remove(key);
    }

    @Override
    public List<KeyValue<Bytes, byte[]>> from(Bytes from, int limit) {
        List<KeyValue<Bytes, byte[]>> found = new ArrayList<>();
        for (Map.Entry<Bytes, byte[]> entry : records.tailMap(from, true).entrySet()) {
            if (found.size() == limit) {
                break;
            }
            found.add(KeyValue.pair(entry.getKey(), entry.getValue()));
        }
        return found;
    }

    @Override
    public void commit(Map<TopicPartition, Long> changelogOffsets) {
        // Memory has nothing to keep over a restart.
    }

    @Override
    public void close() {
        isOpen = false;
        records.clear();
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return isOpen;
    }
}
