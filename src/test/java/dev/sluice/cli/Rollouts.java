package dev.sluice.cli;

import dev.sluice.deployment.Deployment;
import dev.sluice.deployment.DeploymentSpec;
import dev.sluice.deployment.DeploymentState;
import dev.sluice.deployment.DeploymentState.RollingOut;
import dev.sluice.deployment.KeySplit;
import dev.sluice.deployment.Strategy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Deployments of version 8 of ruleset {@code flights} in place of version 7. */
final class Rollouts {
    static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    static final DeploymentSpec BLUE_GREEN = DeploymentSpec.DEFAULT;

    static final DeploymentSpec CANARY = canary(Strategy.Advance.AUTOMATIC);

    private Rollouts() {}

    static DeploymentSpec canary(Strategy.Advance advance) {
        return DeploymentSpec.DEFAULT.with(new Strategy.Canary(List.of(5, 25, 100), Duration.ofSeconds(30), advance));
    }

    static Deployment in(DeploymentSpec spec, DeploymentState state) {
        return in(spec, state, List.of(6L, 7L));
    }

    static Deployment first(DeploymentState state) {
        return in(BLUE_GREEN, state, List.of());
    }

    private static Deployment in(DeploymentSpec spec, DeploymentState state, List<Long> lineage) {
        return new Deployment("flights", 8, 3, spec, state, lineage, 8, false, new Deployment.Origin("ann", "try it"));
    }

    /** The second stage of the canary, since {@link #NOON}. */
    static RollingOut secondStage() {
        return new RollingOut(NOON, 1, 25 * KeySplit.BUCKETS / 100, false);
    }
}
