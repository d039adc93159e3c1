package dev.sluice.evaluation;

import dev.sluice.rule.EvaluationException;
import dev.sluice.rule.Event;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Candidates that are searched by one attribute, which each of them has an open predicate of. */
abstract class AttributePart extends Part {
    private final Attribute attribute;
    private final int valuesMax;
    private final Candidate[] candidates;
    private final int position;
    private final Reading reading;
    private final int[] slots;
    private final int[] unguarded;

    AttributePart(Search search, Candidate[] candidates, Memos memos) {
        this.attribute = search.attribute();
        this.valuesMax = search.valuesMax();
        this.candidates = candidates;
        this.position = attribute.subject().position();
        this.reading = memos.reading(attribute.subject());
        this.slots =
                Arrays.stream(candidates).mapToInt(Candidate::slot).distinct().toArray();
        int[] failing = Arrays.stream(candidates)
                .filter(candidate -> !candidate.entry().guards(attribute.subject()))
                .mapToInt(Candidate::slot)
                .distinct()
                .toArray();
        this.unguarded = failing.length == slots.length ? slots : failing;
    }

    /**
     * What is searched by.
     *
     * @param valuesMax predicates with more values are left to other parts
     */
    record Search(Attribute attribute, int valuesMax) {
        int predicate(Candidate candidate) {
            return candidate.openPredicate(attribute, valuesMax);
        }
    }

    @Override
    final Candidate[] candidates() {
        return candidates;
    }

    final Search search() {
        return new Search(attribute, valuesMax);
    }

    @Override
    final boolean takes(Candidate candidate) {
        return search().predicate(candidate) >= 0;
    }

    /** Position of the subject's field; negative when it is no field. */
    final int position() {
        return position;
    }

    /** The subject's value. Where it fails, every candidate may fail. */
    @Override
    void offer(Event event, Hits hits) {
        if (position < 0 && hits.areApart(slots)) {
            hits.suspectAll(slots);
            return;
        }
        Object value;
        try {
            value = position >= 0 ? event.value(position) : reading.value(event, hits);
        } catch (EvaluationException e) {
            hits.suspectAll(slots);
            return;
        }
        probe(value, event, hits);
    }

    abstract void probe(@Nullable Object value, Event event, Hits hits);

    /** For a value of which the predicates fail. */
    final void fail(@Nullable Object value, Hits hits) {
        hits.suspectAll(value == null ? unguarded : slots);
    }
}
