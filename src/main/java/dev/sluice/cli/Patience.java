package dev.sluice.cli;

import dev.sluice.app.Standing;
import dev.sluice.deployment.Deployment;
import dev.sluice.deployment.DeploymentSpec;
import dev.sluice.deployment.DeploymentState.Paused;
import dev.sluice.deployment.DeploymentState.Preparing;
import dev.sluice.deployment.DeploymentState.Staged;
import dev.sluice.deployment.Strategy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long {@code sluice publish} waits.
 *
 * @param spec how the version is deployed
 * @param timeout what the user said; empty: as long as something is to come by itself
 * @param start when the waiting began
 */
record Patience(DeploymentSpec spec, Optional<Duration> timeout, Extent extent, Instant start) {
    /** Between a deadline of the fleet and the decider's word about it. */
    private static final Duration ANSWER = Duration.ofSeconds(15);

    /** How long nobody but silent instances may be there, after an outage of the cluster say. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    /** How much of a version's way is waited for. */
    enum Extent {
        /** Until it stands still, a rollout in stages until its end or until somebody has to decide. */
        USUAL,
        /** The same, and through pauses: somebody looks on. */
        WATCHED,
        /** Until its end. */
        WHOLE
    }

    /** Whether there is nothing more to wait for, or no time. */
    boolean isOver(Standing standing) {
        return switch (standing.phase()) {
            case ACTIVE, TAKEN_BACK, SUPERSEDED -> true;
            case STAGED -> !goesOn(standing.deployment().orElseThrow()) || isLate(standing);
            case WAITING -> isUnheard(standing) || isLate(standing);
            case UNDER_WAY -> isForSomebody(standing) || isLate(standing);
        };
    }

    /** Whether no instance is there to begin with the version. */
    boolean isUnheard(Standing standing) {
        return standing.phase() == Standing.Phase.WAITING
                && standing.instances() == 0
                && waited(standing).compareTo(SILENCE) > 0;
    }

    /** Whether it is paused, and nobody who waits here could know. */
    boolean isForSomebody(Standing standing) {
        return extent == Extent.USUAL
                && standing.phase() == Standing.Phase.UNDER_WAY
                && standing.deployment().orElseThrow().state() instanceof Paused;
    }

    private boolean goesOn(Deployment of) {
        return of.state() instanceof Staged staged
                && staged.goesOnAt() != null
                && (extent == Extent.WHOLE || (isFollowed() && !(spec.strategy() instanceof Strategy.Scheduled)));
    }

    private boolean isLate(Standing standing) {
        if (timeout.isPresent()) {
            return waited(standing).compareTo(timeout.get()) > 0;
        }
        boolean begun = standing.phase() != Standing.Phase.WAITING
                && !(standing.deployment().orElseThrow().state() instanceof Preparing);
        if (begun && (isFollowed() || extent == Extent.WHOLE)) {
            return false;
        }
        return waited(standing).compareTo(spec.deadline().plus(ANSWER)) > 0;
    }

    private boolean isFollowed() {
        return StateText.isGradual(spec.strategy());
    }

    private Duration waited(Standing standing) {
        return Duration.between(start, standing.now());
    }
}
