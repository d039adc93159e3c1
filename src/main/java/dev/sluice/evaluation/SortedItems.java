package dev.sluice.evaluation;

import dev.sluice.evaluation.RangePart.Interval;
import dev.sluice.rule.Event;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/** Items by one number each, the least first. */
final class SortedItems {
    private final long[] keys;
    private final Item[] items;

    SortedItems(List<Interval> intervals, ToLongFunction<Interval> key) {
        List<Interval> sorted =
                intervals.stream().sorted(Comparator.comparingLong(key)).toList();
        keys = sorted.stream().mapToLong(key).toArray();
        items = sorted.stream().map(Interval::item).toArray(Item[]::new);
    }

    /** Offers the event to the items whose key is not greater. */
    void offerUpTo(long key, Event event, Hits hits) {
        for (int i = 0; i < keys.length && keys[i] <= key; i++) {
            items[i].offer(event, hits);
        }
    }
}
