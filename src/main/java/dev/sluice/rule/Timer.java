package dev.sluice.rule;

import dev.sluice.rule.ValueType.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * When a rule fires that goes by the clock: at its ticks, the multiples of {@code everyMs} since the epoch.
 *
 * @param everyMs from {@link #EVERY_MIN_MS} to {@link #EVERY_MAX_MS}
 * @param figures those fields of {@link #SCOPE} that are figures of a pool and that the rule reads, sorted
 */
public record Timer(long everyMs, List<String> figures) {
    public static final long EVERY_MIN_MS = 100;
    public static final long EVERY_MAX_MS = 86_400_000;
    /** Timestamp: the tick. */
    public static final String TICK = "tick";
    /** Text: the instance on which the rule fires. */
    public static final String INSTANCE = "instance";
    /** Names of the pools that have figures. */
    public static final List<String> POOLS = List.of("main");

    /**
     * What the expressions of such a rule are over: {@value #TICK}, {@value #INSTANCE}, and one field a pool and figure, in
     * the order of {@link #POOLS} and {@link Figure}. No event type has this name.
     */
    public static final EventType SCOPE = new EventType("a timer rule", fields());

    public Timer {
        figures = List.copyOf(figures);
        if (everyMs < EVERY_MIN_MS || everyMs > EVERY_MAX_MS) {
            throw new IllegalArgumentException("a timer of " + everyMs + " ms is out of bounds");
        }
    }

    /** A figure of a pool on one instance; all are ints. */
    public enum Figure {
        /** Threads that evaluate. */
        ACTIVE,
        /** Records that wait. */
        QUEUE,
        /** Events evaluated so far. */
        PROCESSED;

        /** What expressions call it by, with the pool's name: {@code pool_queue}. */
        public String function() {
            return "pool_" + name().toLowerCase(Locale.ROOT);
        }

        /** The field that a call is: {@code pool_queue('main')}. */
        public String field(String pool) {
            return function() + "('" + pool + "')";
        }
    }

    private static List<Field> fields() {
        List<Field> fields =
                new ArrayList<>(List.of(new Field(TICK, Scalar.TIMESTAMP), new Field(INSTANCE, Scalar.STRING)));
        for (String pool : POOLS) {
            for (Figure figure : Figure.values()) {
                fields.add(new Field(figure.field(pool), Scalar.INT));
            }
        }
        return fields;
    }

    /** The newest tick that is not after {@code nowMs}. Example: every 5,000 ms, 12,345 gives 10,000. */
    public long tickAt(long nowMs) {
        return Math.floorDiv(nowMs, everyMs) * everyMs;
    }
}
