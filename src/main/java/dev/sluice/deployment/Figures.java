package dev.sluice.deployment;

/**
 * What a version did: of one rule or of all, on one instance or on the fleet, since the start or in a span of time.
 *
 * @param evaluations events that were evaluated
 * @param errors evaluations with a failure
 * @param timeouts evaluations over their time budget
 * @param alerts that were emitted
 * @param measured evaluations whose time was taken
 * @param nanos sum of the times taken, in nanoseconds
 * @param latencies of those times
 */
public record Figures(
        long evaluations, long errors, long timeouts, long alerts, long measured, long nanos, Latencies latencies)
        implements Counters<Figures> {
    public static final Figures NONE = new Figures(0, 0, 0, 0, 0, 0, Latencies.NONE);

    @Override
    public Figures plus(Figures other) {
        return new Figures(
                evaluations + other.evaluations,
                errors + other.errors,
                timeouts + other.timeouts,
                alerts + other.alerts,
                measured + other.measured,
                nanos + other.nanos,
                latencies.plus(other.latencies));
    }

    @Override
    public Figures minus(Figures before) {
        return new Figures(
                Math.max(0, evaluations - before.evaluations),
                Math.max(0, errors - before.errors),
                Math.max(0, timeouts - before.timeouts),
                Math.max(0, alerts - before.alerts),
                Math.max(0, measured - before.measured),
                Math.max(0, nanos - before.nanos),
                latencies.minus(before.latencies));
    }

    @Override
    public boolean isBegunAnewSince(Figures before) {
        return evaluations < before.evaluations;
    }

    /** Failed evaluations an evaluation; 0 when there were none. */
    public double errorRate() {
        return evaluations == 0 ? 0 : (double) errors / evaluations;
    }

    /** Alerts an evaluation; 0 when there were none. */
    public double alertRate() {
        return evaluations == 0 ? 0 : (double) alerts / evaluations;
    }

    /** Average of the times taken, in nanoseconds; 0 when none was. */
    public double averageNanos() {
        return measured == 0 ? 0 : (double) nanos / measured;
    }

    public long p99Nanos() {
        return latencies.quantile(0.99);
    }
}
