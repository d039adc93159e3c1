package dev.sluice.engine;

import dev.sluice.evaluation.GroupKey;
import dev.sluice.window.ByteOut;
import dev.sluice.window.KeyState;
import dev.sluice.window.StateShape;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The states of one task that are at hand as objects: those used lately, and those that changed since the last commit. A
 * change costs no bytes until then. Confined to the task's thread.
 */
final class StateCache implements WindowStore.Pending {
    private static final Logger LOG = LoggerFactory.getLogger(StateCache.class);

    private static final int LOOKS_MAX = 16;
    private static final int WRITTEN_AT_ONCE = 1_000;
    private static final byte[] NOTHING = {};

    private final WindowStore store;
    private final int capacity;
    private final ByteOut sink = new ByteOut();
    private final List<HotState> dirty = new ArrayList<>();
    private final List<HotState> all = new ArrayList<>();
    /** Of {@code all}, the next to be looked at for dropping. */
    private int turn;
    /** Up to here a sweep that is on its way has counted records; null for none on its way. */
    private @Nullable Bytes sweptTo;

    StateCache(WindowStore store, int capacity) {
        this.store = store;
        this.capacity = capacity;
    }

    /** The state of a key in the shape of the rule that uses it now; fresh if it has none. */
    HotState of(OwnedStates owned, GroupKey key) {
        HotState found = find(owned, key);
        return found == null
                ? take(new HotState(
                        owned, key, storedAs(owned, key), owned.shape().fresh()))
                : found;
    }

    /** The same; null if it has none. */
    @Nullable HotState find(OwnedStates owned, GroupKey key) {
        HotState hot = owned.hot.get(StateKey.comparable(key));
        if (hot == null) {
            hot = load(owned, key);
        } else {
            hot.isFresh = true;
        }
        return hot;
    }

    boolean has(OwnedStates owned, GroupKey key) {
        return owned.hot.get(StateKey.comparable(key)) != null || store.get(storedAs(owned, key)) != null;
    }

    /** Key of its record. */
    Bytes storedAs(OwnedStates owned, GroupKey key) {
        return StateKey.ofState(sink, owned.hash, key);
    }

    private @Nullable HotState load(OwnedStates owned, GroupKey key) {
        Bytes storedAs = storedAs(owned, key);
        byte[] record = store.get(storedAs);
        if (record == null) {
            return takeOver(owned, key, storedAs);
        }
        HotState hot = take(new HotState(owned, key, storedAs, read(owned, StateRecord.state(record), owned.shape())));
        hot.storedBytes = storedAs.get().length + record.length;
        // An earlier time than it is due at is in the index, if the sweep saw it; else the sweep will.
        hot.indexedMs = StateRecord.isDueOf(owned, record) ? StateRecord.dueMs(record) : Long.MAX_VALUE;
        hot.isUnsettled = false;
        hot.isKept = hot.isUnused();
        return hot;
    }

    /** The state that the key had before the rule's shape changed, in the new shape; null if it had none. */
    private @Nullable HotState takeOver(OwnedStates owned, GroupKey key, Bytes storedAs) {
        if (!owned.isInForce()) {
            return null; // what is fed has seen each event itself
        }
        for (OwnedStates before : owned.before()) {
            byte[] state = bytes(before, key);
            if (state != null) {
                return state.length == 0
                        ? null
                        : takeOver(
                                state,
                                before,
                                new HotState(owned, key, storedAs, owned.shape().fresh()));
            }
        }
        return null;
    }

    private HotState takeOver(byte[] state, OwnedStates before, HotState into) {
        into.state = read(into.owned, state, before.shape());
        HotState hot = take(into);
        change(hot);
        return hot;
    }

    /** A state as it is written; empty for one that is kept unused; null for none. */
    private byte @Nullable [] bytes(OwnedStates owned, GroupKey key) {
        HotState hot = owned.hot.get(StateKey.comparable(key));
        if (hot != null) {
            if (hot.isUnused()) {
                return NOTHING;
            }
            hot.state.write(sink.clear());
            return sink.toBytes();
        }
        byte[] record = store.get(storedAs(owned, key));
        if (record == null) {
            return null;
        }
        return StateRecord.isUnused(record) ? NOTHING : StateRecord.state(record);
    }

