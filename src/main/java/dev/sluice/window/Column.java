package dev.sluice.window;

/**
 * An aggregate as it is kept.
 *
 * @param id what is aggregated, such as {@code max(delay_minutes)}: columns of one id go on when a rule changes
 * @param kind of the argument's values; ANY where the function does not care
 */
public record Column(String id, Aggregation aggregation, Kind kind) {

    /** Java classes of values: {@code Long}, {@code Double}, or any that can be written to bytes. */
    public enum Kind {
        LONG,
        DOUBLE,
        ANY
    }
}
