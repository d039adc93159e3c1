package dev.sluice.evaluation;

import dev.sluice.rule.EvaluationException;
import dev.sluice.rule.Event;
import dev.sluice.rule.Expression;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What an index finds for one event, and what its probe has learnt so far. Used again for each event. Confined to one
 * thread.
 *
 * <p>A hit is a rule of which an alternative holds. A suspect is one that has an alternative which may hold or fail,
 * because something in it failed: its whole condition decides.
 */
final class Hits {
    private static final int INSERTION_MAX = 32;

    private long[] found = new long[16];
    private int size;
    private int[] order = {};
    private long event;
    private long[] learntAt = {};
    private @Nullable Object[] learnt = {};
    private boolean @Nullable [] apart;
    private boolean unchecked;

    /**
     * Begins an event.
     *
     * @param apartBySlot rules of which nothing is evaluated; null for none
     */
    void begin(int[] orderBySlot, int memos, boolean @Nullable [] apartBySlot) {
        size = 0;
        order = orderBySlot;
        apart = apartBySlot;
        unchecked = false;
        event++;
        if (learntAt.length < memos) {
            learntAt = Arrays.copyOf(learntAt, memos);
            learnt = Arrays.copyOf(learnt, memos);
        }
    }

    /** Begins an event that every rule is to be found for on whose condition it depends. */
    void beginUnchecked(int[] orderBySlot, int memos) {
        boolean[] all = new boolean[orderBySlot.length];
        Arrays.fill(all, true);
        begin(orderBySlot, memos, all);
        unchecked = true;
    }

    /** Whether a rule of which nothing is to be evaluated is found whatever the event's fields are. */
    boolean isUnchecked() {
        return unchecked;
    }

    /** Whether nothing of the rule is to be evaluated: that it may be concerned is all there is to find. */
    boolean isApart(int slot) {
        boolean[] bySlot = apart;
        return bySlot != null && bySlot[slot];
    }

    boolean areApart(int[] slots) {
        if (apart == null) {
            return false;
        }
        for (int slot : slots) {
            if (!isApart(slot)) {
                return false;
            }
        }
        return true;
    }

    void hit(int slot) {
        add((long) slot << 1);
    }

    void suspect(int slot) {
        add((long) slot << 1 | 1);
    }

    void suspectAll(int[] slots) {
        for (int slot : slots) {
            suspect(slot);
        }
    }

    private void add(long entry) {
        if (size == found.length) {
            found = Arrays.copyOf(found, size * 2);
        }
        found[size++] = entry;
    }

    /** Brings what was found into the order of evaluation, each rule once, and before its suspicion its hit. */
    void arrange() {
        if (size < 2) {
            return;
        }
        for (int i = 0; i < size; i++) {
            found[i] |= (long) order[slotOf(found[i])] << 32;
        }
        if (size > INSERTION_MAX) {
            Arrays.sort(found, 0, size);
        } else {
            insertionSort();
        }
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (kept == 0 || slotOf(found[kept - 1]) != slotOf(found[i])) {
                found[kept++] = found[i];
            }
        }
        size = kept;
    }

    private void insertionSort() {
        for (int i = 1; i < size; i++) {
            long entry = found[i];
            int at = i;
            while (at > 0 && found[at - 1] > entry) {
                found[at] = found[at - 1];
                at--;
            }
            found[at] = entry;
        }
    }

    int size() {
        return size;
    }

    int slot(int index) {
        return slotOf(found[index]);
    }

    boolean isSuspect(int index) {
        return (found[index] & 1) == 1;
    }

    private static int slotOf(long entry) {
        return (int) entry >>> 1;
    }

    /** The value of an expression that several rules share, evaluated at its first use for the event. */
    @Nullable Object shared(int memo, Expression expression, Event by) throws EvaluationException {
        if (learntAt[memo] == event) {
            if (learnt[memo] instanceof EvaluationException failure) {
                throw failure;
            }
            return learnt[memo];
        }
        learntAt[memo] = event;
        try {
            Object value = expression.evaluate(by);
            learnt[memo] = value;
            return value;
        } catch (EvaluationException e) {
            learnt[memo] = e;
            throw e;
        }
    }
}
