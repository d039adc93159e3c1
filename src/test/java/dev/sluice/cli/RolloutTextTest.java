package dev.sluice.cli;

import static dev.sluice.cli.Rollouts.BLUE_GREEN;
import static dev.sluice.cli.Rollouts.CANARY;
import static dev.sluice.cli.Rollouts.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.Standing;
import dev.sluice.deployment.Deployment;
import dev.sluice.deployment.DeploymentSpec;
import dev.sluice.deployment.DeploymentState.Active;
import dev.sluice.deployment.DeploymentState.Failed;
import dev.sluice.deployment.DeploymentState.Paused;
import dev.sluice.deployment.DeploymentState.Preparing;
import dev.sluice.deployment.DeploymentState.RolledBack;
import dev.sluice.deployment.DeploymentState.RollingOut;
import dev.sluice.deployment.DeploymentState.Staged;
import dev.sluice.deployment.Strategy;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RolloutTextTest {

    @Test
    void drawsTheShareAndWhatIsLeftOfTheStage() {
        assertThat(line(Rollouts.in(CANARY, Rollouts.secondStage())))
                .isEqualTo("flights version 8  RollingOut  [#####...............] 25 %  stage 2 of 3, 20 s left"
                        + "  prepared 1/2");
    }

    @Test
    void anExtendedStageLastsTwice() {
        RollingOut extended = new RollingOut(NOON, 1, 2500, true);

        assertThat(line(Rollouts.in(CANARY, extended))).contains("stage 2 of 3, 50 s left");
    }

    @Test
    void aStageWhoseTimeIsOverSaysWhomItWaitsFor() {
        RollingOut over = new RollingOut(NOON.minusSeconds(60), 0, 500, false);

        assertThat(line(Rollouts.in(Rollouts.canary(Strategy.Advance.MANUAL), over)))
                .contains("[#...................] 5 %  stage 1 of 3, waits for 'sluice advance'");
        assertThat(line(Rollouts.in(CANARY, over))).contains("stage 1 of 3, its time is over");
    }

    @Test
    void aPausedRolloutShowsWhatWasFound() {
        Paused paused = new Paused(NOON, Rollouts.secondStage(), "12 evaluations, of 100 to judge by");

        assertThat(line(Rollouts.in(CANARY, paused)))
                .isEqualTo(
                        "flights version 8  Paused  [#####...............] 25 %  12 evaluations, of 100 to judge by");
    }

    @Test
    void preparingShowsItsDeadlineAndActiveHowLongItIsWatched() {
        assertThat(line(Rollouts.in(BLUE_GREEN, new Preparing(NOON, NOON.plusSeconds(30)))))
                .isEqualTo("flights version 8  Preparing  [....................] 0 %  deadline in 20 s  prepared 1/2");
        assertThat(line(Rollouts.in(BLUE_GREEN, new Active(NOON, NOON.plusSeconds(100)))))
                .isEqualTo("flights version 8  Active  [####################] 100 %  watched for 1 min 30 s");
    }

    @Test
    void aVersionThatNobodyBeganWithSaysSo() {
        assertThat(RolloutText.line(new Standing(8, Optional.empty(), 0, 2, NOON)))
                .isEqualTo("version 8  written, not begun");
        Deployment before = Rollouts.in(BLUE_GREEN, new Active(NOON, null));
        assertThat(RolloutText.line(new Standing(9, Optional.of(before), 0, 2, NOON)))
                .isEqualTo("version 9  written, not begun");
    }

    @Test
    void aTransitionTellsWhenWhatAndWhy() {
        assertThat(RolloutText.transition(Rollouts.in(CANARY, Rollouts.secondStage())))
                .isEqualTo("2026-01-01T12:00:00Z  flights version 8  RollingOut 25 % of the keys, stage 2 of 3");
        assertThat(RolloutText.transition(Rollouts.in(BLUE_GREEN, new Failed(NOON, "a refused it"))))
                .isEqualTo("2026-01-01T12:00:00Z  flights version 8  Failed: a refused it");
        assertThat(RolloutText.transition(Rollouts.in(BLUE_GREEN, new Staged(NOON, NOON.plusSeconds(60), "scheduled"))))
                .isEqualTo("2026-01-01T12:00:00Z  flights version 8  Staged: scheduled, goes on at"
                        + " 2026-01-01T12:01:00Z");
    }

    @Test
    void theAnswerToACommandTellsWhichVersionServes() {
        assertThat(RolloutText.standing(Rollouts.in(CANARY, Rollouts.secondStage())))
                .isEqualTo("flights version 8: RollingOut 25 % of the keys, stage 2 of 3; version 7 is active");
        assertThat(RolloutText.standing(Rollouts.in(CANARY, new RolledBack(NOON, "aborted by ann"))))
                .isEqualTo("flights version 8: RolledBack: aborted by ann; version 7 is active");
        assertThat(RolloutText.standing(Rollouts.in(CANARY, new Active(NOON, null))))
                .isEqualTo("flights version 8: Active");
    }

    @Test
    void anAbTestShowsAShareThatIsNoWholePercent() {
        DeploymentSpec test =
                DeploymentSpec.DEFAULT.with(new Strategy.AbTest(0.875, Duration.ofMinutes(1), Strategy.Winner.MANUAL));

        assertThat(line(Rollouts.in(test, new RollingOut(NOON, 0, 1250, false))))
                .isEqualTo("flights version 8  RollingOut  [###.................] 12.5 %  50 s left  prepared 1/2");
    }

    /** Ten seconds past noon, one of two instances prepared. */
    private static String line(Deployment of) {
        return RolloutText.line(new Standing(8, Optional.of(of), 1, 2, NOON.plusSeconds(10)));
    }
}
