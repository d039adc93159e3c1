package dev.sluice.engine;

import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.jspecify.annotations.Nullable;

/** Records ordered by the bytes of their keys, unsigned, without a changelog: what a window store keeps them in. */
interface StateRecords extends StateStore {

    byte @Nullable [] get(Bytes key);

    void put(Bytes key, byte[] value);

    /** All of these; none has a null value. */
    void putAll(List<KeyValue<Bytes, byte[]>> records);

    void remove(Bytes key);

    /** The first records from {@code from} on, at most {@code limit}; a copy, so the store may change meanwhile. */
    List<KeyValue<Bytes, byte[]>> from(Bytes from, int limit);
}
