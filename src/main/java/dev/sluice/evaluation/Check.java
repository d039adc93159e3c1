package dev.sluice.evaluation;

import dev.sluice.rule.EvaluationException;
import dev.sluice.rule.Event;
import dev.sluice.rule.Expression;
import dev.sluice.rule.Predicate.Bounds;
import dev.sluice.rule.Ranks;
import dev.sluice.rule.Subject;

/** One predicate of an entry that the way to the entry has not decided. Immutable. */
abstract sealed class Check {

    /** What a check gives: the language's three truth values. */
    enum Truth {
        FALSE,
        FAILED,
        TRUE
    }

    abstract Truth test(Event event, Hits hits);

    static Truth of(boolean value) {
        return value ? Truth.TRUE : Truth.FALSE;
    }

    /** By the predicate's own expression. */
    static final class OfExpression extends Check {
        private final Expression expression;

        OfExpression(Expression expression) {
            this.expression = expression;
        }

        @Override
        Truth test(Event event, Hits hits) {
            try {
                return of(expression.test(event));
            } catch (EvaluationException e) {
                return Truth.FAILED;
            }
        }
    }

    /** By an expression that other entries have too. */
    static final class OfShared extends Check {
        private final Expression expression;
        private final int memo;

        OfShared(Expression expression, int memo) {
            this.expression = expression;
            this.memo = memo;
        }

        @Override
        Truth test(Event event, Hits hits) {
            try {
                return of(Boolean.TRUE.equals(hits.shared(memo, expression, event)));
            } catch (EvaluationException e) {
                return Truth.FAILED;
            }
        }
    }

    /** Whether a subject's rank is within bounds that decide. */
    static final class OfRank extends Check {
        private final Reading reading;
        private final Bounds bounds;

        OfRank(Reading reading, Bounds bounds) {
            this.reading = reading;
            this.bounds = bounds;
        }

        @Override
        Truth test(Event event, Hits hits) {
            try {
                Object value = reading.value(event, hits);
                if (value == null || !Ranks.has(value)) {
                    return Truth.FAILED;
                }
                long rank = Ranks.of(value);
                return of(bounds.low() <= rank && rank <= bounds.high());
            } catch (EvaluationException e) {
                return Truth.FAILED;
            }
        }
    }

    /** Whether the rank of a number in a field is within bounds that decide. */
    static final class OfNumber extends Check {
        private final int position;
        private final long low;
        private final long high;

        OfNumber(Subject field, Bounds bounds) {
            this.position = field.position();
            this.low = bounds.low();
            this.high = bounds.high();
        }

        @Override
        Truth test(Event event, Hits hits) {
            if (event.isDouble(position)) {
                return within(Ranks.ofDouble(event.doubleValue(position)));
            }
            return event.isLong(position) ? within(event.longValue(position)) : Truth.FAILED;
        }

        private Truth within(long rank) {
            return of(low <= rank && rank <= high);
        }
    }
}
