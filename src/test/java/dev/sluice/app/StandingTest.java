package dev.sluice.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.Standing.Phase;
import dev.sluice.deployment.Deployment;
import dev.sluice.deployment.DeploymentSpec;
import dev.sluice.deployment.DeploymentState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class StandingTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final DeploymentState ACTIVE = new DeploymentState.Active(NOON, null);

    @Test
    void aVersionWaitsUntilSomebodyHasLookedAtIt() {
        assertThat(phase(Optional.empty())).isEqualTo(Phase.WAITING);
        assertThat(phase(Optional.of(of(4, 4, ACTIVE, List.of())))).isEqualTo(Phase.WAITING);
    }

    @Test
    void aHigherVersionThatBeganFirstTakesItsPlace() {
        DeploymentState preparing = new DeploymentState.Preparing(NOON, NOON);

        assertThat(phase(Optional.of(of(6, 6, preparing, List.of(4L))))).isEqualTo(Phase.SUPERSEDED);
        assertThat(phase(Optional.of(of(6, 6, preparing, List.of(4L, 5L))))).isEqualTo(Phase.ACTIVE);
    }

    @Test
    void itsOwnStateTellsHowFarItCame() {
        assertThat(own(new DeploymentState.Preparing(NOON, NOON))).isEqualTo(Phase.UNDER_WAY);
        assertThat(own(new DeploymentState.Staged(NOON, null, ""))).isEqualTo(Phase.STAGED);
        assertThat(own(new DeploymentState.RollingOut(NOON, 0, 500, false))).isEqualTo(Phase.UNDER_WAY);
        assertThat(own(ACTIVE)).isEqualTo(Phase.ACTIVE);
        assertThat(own(new DeploymentState.RollingBack(NOON, ""))).isEqualTo(Phase.UNDER_WAY);
        assertThat(own(new DeploymentState.RolledBack(NOON, ""))).isEqualTo(Phase.TAKEN_BACK);
        assertThat(own(new DeploymentState.Failed(NOON, ""))).isEqualTo(Phase.TAKEN_BACK);
    }

    private static Phase own(DeploymentState state) {
        return phase(Optional.of(of(5, 5, state, List.of(4L))));
    }

    /** Of version 5. */
    private static Phase phase(Optional<Deployment> deployment) {
        return new Standing(5, deployment, 0, 1, NOON).phase();
    }

    private static Deployment of(long version, long seen, DeploymentState state, List<Long> lineage) {
        return new Deployment(
                "flights",
                version,
                1,
                DeploymentSpec.DEFAULT,
                state,
                lineage,
                seen,
                false,
                new Deployment.Origin("ann", ""));
    }
}