    private static KeyState read(OwnedStates owned, byte[] bytes, StateShape by) {
        try {
            return owned.shape().read(bytes, by);
        } catch (IllegalArgumentException e) {
            LOG.atWarn()
                    .addKeyValue("ruleset", owned.owner.ruleset())
                    .addKeyValue("rule", owned.owner.identity().rule())
                    .log("the state of a key cannot be read and begins anew: {}", e.getMessage());
            return owned.shape().fresh();
        }
    }

    /** It is about to change: it will be written before the next commit. */
    void change(HotState hot) {
        if (!hot.isDirty) {
            hot.isDirty = true;
            dirty.add(hot);
        }
    }

    @Override
    public boolean isEmpty() {
        return dirty.isEmpty();
    }

    @Override
    public void write() {
        List<KeyValue<Bytes, byte[]>> records = new ArrayList<>();
        for (HotState hot : dirty) {
            if (hot.isDirty) {
                write(hot, records);
            }
            if (records.size() == WRITTEN_AT_ONCE) {
                store.putAll(records);
                records.clear();
            }
        }
        if (!records.isEmpty()) {
            store.putAll(records);
        }
        dirty.clear();
    }

    private void write(HotState hot) {
        List<KeyValue<Bytes, byte[]>> record = new ArrayList<>(1);
        write(hot, record);
        record.forEach(only -> store.put(only.key, only.value));
    }

    /** Adds the state's record to those that are about to be written. */
    private void write(HotState hot, List<KeyValue<Bytes, byte[]>> records) {
        OwnedStates owned = hot.owned;
        hot.isDirty = false;
        if (hot.isUnused() && !hot.isKept) {
            return; // all it saw was late
        }
        if (!owned.isNoted()) {
            write(owned);
        }
        byte[] record = StateRecord.write(sink, hot);
        records.add(KeyValue.pair(hot.storedAs, record));
        int bytes = hot.storedAs.get().length + record.length;
        boolean isNew = hot.storedBytes == HotState.NOT_STORED;
        count(hot, isNew ? 1 : 0, isNew ? bytes : bytes - hot.storedBytes);
        hot.storedBytes = bytes;
    }

    void write(OwnedStates owned) {
        store.put(StateKey.ofOwner(owned.hash), owned.write());
        owned.noted();
    }

    private void count(HotState hot, int keys, int bytes) {
        if (sweptTo != null && hot.storedAs.compareTo(sweptTo) < 0) {
            hot.owned.count.changedBehindSweep(keys, bytes);
        } else {
            hot.owned.count.changed(keys, bytes);
        }
    }

    /** Records before {@code key} are counted; null when no sweep is on its way. */
    void sweptTo(@Nullable Bytes key) {
        sweptTo = key;
    }

    /** Forgets a state, its record too. */
    void remove(HotState hot) {
        hot.isDirty = false;
        if (hot.storedBytes != HotState.NOT_STORED) {
            store.remove(hot.storedAs);
            count(hot, -1, -hot.storedBytes);
        }
        drop(hot);
    }

    /**
     * Writes and drops states that were not asked for lately, as far as there are too many. What {@link #of} gave may be
     * changed up to this call.
     */
    void trim() {
        while (all.size() > capacity) {
            HotState hot = idle();
            if (hot.isDirty) {
                write(hot);
            }
            drop(hot);
        }
    }

    /** In turn the next that was not asked for since its last turn; of many that were, one: a trim is to be short. */
    private HotState idle() {
        for (int looks = 1; ; looks++) {
            turn = turn < all.size() ? turn : 0;
            HotState hot = all.get(turn);
            if (!hot.isFresh || looks == LOOKS_MAX) {
                return hot;
            }
            hot.isFresh = false;
            turn++;
        }
    }

    private HotState take(HotState hot) {
        hot.owned.hot.add(hot);
        hot.place = all.size();
        all.add(hot);
        return hot;
    }

    /** The last takes its place. */
    private void drop(HotState hot) {
        hot.owned.hot.remove(hot);
        HotState last = all.remove(all.size() - 1);
        if (hot.place < all.size()) {
            all.set(hot.place, last);
            last.place = hot.place;
        }
    }
}
