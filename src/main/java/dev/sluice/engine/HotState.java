package dev.sluice.engine;

import dev.sluice.evaluation.GroupKey;
import dev.sluice.window.KeyState;
import org.apache.kafka.common.utils.Bytes;

/** The state of one key as an object, between its record in the store and the events. Confined to the task's thread. */
final class HotState {
    /** It has no record. */
    static final int NOT_STORED = -1;

    final OwnedStates owned;
    final GroupKey key;
    /** The key as {@link StateKey#comparable} gives it. */
    final GroupKey comparableKey;

    final Bytes storedAs;
    KeyState state;
    /** Bytes of its record as it is in the store, key included. */
    int storedBytes = NOT_STORED;
    /** A time at which it is looked at stands in the index, this or an earlier one. */
    long indexedMs = Long.MAX_VALUE;
    /** Whether it changed since it was last written. */
    boolean isDirty;
    /** Whether it may have another due time than is known. */
    boolean isUnsettled;

    /** Whether it was asked for again, since it was taken in or last looked at for dropping. A sweep asks only once. */
    boolean isFresh;
    /** Its place among the states that may be dropped. */
    int place;

    /** Whether it is written though it is unused, so that nothing is taken over in its place. */
    boolean isKept;

    HotState(OwnedStates owned, GroupKey key, Bytes storedAs, KeyState state) {
        this.owned = owned;
        this.key = key;
        this.comparableKey = StateKey.comparable(key);
        this.storedAs = storedAs;
        this.state = state;
    }

    /** Stream time at which the passing of time makes its rule speak; {@link Long#MAX_VALUE} for never. */
    long dueMs() {
        return owned.isTimed() && !isUnused() ? owned.dueMs(key, state) : Long.MAX_VALUE;
    }

    /** Whether no event was ever admitted. */
    boolean isUnused() {
        return state.newestMs() == Long.MIN_VALUE;
    }
}
