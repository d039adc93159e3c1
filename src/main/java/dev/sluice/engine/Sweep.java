package dev.sluice.engine;

import dev.sluice.evaluation.GroupKey;
import dev.sluice.window.KeyState;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.jspecify.annotations.Nullable;

/**
 * Goes through all states of a task again and again, a little at a time: finds when they are due after a restart or a change
 * of rules, removes those that no window can need and those of rules long gone, and counts the rest.
 */
final class Sweep {
    private static final int RECORDS_AT_ONCE = 256;
    private static final long STEP_LIMIT_NS = 10_000_000;
    private static final long PAUSE_MS = 60_000;

    private final StateTable table;
    private final WindowStore store;
    private final DueTimes dueTimes;
    private final long keepMs;
    /** Where to go on; null between two rounds. */
    private @Nullable Bytes next;

    private boolean isWanted;
    private long begunMs;

    /** @param keepMs how long state stays after the last rule that used it */
    Sweep(StateTable table, WindowStore store, DueTimes dueTimes, long keepMs) {
        this.table = table;
        this.store = store;
        this.dueTimes = dueTimes;
        this.keepMs = keepMs;
    }

    /** Begins a round anew with the next step. */
    void restart() {
        end();
        isWanted = true;
    }

    /**
     * Goes on for some milliseconds, if a round is on its way or due.
     *
     * @param streamMs {@link Long#MIN_VALUE} while no event was seen
     * @param nowMs wall clock
     */
    void step(long streamMs, long nowMs) {
        if (next == null) {
            if (!isRoundDue(nowMs)) {
                return;
            }
            begin(nowMs);
        }
        long begin = System.nanoTime();
        Bytes from = next;
        while (from != null && System.nanoTime() - begin < STEP_LIMIT_NS) {
            List<KeyValue<Bytes, byte[]>> records = store.from(from, RECORDS_AT_ONCE);
            for (KeyValue<Bytes, byte[]> record : records) {
                see(record.key, record.value, streamMs, nowMs);
            }
            from = records.size() < RECORDS_AT_ONCE ? null : StateKey.after(records.get(records.size() - 1).key);
            goOnFrom(from);
            table.trim();
        }
        if (from == null) {
            finish(nowMs);
        }
    }

    private boolean isRoundDue(long nowMs) {
        return !table.all().isEmpty()
                && (isWanted
                        || nowMs - begunMs >= PAUSE_MS
                        || table.all().stream().anyMatch(owned -> owned.isGoneFor(keepMs, nowMs)));
    }

    private void begin(long nowMs) {
        isWanted = false;
        begunMs = nowMs;
        table.all().forEach(owned -> owned.count.beginSweep());
        goOnFrom(StateKey.STATES);
    }

    private void goOnFrom(@Nullable Bytes key) {
        next = key;
        table.sweptTo(key);
    }

    private void finish(long nowMs) {
        for (OwnedStates owned : List.copyOf(table.all())) {
            owned.count.endSweep();
            if (owned.isGoneFor(keepMs, nowMs) && owned.count.keys() == 0) {
                table.remove(owned);
            }
        }
    }

    private void end() {
        goOnFrom(null);
    }

    private void see(Bytes key, byte[] value, long streamMs, long nowMs) {
        OwnedStates owned = table.byHash(StateKey.owner(key));
        if (owned == null) {
            store.remove(key);
        } else if (owned.isGoneFor(keepMs, nowMs)) {
            owned.after().forEach(after -> takeOver(after, key));
            table.remove(owned, key);
        } else if (!owned.isGone() && isSpent(owned, key, value, streamMs)) {
            table.remove(owned, key);
        } else {
            owned.count.swept(key.get().length + value.length);
            owned.after().stream().filter(OwnedStates::isTimed).forEach(after -> takeOver(after, key));
            if (owned.isTimed()) {
                index(owned, key, value);
            }
        }
    }

    /** Takes over the state of a key, of which no event has come since the change. */
    private void takeOver(OwnedStates after, Bytes key) {
        GroupKey group = StateKey.group(key);
        if (after.isGone() || table.has(after, group)) {
            return;
        }
        HotState hot = table.find(after, group);
        if (hot != null && after.isTimed()) {
            dueTimes.add(hot, hot.dueMs());
        }
    }

    private void index(OwnedStates owned, Bytes key, byte[] value) {
        if (StateRecord.isDueOf(owned, value)) {
            long dueMs = StateRecord.dueMs(value);
            if (dueMs != Long.MAX_VALUE) {
                dueTimes.add(dueMs, owned, key);
            }
            return;
        }
        HotState hot = table.find(owned, StateKey.group(key));
        if (hot != null) {
            dueTimes.add(hot, hot.dueMs());
        }
    }

    /**
     * Whether a state would from now on be as a fresh one. While the one that it goes on from is there it would not: that
     * would be taken over once more, with windows that have ended here.
     */
    private boolean isSpent(OwnedStates owned, Bytes key, byte[] value, long streamMs) {
        long reachMs = owned.reachMs();
        if (OwnedStates.later(StateRecord.newestMs(value), reachMs) > streamMs
                || table.hasBefore(owned, StateKey.group(key))) {
            return false;
        }
        HotState hot = table.find(owned, StateKey.group(key));
        if (hot == null || hot.isDirty || hot.dueMs() != Long.MAX_VALUE) {
            return false;
        }
        KeyState state = hot.state;
        long quietMs = OwnedStates.later(owned.windowing().trigger().cooldownMs(), reachMs);
        boolean isCooling =
                state.emittedMs() != Long.MIN_VALUE && OwnedStates.later(state.emittedMs(), quietMs) > streamMs;
        return !isCooling && state.expire(streamMs);
    }
}
