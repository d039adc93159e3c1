package dev.sluice.deployment;

import java.time.Duration;
import java.time.Instant;

/** The verdict about the version of a deployment. */
final class Health {
    private Health() {}

    /** A fault that begins late in a long window would be watered down. */
    private static final int PARTS = 10;

    /** @param since start of what may be judged; of it, the last so much as the policy says, and the last tenth of that */
    static Verdict verdict(Deployment of, Situation situation, Instant since) {
        Duration window = of.spec().health().window();
        Verdict whole = verdict(of, situation, since, window);
        if (whole instanceof Verdict.Fail) {
            return whole;
        }
        Verdict last = verdict(of, situation, since, window.dividedBy(PARTS));
        return last instanceof Verdict.Fail ? last : whole;
    }

    private static Verdict verdict(Deployment of, Situation situation, Instant since, Duration window) {
        Instant windowStart = situation.now().minus(window);
        Instant from = since.isAfter(windowStart) ? since : windowStart;
        HealthHistory history = situation.health();
        boolean hasStableArm = of.before().isPresent() && !(of.state() instanceof DeploymentState.Active);
        Figures stable = hasStableArm ? history.since(from, of.before().getAsLong()) : Figures.NONE;
        return Assessment.of(of.spec().health(), history.since(from, of.version()), stable);
    }
}
