package dev.sluice.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
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
 * A change of a known key does not
 * look for its place among the others. Kafka's own store of this kind copies all keys for each walk over a part of them.
 */
final class MemoryRecords implements StateRecords {
    private final String name;
    /** By {@link Segments}. */
    private final List<Map<Bytes, byte[]>> records = Stream.<Map<Bytes, byte[]>>generate(HashMap::new)
            .limit(Segments.COUNT)
            .toList();
    /** All keys, in their order. */
    private final TreeSet<Bytes> keys = new TreeSet<>();

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
            remove(Bytes.wrap(key));
        } else {
            put(Bytes.wrap(key), value);
        }
    }

    private Map<Bytes, byte[]> segment(Bytes key) {
        return records.get(Segments.of(key));
    }

    @Override
    public byte @Nullable [] get(Bytes key) {
        return segment(key).get(key);
    }

    @Override
    public void put(Bytes key, byte[] value) {
        if (segment(key).put(key, value) == null) {
            keys.add(key);
        }
    }

    @Override
    public void putAll(List<KeyValue<Bytes, byte[]>> more) {
        more.forEach(record -> put(record.key, record.value));
    }

    @Override
    public void remove(Bytes key) {
        if (segment(key).remove(key) != null) {
            keys.remove(key);
        }
    }

    @Override
    public List<KeyValue<Bytes, byte[]>> from(Bytes from, int limit) {
        List<KeyValue<Bytes, byte[]>> found = new ArrayList<>();
        Iterator<Bytes> next = keys.tailSet(from, true).iterator();
        while (found.size() < limit && next.hasNext()) {
            Bytes key = next.next();
            found.add(KeyValue.pair(key, Objects.requireNonNull(get(key))));
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
        records.forEach(Map::clear);
        keys.clear();
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
