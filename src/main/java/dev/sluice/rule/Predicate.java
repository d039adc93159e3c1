package dev.sluice.rule;

import java.util.Set;

/**
 * One part of a condition that an index may understand. Whatever its kind, {@link #expression} is the test as a boolean
 * expression; the other parts say the same in a form that can be searched.
 */
public sealed interface Predicate {

    /** The predicate itself: true, false, or failing, for each event. Its source is canonical: equal texts, equal predicates. */
    Expression expression();

    /**
     * The subject has one of these values; it fails when the subject does, and is false for null.
     *
     * @param values at least one, of one class: texts, integers or bools
     */
    record OneOf(Expression expression, Subject subject, Set<Object> values) implements Predicate {
        public OneOf {
            values = Set.copyOf(values);
        }
    }

    /**
     * The subject's {@linkplain Ranks rank} is between two bounds, both included; it fails for null and when the subject
     * does. With {@code low > high} it never holds.
     *
     * @param exact whether rank and bounds decide; if not, a value within them must be tested with the expression
     */
    record InRange(Expression expression, Subject subject, Bounds bounds, boolean exact) implements Predicate {}

    /** The subject, a text, begins with the prefix; it fails for null and when the subject does. */
    record StartsWith(Expression expression, Subject subject, String prefix) implements Predicate {}

    /** The subject is not null; it fails when the subject does. */
    record NotNull(Expression expression, Subject subject) implements Predicate {}

    /** Any other. */
    record Holds(Expression expression) implements Predicate {}

    /** Two ranks, both included. */
    record Bounds(long low, long high) {
        public boolean isEmpty() {
            return low > high;
        }

        public Bounds and(Bounds other) {
            return new Bounds(Math.max(low, other.low), Math.min(high, other.high));
        }

        public boolean contains(Bounds other) {
            return low <= other.low && high >= other.high;
        }
    }
}
