package dev.sluice.rule;

import org.jspecify.annotations.Nullable;

/** A checked expression over the fields of one event type. Immutable and safe for many threads at once. */
public interface Expression {

    /** The type of the results. */
    ValueType type();

    /** The text as its author wrote it. */
    String source();

    /** Whether it runs as a plan of typed nodes; if not, an interpreter walks its syntax tree, which is much slower. */
    default boolean isPlanned() {
        return true;
    }

    /**
     * The value for {@code event}, in the Java class that {@link ValueType} states.
     *
     * @throws EvaluationException when the expression has no value for this event, such as a division by zero
     */
    @Nullable Object evaluate(Event event) throws EvaluationException;
}
