package dev.sluice.rule;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One event, read by field position. Confined to the thread that evaluates it. */
public interface Event {

    EventType type();

    /** The value of the field at {@code position}, in the Java class that {@link ValueType} states. */
    @Nullable Object value(int position);

    /** Whether the value is an integer: then {@link #longValue} gives it unboxed. */
    default boolean isLong(int position) {
        return value(position) instanceof Long;
    }

    /** The value of a field for which {@link #isLong} is true. */
    default long longValue(int position) {
        return (Long) Objects.requireNonNull(value(position));
    }

    /** Whether the value is a double: then {@link #doubleValue} gives it unboxed. */
    default boolean isDouble(int position) {
        return value(position) instanceof Double;
    }

    /** The value of a field for which {@link #isDouble} is true. */
    default double doubleValue(int position) {
        return (Double) Objects.requireNonNull(value(position));
    }
}
