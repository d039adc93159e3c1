package dev.sluice.evaluation;

import dev.sluice.evaluation.RangePart.Interval;
import dev.sluice.rule.Event;
import java.util.Comparator;
import java.util.List;

/**
 * Intervals sorted by their low bounds, read as a balanced tree: the middle of a stretch is its root, which knows the
 * greatest high bound of the stretch. A search leaves out every stretch that begins too late or ends too early.
 */
final class IntervalTree {
    private final long[] lows;
    private final long[] highs;
    private final long[] greatest;
    private final Items items;

    IntervalTree(List<Interval> intervals) {
        List<Interval> sorted = intervals.stream()
                .sorted(Comparator.comparingLong(Interval::low))
                .toList();
        lows = sorted.stream().mapToLong(Interval::low).toArray();
        highs = sorted.stream().mapToLong(Interval::high).toArray();
        items = new Items(sorted.stream().map(Interval::item).toArray(Item[]::new));
        greatest = new long[lows.length];
        greatest(0, lows.length);
    }

    private long greatest(int from, int to) {
        if (from >= to) {
            return Long.MIN_VALUE;
        }
        int root = (from + to) >>> 1;
        long sides = Math.max(greatest(from, root), greatest(root + 1, to));
        greatest[root] = Math.max(highs[root], sides);
        return greatest[root];
    }

    /** Offers the event to the items whose intervals hold {@code rank}. */
    void offer(long rank, Event event, Hits hits) {
        offer(0, lows.length, rank, event, hits);
    }

    private void offer(int from, int to, long rank, Event event, Hits hits) {
        int begin = from;
        while (begin < to) {
            int root = (begin + to) >>> 1;
            if (greatest[root] < rank) {
                return;
            }
            offer(begin, root, rank, event, hits);
            if (lows[root] > rank) {
                return;
            }
            if (highs[root] >= rank) {
                items.offer(root, event, hits);
            }
            begin = root + 1;
        }
    }
}
