package dev.sluice.deployment;

import java.time.Duration;

/**
 * What a version must keep to while it is deployed and baked.
 *
 * @param errorRate failed evaluations an evaluation, from 0 to 1
 * @param latency average time of an evaluation
 * @param timeouts evaluations over their time budget, in the window
 * @param relativeErrors how many times the stable version's error rate is too much; 0: not compared
 * @param relativeLatency how many times the stable version's latency, average or 99th percentile, is too much; 0: not compared
 * @param minimumSample evaluations of an arm in the window under which nothing is judged
 * @param window the last so much time is judged, the present stage at most
 * @param onBreach what follows
 */
public record HealthPolicy(
        double errorRate,
        Duration latency,
        long timeouts,
        double relativeErrors,
        double relativeLatency,
        long minimumSample,
        Duration window,
        OnBreach onBreach) {

    /** What follows when a version does not keep to it. */
    public enum OnBreach {
        ROLLBACK,
        PAUSE
    }

    public static final HealthPolicy DEFAULT =
            new HealthPolicy(0.01, Duration.ofMillis(10), 100, 2, 1.5, 100, Duration.ofMinutes(1), OnBreach.ROLLBACK);

    /** Wide bounds; somebody looks on. */
    public static final HealthPolicy DEVELOPMENT =
            new HealthPolicy(0.1, Duration.ofMillis(50), 1000, 0, 0, 20, Duration.ofMinutes(1), OnBreach.PAUSE);

    /** Narrow bounds; nobody has to look on. */
    public static final HealthPolicy PRODUCTION =
            new HealthPolicy(0.001, Duration.ofMillis(5), 10, 2, 1.5, 100, Duration.ofMinutes(1), OnBreach.ROLLBACK);
}
