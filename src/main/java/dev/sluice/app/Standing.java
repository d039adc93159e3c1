package dev.sluice.app;

import dev.sluice.deployment.Deployment;
import dev.sluice.deployment.DeploymentState;
import java.time.Instant;
import java.util.Optional;

/**
 * Where one version of a ruleset stands at one moment.
 *
 * @param deployment the last one of the ruleset, of this version or another
 * @param prepared live instances that could serve the version at once, or do
 * @param instances that live
 */
public record Standing(long version, Optional<Deployment> deployment, int prepared, int instances, Instant now) {

    /** How far the version has come. */
    public enum Phase {
        /** Written; nobody has begun with it. */
        WAITING,
        UNDER_WAY,
        /** The fleet is prepared; it goes on at its time or by a command. */
        STAGED,
        ACTIVE,
        /** Rolled back, or failed. */
        TAKEN_BACK,
        /** Another version took its place. */
        SUPERSEDED
    }

    public Phase phase() {
        return deployment.map(this::phase).orElse(Phase.WAITING);
    }

    private Phase phase(Deployment of) {
        if (of.version() != version) {
            boolean served = of.lineage().contains(version);
            return served ? Phase.ACTIVE : of.seen() < version ? Phase.WAITING : Phase.SUPERSEDED;
        }
        DeploymentState state = of.state();
        if (state instanceof DeploymentState.Active) {
            return Phase.ACTIVE;
        }
        if (state instanceof DeploymentState.Staged) {
            return Phase.STAGED;
        }
        return state.isOver() ? Phase.TAKEN_BACK : Phase.UNDER_WAY;
    }
}
