package dev.sluice.deployment;

import java.time.Instant;
import java.util.Map;

/**
 * The figures of all versions of a ruleset over time, from the counters that instances report. Who takes over knows nothing of
 * the past, and judges it inconclusive.
 *
 * <p>Threading: confined to one thread.
 */
public final class HealthHistory {
    private static final int VERSIONS_MAX = 32;

    private final CounterHistory<Long, Figures> versions;

    /** @param begun when its owner began to look */
    public HealthHistory(Instant begun) {
        this.versions = new CounterHistory<>(begun, Figures.NONE, VERSIONS_MAX);
    }

    /** Nothing from before is known. */
    Instant begun() {
        return versions.begun();
    }

    /**
     * Takes in a report.
     *
     * @param instance the instance and its start: what tells two runs of one process apart
     * @param counters by version, since that start
     */
    public void report(String instance, Map<Long, Figures> counters) {
        versions.report(instance, counters);
    }

    public void forget(String instance) {
        versions.forget(instance);
    }

    /** Marks the present; called at each look. A clock that goes back is waited for. */
    public void mark(Instant now) {
        versions.mark(now);
    }

    /** How many readings are kept. */
    int samples() {
        return versions.samples();
    }

    /** All that the versions did so far. */
    Map<Long, Figures> sums() {
        return versions.sums();
    }

    /** What a version did since then, as far as it is known. */
    public Figures since(Instant then, long version) {
        return versions.since(then, version);
    }
}
