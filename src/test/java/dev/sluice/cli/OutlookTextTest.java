package dev.sluice.cli;

import static dev.sluice.cli.Rollouts.BLUE_GREEN;
import static dev.sluice.cli.Rollouts.CANARY;
import static dev.sluice.cli.Rollouts.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.Outlook;
import dev.sluice.deployment.Activation;
import dev.sluice.deployment.Deployment;
import dev.sluice.deployment.DeploymentSpec;
import dev.sluice.deployment.DeploymentState.Active;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class OutlookTextTest {
    private static final Optional<Deployment> ACTIVE = Optional.of(Rollouts.in(BLUE_GREEN, new Active(NOON, null)));

    @Test
    void namesTheDeploymentWhosePlaceItWouldTake() {
        Outlook outlook = new Outlook(
                CANARY, Optional.of(Rollouts.in(CANARY, Rollouts.secondStage())), List.of("a"), List.of(), 0, 3);

        assertThat(OutlookText.lines(outlook))
                .contains("! would supersede version 8, which is RollingOut at 25 %; its keys go back to version 7"
                        + " at once");
    }

    @Test
    void aSilentInstanceCountsAndIsNamed() {
        Outlook outlook = new Outlook(CANARY, ACTIVE, List.of("a", "b"), List.of("c"), 0, 3);

        assertThat(OutlookText.lines(outlook))
                .contains(
                        "  3 of 3 instances must be prepared; live: a, b",
                        "! silent: c; counts until it is gone, so the version may fail at its deadline");
    }

    @Test
    void aQuorumNeedsFewerAndIsRoundedUp() {
        DeploymentSpec spec = new DeploymentSpec(
                CANARY.strategy(),
                new Activation(80),
                CANARY.deadline(),
                CANARY.warmup(),
                CANARY.bake(),
                CANARY.health());

        assertThat(new Outlook(spec, ACTIVE, List.of("a", "b", "c"), List.of(), 0, 3).needed())
                .isEqualTo(3);
        assertThat(new Outlook(spec, ACTIVE, List.of("a", "b", "c", "d", "e"), List.of(), 0, 3).needed())
                .isEqualTo(4);
    }

    @Test
    void tellsThatItWouldWaitForOtherRulesets() {
        assertThat(OutlookText.lines(new Outlook(CANARY, ACTIVE, List.of("a"), List.of(), 3, 3)))
                .contains("! 3 other rulesets are split now: it would wait for one of them");
        assertThat(OutlookText.lines(new Outlook(BLUE_GREEN, ACTIVE, List.of("a"), List.of(), 3, 3)))
                .noneMatch(line -> line.contains("would wait"));
        assertThat(OutlookText.lines(new Outlook(CANARY, Optional.empty(), List.of("a"), List.of(), 3, 3)))
                .noneMatch(line -> line.contains("would wait"));
        assertThat(OutlookText.lines(new Outlook(CANARY, ACTIVE, List.of("a"), List.of(), 3, 4)))
                .noneMatch(line -> line.contains("would wait"));
    }
}
