package dev.sluice.rule;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A checked expression over the fields of one event type. Immutable and safe for many threads at once. */
public interface Expression {

    /** The type of the results. */
    ValueType type();

    /** The text as its author wrote it, but with constants written out. */
    String source();

    /** Whether it runs as a plan of typed nodes; if not, an interpreter walks its syntax tree, which is much slower. */
    default boolean isPlanned() {
        return true;
    }

    /** Names of the event's fields that it reads. */
    Set<String> fields();

    /** A boolean expression taken apart for an index. */
    default Condition condition() {
        return Condition.opaque(this);
    }

    /**
     * Whether a boolean expression is true for {@code event}.
     *
     * @throws EvaluationException as {@link #evaluate} does
     */
    default boolean test(Event event) throws EvaluationException {
        return Boolean.TRUE.equals(evaluate(event));
    }

    /**
     * The value for {@code event}, in the Java class that {@link ValueType} states.
     *
     * @throws EvaluationException when the expression has no value for this event, such as a division by zero
     */
    @Nullable Object evaluate(Event event) throws EvaluationException;

    /**
     * Gives the value for {@code event} to {@code sink}, a number unboxed if the expression makes it so.
     *
     * @throws EvaluationException as {@link #evaluate(Event)} does; then nothing was given
     */
    default void evaluate(Event event, ValueSink sink) throws EvaluationException {
        sink.takeObject(evaluate(event));
    }
}
