package dev.sluice.engine;

import dev.sluice.evaluation.GroupKey;
import dev.sluice.window.KeyState;
import dev.sluice.window.StateShape;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The states of one task that are at hand as objects: those last used, and those that changed since the last commit. A
 * change costs no bytes until then. Confined to the task's thread.
 */
final class StateCache implements WindowStore.Pending {
    private static final Logger LOG = LoggerFactory.getLogger(StateCache.class);

    private final WindowStore store;
    private final int capacity;
    private final ByteSink sink = new ByteSink();
    private final List<HotState> dirty = new ArrayList<>();
    private @Nullable HotState newest;
    private @Nullable HotState oldest;
    private int size;
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
            moveToNewest(hot);
        }
        return hot;
    }

    boolean has(OwnedStates owned, GroupKey key) {
        return owned.hot.containsKey(StateKey.comparable(key)) || store.get(storedAs(owned, key)) != null;
    }

    private Bytes storedAs(OwnedStates owned, GroupKey key) {
        return StateKey.ofState(sink, owned.hash, key);
    }

    private @Nullable HotState load(OwnedStates owned, GroupKey key) {
        Bytes storedAs = storedAs(owned, key);
        byte[] record = store.get(storedAs);
        if (record == null) {
            return takeOver(owned, key, storedAs);
        }
        ByteSource source = StateRecord.state(record);
        HotState hot = take(new HotState(owned, key, storedAs, read(owned, source.getRest(), owned.shape())));
        hot.storedBytes = storedAs.get().length + record.length;
        // An earlier time than it is due at is in the index, if the sweep saw it; else the sweep will.
        hot.indexedMs = StateRecord.isDueOf(owned, record) ? StateRecord.dueMs(record) : Long.MAX_VALUE;
        hot.isUnsettled = false;
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
                HotState hot = take(new HotState(owned, key, storedAs, read(owned, state, before.shape())));
                change(hot);
                return hot;
            }
        }
        return null;
    }

    private byte @Nullable [] bytes(OwnedStates owned, GroupKey key) {
        HotState hot = owned.hot.get(StateKey.comparable(key));
        if (hot != null) {
            return hot.state.write();
        }
        byte[] record = store.get(storedAs(owned, key));
        return record == null ? null : StateRecord.state(record).getRest();
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
        for (HotState hot : dirty) {
            if (hot.isDirty) {
                write(hot);
            }
        }
        dirty.clear();
    }

    private void write(HotState hot) {
        OwnedStates owned = hot.owned;
        hot.isDirty = false;
        if (hot.isUnused()) {
            return; // all it saw was late
        }
        if (!owned.isNoted()) {
            write(owned);
        }
        byte[] record = StateRecord.write(sink, hot);
        store.put(hot.storedAs, record);
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
     * Writes and drops the states longest unused, as far as there are too many. What {@link #of} gave may be changed up to
     * this call.
     */
    void trim() {
        while (size > capacity && oldest != null) {
            HotState hot = oldest;
            if (hot.isDirty) {
                write(hot);
            }
            drop(hot);
        }
    }

    private HotState take(HotState hot) {
        hot.owned.hot.put(StateKey.comparable(hot.key), hot);
        size++;
        linkNewest(hot);
        return hot;
    }

    private void drop(HotState hot) {
        hot.owned.hot.remove(StateKey.comparable(hot.key));
        size--;
        unlink(hot);
    }

    @SuppressWarnings("ReferenceEquality") // a place in a list
    private void moveToNewest(HotState hot) {
        if (hot != newest) {
            unlink(hot);
            linkNewest(hot);
        }
    }

    private void linkNewest(HotState hot) {
        hot.older = newest;
        if (newest == null) {
            oldest = hot;
        } else {
            newest.newer = hot;
        }
        newest = hot;
    }

    private void unlink(HotState hot) {
        if (hot.older == null) {
            oldest = hot.newer;
        } else {
            hot.older.newer = hot.newer;
        }
        if (hot.newer == null) {
            newest = hot.older;
        } else {
            hot.newer.older = hot.older;
        }
        hot.older = null;
        hot.newer = null;
    }
}
