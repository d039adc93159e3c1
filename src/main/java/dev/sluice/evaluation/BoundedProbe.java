package dev.sluice.evaluation;

import dev.sluice.rule.Event;
import dev.sluice.rule.Predicate;
import dev.sluice.rule.Predicate.Bounds;
import dev.sluice.rule.Ranks;
import dev.sluice.rule.Subject;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What stands before candidates that all bound one number field: a number beyond the bounds of all of them is worth no
 * search, since one false predicate makes an alternative false, whatever else fails. Immutable.
 */
final class BoundedProbe extends Probe {
    /** For fewer a look at each is as cheap. */
    private static final int CANDIDATES_MIN = 4;

    private final int position;
    private final long low;
    private final long high;
    private final Probe inner;

    private BoundedProbe(int position, Bounds bounds, Probe inner) {
        this.position = position;
        this.low = bounds.low();
        this.high = bounds.high();
        this.inner = inner;
    }

    /** {@code inner} itself when the candidates have no such field. */
    static Probe of(Candidate[] candidates, Probe inner) {
        if (candidates.length < CANDIDATES_MIN) {
            return inner;
        }
        Candidate first = candidates[0];
        for (int i = 0; i < first.entry().searched(); i++) {
            Predicate.InRange range = rangeOfField(first, i);
            Bounds hull = range == null ? null : hull(candidates, range.subject());
            if (range != null && hull != null) {
                return new BoundedProbe(range.subject().position(), hull, inner);
            }
        }
        return inner;
    }

    /** The least bounds that hold those of every candidate; null when one has none. */
    private static @Nullable Bounds hull(Candidate[] candidates, Subject subject) {
        long low = Long.MAX_VALUE;
        long high = Long.MIN_VALUE;
        for (Candidate candidate : candidates) {
            IntPredicate isOfSubject = i -> {
                Predicate.InRange range = rangeOfField(candidate, i);
                return range != null && range.subject().equals(subject);
            };
            int at = IntStream.range(0, candidate.entry().searched())
                    .filter(isOfSubject)
                    .findFirst()
                    .orElse(-1);
            if (at < 0) {
                return null;
            }
            Bounds bounds = ((Predicate.InRange) candidate.entry().predicates().get(at)).bounds();
            low = Math.min(low, bounds.low());
            high = Math.max(high, bounds.high());
        }
        return new Bounds(low, high);
    }

    private static Predicate.@Nullable InRange rangeOfField(Candidate candidate, int predicate) {
        return candidate.isOpen(predicate)
                        && candidate.entry().predicates().get(predicate) instanceof Predicate.InRange range
                        && range.subject().isField()
                ? range
                : null;
    }

    @Override
    void offer(Event event, Hits hits) {
        if (event.isDouble(position)) {
            long rank = Ranks.ofDouble(event.doubleValue(position));
            if (rank < low || rank > high) {
                return;
            }
        } else if (event.isLong(position)) {
            long rank = event.longValue(position);
            if (rank < low || rank > high) {
                return;
            }
        }
        inner.offer(event, hits);
    }
}
