package dev.sluice.evaluation;

import dev.sluice.evaluation.RangePart.Interval;
import dev.sluice.rule.Event;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/** Items with one bound each, the least first, and one that all of them have. */
final class SortedItems {
    private final long least;
    private final long shared;
    private final long[] keys;
    private final Items items;

    /**
     * Items in order.
     *
     * @param intervals at least one
     * @param key the bound of its own that a value must not be less than
     * @param shared the bound that no value must be greater than
     */
    SortedItems(List<Interval> intervals, ToLongFunction<Interval> key, long shared) {
        List<Interval> sorted =
                intervals.stream().sorted(Comparator.comparingLong(key)).toList();
        this.keys = sorted.stream().mapToLong(key).toArray();
        this.items = new Items(sorted.stream().map(Interval::item).toArray(Item[]::new));
        this.least = keys[0];
        this.shared = shared;
    }

    /** Whether nothing is left to check of any item. */
    boolean isPlain() {
        return items.isPlain();
    }

    /** The bound that no value must be greater than. */
    long shared() {
        return shared;
    }

    /** Of each item, the least first, the bound of its own and its slot. */
    long[] keysAndSlots() {
        long[] pairs = new long[2 * keys.length];
        for (int i = 0; i < keys.length; i++) {
            pairs[2 * i] = keys[i];
            pairs[2 * i + 1] = items.slot(i);
        }
        return pairs;
    }

    /** Offers the event to the items of which {@code value} is within the bounds. */
    void offer(long value, Event event, Hits hits) {
        if (value < least || value > shared) {
            return;
        }
        for (int i = 0; i < keys.length && keys[i] <= value; i++) {
            items.offer(i, event, hits);
        }
    }
}
