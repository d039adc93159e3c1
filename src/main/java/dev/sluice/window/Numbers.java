package dev.sluice.window;

/** Longs and doubles as doubles. */
final class Numbers {
    private Numbers() {}

    static boolean isNumber(Values values, int number) {
        return values.isDouble(number) || values.isLong(number);
    }

    /** The value for which {@link #isNumber} is true. */
    static double of(Values values, int number) {
        return values.isDouble(number) ? values.doubleValue(number) : values.longValue(number);
    }
}
