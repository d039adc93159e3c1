package dev.sluice.deployment;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Judges a version by its figures and by those of the stable one. */
final class Assessment {
    /** A difference of averages that says nothing: a version just compiled is slower for a while. */
    private static final double LATENCY_FLOOR_NANOS = 50_000;

    /** Slow evaluations that say nothing: a pause of the process meets one on each of its threads. */
    private static final long SLOW_FLOOR = 16;

    private final HealthPolicy policy;
    private final Figures candidate;
    private final Figures stable;

    private Assessment(HealthPolicy policy, Figures candidate, Figures stable) {
        this.policy = policy;
        this.candidate = candidate;
        this.stable = stable;
    }

    /**
     * @param candidate of the version, in the time that is judged
     * @param stable of the version before in the same time; without evaluations nothing is compared
     */
    static Verdict of(HealthPolicy policy, Figures candidate, Figures stable) {
        return new Assessment(policy, candidate, stable).verdict();
    }

    private Verdict verdict() {
        if (candidate.evaluations() < policy.minimumSample()) {
            return new Verdict.Inconclusive(
                    candidate.evaluations() + " evaluations, of " + policy.minimumSample() + " to judge by");
        }
        String breach = breach();
        if (breach != null) {
            return new Verdict.Fail(breach);
        }
        return candidate.errorRate() > policy.errorRate()
                ? new Verdict.Inconclusive(tooMany() + ", which may be chance")
                : new Verdict.Pass();
    }

    private String tooMany() {
        return "%s of %d evaluations failed, more than %s"
                .formatted(
                        ErrorRate.percent(candidate.errorRate()),
                        candidate.evaluations(),
                        ErrorRate.percent(policy.errorRate()));
    }

    private @Nullable String breach() {
        if (ErrorRate.of(candidate).atLeast() > policy.errorRate()) {
            return tooMany();
        }
        if (candidate.timeouts() > policy.timeouts()) {
            return candidate.timeouts() + " evaluations were over their time budget, more than " + policy.timeouts();
        }
        if (isSlow()) {
            return "an evaluation takes %s on average, more than %s"
                    .formatted(micros(candidate.averageNanos()), micros((double)
                            policy.latency().toNanos()));
        }
        if (stable.evaluations() < policy.minimumSample()) {
            return null;
        }
        if (failsMoreThanStable()) {
            return "%s of the evaluations failed, over %s times the stable version's %s"
                    .formatted(
                            ErrorRate.percent(candidate.errorRate()),
                            policy.relativeErrors(),
                            ErrorRate.percent(stable.errorRate()));
        }
        if (isSlowerThanStable()) {
            return "an evaluation takes %s on average, over %s times the stable version's %s"
                    .formatted(
                            micros(candidate.averageNanos()), policy.relativeLatency(), micros(stable.averageNanos()));
        }
        return null;
    }

    private boolean failsMoreThanStable() {
        return policy.relativeErrors() > 0
                && ErrorRate.of(candidate).atLeast()
                        > policy.relativeErrors() * ErrorRate.of(stable).atMost();
    }

    /** An average alone would blame a version for a pause of the process. */
    private boolean isSlow() {
        long limit = policy.latency().toNanos();
        return candidate.averageNanos() > limit && candidate.latencies().over(limit) >= SLOW_FLOOR;
    }

    /** The 99th percentiles alone would blame a version for a rare event. */
    private boolean isSlowerThanStable() {
        double factor = policy.relativeLatency();
        return factor > 0
                && candidate.measured() >= policy.minimumSample()
                && stable.measured() >= policy.minimumSample()
                && candidate.averageNanos() - stable.averageNanos() > LATENCY_FLOOR_NANOS
                && candidate.averageNanos() > factor * stable.averageNanos()
                && candidate.p99Nanos() > factor * stable.p99Nanos()
                && candidate.latencies().over((long) (factor * stable.p99Nanos())) >= SLOW_FLOOR;
    }

    private static String micros(double nanos) {
        return String.format(Locale.ROOT, "%.1f us", nanos / 1000);
    }
}
