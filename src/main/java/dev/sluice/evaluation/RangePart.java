package dev.sluice.evaluation;

import dev.sluice.rule.Event;
import dev.sluice.rule.Predicate;
import dev.sluice.rule.Predicate.Bounds;
import dev.sluice.rule.Ranks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Candidates by the ranges that their predicates name. Most ranges are open on one side: those share that bound, and are
 * found by the other in sorted order without a look at any that does not hold. The rest is a tree of intervals.
 */
final class RangePart extends AttributePart {
    private final @Nullable SortedItems lower;
    private final @Nullable SortedItems upper;
    private final @Nullable IntervalTree between;

    /** A candidate's range, and what is left of it. */
    record Interval(Bounds bounds, Item item) {
        long low() {
            return bounds.low();
        }

        long high() {
            return bounds.high();
        }
    }

    RangePart(Search search, Candidate[] candidates, Memos memos) {
        super(search, candidates, memos);
        List<Interval> intervals = new ArrayList<>();
        for (Candidate candidate : candidates) {
            intervals.add(interval(search, candidate, memos));
        }
        long high = mostCommon(intervals, Interval::high);
        List<Interval> lower = removed(intervals, Interval::high, high);
        this.lower = lower.isEmpty() ? null : new SortedItems(lower, Interval::low, high);
        long low = mostCommon(intervals, Interval::low);
        List<Interval> upper = removed(intervals, Interval::low, low);
        // The complement turns the order round: the greatest bound comes first.
        this.upper = upper.isEmpty() ? null : new SortedItems(upper, interval -> ~interval.high(), ~low);
        this.between = intervals.isEmpty() ? null : new IntervalTree(intervals);
    }

    private static Interval interval(Search search, Candidate candidate, Memos memos) {
        int predicate = search.predicate(candidate);
        Predicate.InRange range =
                (Predicate.InRange) candidate.entry().predicates().get(predicate);
        return new Interval(range.bounds(), new Item(range.exact() ? candidate.with(predicate) : candidate, memos));
    }

    private static long mostCommon(List<Interval> intervals, ToLongFunction<Interval> bound) {
        Map<Long, Integer> counts = new HashMap<>();
        long most = 0;
        int count = 0;
        for (Interval interval : intervals) {
            long value = bound.applyAsLong(interval);
            int now = counts.merge(value, 1, Integer::sum);
            if (now > count) {
                count = now;
                most = value;
            }
        }
        return most;
    }

    private static List<Interval> removed(List<Interval> from, ToLongFunction<Interval> bound, long value) {
        List<Interval> removed = new ArrayList<>();
        from.removeIf(interval -> bound.applyAsLong(interval) == value && removed.add(interval));
        return removed;
    }

    @Override
    Probe probe() {
        boolean isOfField = position() >= 0 && between == null;
        if (isOfField && upper == null && lower != null && lower.isPlain()) {
            return new ThresholdProbe(this, position(), lower, 0);
        }
        if (isOfField && lower == null && upper != null && upper.isPlain()) {
            return new ThresholdProbe(this, position(), upper, -1);
        }
        return this;
    }

    @Override
    void offer(Event event, Hits hits) {
        int position = position();
        if (position < 0) {
            super.offer(event, hits);
        } else if (event.isDouble(position)) {
            probe(Ranks.ofDouble(event.doubleValue(position)), event, hits);
        } else if (event.isLong(position)) {
            probe(event.longValue(position), event, hits);
        } else {
            probe(event.value(position), event, hits);
        }
    }

    @Override
    void probe(@Nullable Object value, Event event, Hits hits) {
        if (value == null || !Ranks.has(value)) {
            fail(value, hits);
        } else {
            probe(Ranks.of(value), event, hits);
        }
    }

    private void probe(long rank, Event event, Hits hits) {
        if (lower != null) {
            lower.offer(rank, event, hits);
        }
        if (upper != null) {
            upper.offer(~rank, event, hits);
        }
        if (between != null) {
            between.offer(rank, event, hits);
        }
    }

    @Override
    Part changed(Change change) {
        if (change.concernsNone(candidates())) {
            return this;
        }
        return new RangePart(
                search(), change.apply(candidates()), change.builder().memos());
    }

    @Override
    boolean tell(Entry entry, AccessPath.Account account) {
        for (Candidate candidate : candidates()) {
            if (candidate.entry() == entry) {
                int predicate = search().predicate(candidate);
                Predicate.InRange range =
                        (Predicate.InRange) candidate.entry().predicates().get(predicate);
                account.step(search().attribute(), range, candidates().length);
                account.end(range.exact() ? candidate.with(predicate) : candidate, 1);
                return true;
            }
        }
        return false;
    }
}
