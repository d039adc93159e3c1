package dev.sluice.bench;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * A demand on one figure or ratio, and what was measured.
 *
 * @param what is measured
 * @param measured the figure with its unit, as text; empty for none
 * @param value what the demand is about
 * @param demand the limit
 */
record Bar(String what, String measured, OptionalDouble value, Demand demand) {

    /** A limit, in {@code unit}: a ratio's unit is empty. */
    record Demand(Direction direction, double limit, String unit) {
        static Demand atMost(double limit, String unit) {
            return new Demand(Direction.AT_MOST, limit, unit);
        }

        static Demand atLeast(double limit, String unit) {
            return new Demand(Direction.AT_LEAST, limit, unit);
        }

        /** Of the limit, the part by which a value misses it; not above 0 when it is met. */
        double missedBy(double value) {
            return direction == Direction.AT_MOST ? value / limit - 1 : 1 - value / limit;
        }

        String text() {
            return (direction == Direction.AT_MOST ? "at most " : "at least ") + number(limit) + unit;
        }
    }

    /** On which side of the limit it is good to be. */
    enum Direction {
        AT_MOST,
        AT_LEAST
    }

    /** A row of a Markdown table. */
    String row() {
        String shown = value.isEmpty() ? "" : number(value.getAsDouble()) + demand.unit();
        return String.join(" | ", "| " + what, measured, shown, demand.text(), outcome()) + " |";
    }

    private String outcome() {
        if (value.isEmpty()) {
            return "not measured in this run";
        }
        double missed = demand.missedBy(value.getAsDouble());
        if (missed <= 0) {
            return "met";
        }
        return missed < 1
                ? String.format(Locale.ROOT, "**missed** by %.0f %%", missed * 100)
                : String.format(Locale.ROOT, "**missed**: %s times the bar", number(missed + 1));
    }

    static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.2f" : "%,.0f", value);
    }
}
