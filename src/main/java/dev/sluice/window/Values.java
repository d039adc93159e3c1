package dev.sluice.window;

import org.jspecify.annotations.Nullable;

/**
 * Values by number, numbers unboxed. Classes: {@code Long}, {@code Double}, {@code Boolean}, {@code String}, {@code
 * byte[]}, {@link java.time.Instant}, {@link java.time.Duration}, {@link java.util.List} and {@link java.util.Map} of
 * these, null.
 */
public interface Values {

    @Nullable Object value(int number);

    /** Whether the value is a long: then {@link #longValue} gives it. */
    default boolean isLong(int number) {
        return value(number) instanceof Long;
    }

    /** The value for which {@link #isLong} is true. */
    default long longValue(int number) {
        return (Long) java.util.Objects.requireNonNull(value(number));
    }

    /** Whether the value is a double: then {@link #doubleValue} gives it. */
    default boolean isDouble(int number) {
        return value(number) instanceof Double;
    }

    /** The value for which {@link #isDouble} is true. */
    default double doubleValue(int number) {
        return (Double) java.util.Objects.requireNonNull(value(number));
    }
}
