package dev.sluice.engine;

import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Which states are to be looked at, and from when on. A state may stand at an earlier time than it is due, and at more than
 * one: it is asked when its time comes. Never at a later one only.
 */
final class DueTimes {

    /** One state, by its record. */
    record Ref(OwnedStates owned, Bytes key) {}

    private final TreeMap<Long, DueRefs> byTime = new TreeMap<>();

    void add(long atMs, OwnedStates owned, Bytes key) {
        byTime.computeIfAbsent(atMs, at -> new DueRefs()).add(new Ref(owned, key));
    }

    /** Sees that a state stands at the time it is due, or at an earlier one. */
    void add(HotState hot, long dueMs) {
        if (dueMs < hot.indexedMs) {
            add(dueMs, hot.owned, hot.storedAs);
            hot.indexedMs = dueMs;
        }
    }

    /** Time of the first; {@link Long#MAX_VALUE} for none. */
    long firstMs() {
        return byTime.isEmpty() ? Long.MAX_VALUE : byTime.firstKey();
    }

    /** Takes one of the first away; null for none. */
    @Nullable Ref poll() {
        Map.Entry<Long, DueRefs> first = byTime.firstEntry();
        if (first == null) {
            return null;
        }
        Ref ref = first.getValue().poll();
        if (first.getValue().isEmpty()) {
            byTime.remove(first.getKey());
        }
        return ref;
    }
}
