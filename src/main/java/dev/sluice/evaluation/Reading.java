package dev.sluice.evaluation;

import dev.sluice.rule.EvaluationException;
import dev.sluice.rule.Event;
import dev.sluice.rule.Subject;
import org.jspecify.annotations.Nullable;

/**
 * How a subject's value comes from an event.
 *
 * @param memo where the value of a subject that is no field is kept for an event's other uses; -1 for nowhere
 */
record Reading(Subject subject, int memo) {
    static final int NO_MEMO = -1;

    @Nullable Object value(Event event, Hits hits) throws EvaluationException {
        if (subject.isField()) {
            return event.value(subject.position());
        }
        return memo == NO_MEMO ? subject.expression().evaluate(event) : hits.shared(memo, subject.expression(), event);
    }
}
