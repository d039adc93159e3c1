package dev.sluice.rule.compile;

/**
 * What a compilation may take from others.
 *
 * @param processors that may be kept busy at once, at least 1
 */
public record Effort(int processors, Pace pace) {
    /** All that the process has. */
    public static final Effort ALL = new Effort(Integer.MAX_VALUE, Pace.FULL);

    public Effort {
        if (processors < 1) {
            throw new IllegalArgumentException("processors: " + processors + ", must be at least 1");
        }
    }
}
