package dev.sluice.rule;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Values with an order as 64-bit ranks: a value that is less has a rank that is not greater. Integers are their own ranks;
 * of two doubles the ranks compare as {@link Double#compare} has it, so that not a number is the greatest and -0.0 less
 * than 0.0. Of timestamps and durations the rank is in whole seconds, rounded down.
 */
public final class Ranks {
    private Ranks() {}

    public static boolean has(@Nullable Object value) {
        return value instanceof Long
                || value instanceof Double
                || value instanceof Instant
                || value instanceof Duration;
    }

    /**
     * The rank of a value.
     *
     * @throws IllegalArgumentException when the value has no rank
     */
    public static long of(Object value) {
        if (value instanceof Long number) {
            return number;
        }
        if (value instanceof Double number) {
            return ofDouble(number);
        }
        if (value instanceof Instant instant) {
            return instant.getEpochSecond();
        }
        if (value instanceof Duration duration) {
            return duration.toSeconds();
        }
        throw new IllegalArgumentException("a value without order has no rank");
    }

    public static long ofDouble(double number) {
        long bits = Double.doubleToLongBits(number);
        return bits ^ (bits >> 63 & Long.MAX_VALUE);
    }
}
