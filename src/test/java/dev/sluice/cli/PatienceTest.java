package dev.sluice.cli;

import static dev.sluice.cli.Rollouts.BLUE_GREEN;
import static dev.sluice.cli.Rollouts.CANARY;
import static dev.sluice.cli.Rollouts.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.Standing;
import dev.sluice.cli.Patience.Extent;
import dev.sluice.deployment.Deployment;
import dev.sluice.deployment.DeploymentSpec;
import dev.sluice.deployment.DeploymentState.Active;
import dev.sluice.deployment.DeploymentState.Failed;
import dev.sluice.deployment.DeploymentState.Paused;
import dev.sluice.deployment.DeploymentState.Preparing;
import dev.sluice.deployment.DeploymentState.RolledBack;
import dev.sluice.deployment.DeploymentState.RollingBack;
import dev.sluice.deployment.DeploymentState.Staged;
import dev.sluice.deployment.Strategy;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PatienceTest {
    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void isOverWhenTheVersionStandsOrFell() {
        Patience patience = usual(CANARY);

        assertThat(patience.isOver(after(1, Rollouts.in(CANARY, new Active(NOON, null)))))
                .isTrue();
        assertThat(patience.isOver(after(1, Rollouts.in(CANARY, new Failed(NOON, "refused")))))
                .isTrue();
        assertThat(patience.isOver(after(1, Rollouts.in(CANARY, new RolledBack(NOON, "bad")))))
                .isTrue();
        assertThat(patience.isOver(after(1, Rollouts.in(CANARY, new RollingBack(NOON, "bad")))))
                .isFalse();
    }

    @Test
    void followsARolloutInStagesForAnyTime() {
        Standing rolling = after(DAY.toSeconds(), Rollouts.in(CANARY, Rollouts.secondStage()));

        assertThat(usual(CANARY).isOver(rolling)).isFalse();
        assertThat(limited(CANARY).isOver(rolling)).isTrue();
    }

    @Test
    void leavesAPausedRolloutUnlessSomebodyLooksOn() {
        Standing paused = after(DAY.toSeconds(), Rollouts.in(CANARY, new Paused(NOON, Rollouts.secondStage(), "look")));
        Patience watched = new Patience(CANARY, Optional.empty(), Extent.WATCHED, NOON);

        assertThat(usual(CANARY).isOver(paused)).isTrue();
        assertThat(usual(CANARY).isForSomebody(paused)).isTrue();
        assertThat(watched.isOver(paused)).isFalse();
        assertThat(whole(CANARY).isOver(paused)).isFalse();
    }

    @Test
    void waitsALittleLongerThanTheFleetHasToPrepare() {
        Deployment preparing = Rollouts.in(CANARY, new Preparing(NOON, NOON.plusSeconds(30)));

        assertThat(usual(CANARY).isOver(after(40, preparing))).isFalse();
        assertThat(usual(CANARY).isOver(after(46, preparing))).isTrue();
        assertThat(limited(CANARY).isOver(after(11, preparing))).isTrue();
    }

    @Test
    void leavesAStagedVersionUnlessItGoesOnByItself() {
        Deployment waits = Rollouts.in(BLUE_GREEN, new Staged(NOON, null, "waits to be activated"));
        Deployment warms = Rollouts.in(CANARY, new Staged(NOON, NOON.plusSeconds(9), "its windows are fed"));
        DeploymentSpec scheduled = BLUE_GREEN.with(new Strategy.Scheduled(NOON.plus(DAY), new Strategy.BlueGreen()));
        Deployment later = Rollouts.in(scheduled, new Staged(NOON, NOON.plus(DAY), "scheduled"));

        assertThat(usual(BLUE_GREEN).isOver(after(1, waits))).isTrue();
        assertThat(whole(BLUE_GREEN).isOver(after(1, waits))).isTrue();
        assertThat(usual(CANARY).isOver(after(1, warms))).isFalse();
        assertThat(usual(scheduled).isOver(after(1, later))).isTrue();
        assertThat(whole(scheduled).isOver(after(DAY.toSeconds(), later))).isFalse();
    }

    @Test
    void givesUpWhenNobodyIsThereToBegin() {
        Standing alone = new Standing(8, Optional.empty(), 0, 0, NOON.plusSeconds(11));
        Standing silent = new Standing(8, Optional.empty(), 0, 0, NOON.plusSeconds(9));
        Standing served = new Standing(8, Optional.empty(), 0, 1, NOON.plusSeconds(11));

        assertThat(usual(BLUE_GREEN).isOver(alone)).isTrue();
        assertThat(usual(BLUE_GREEN).isUnheard(alone)).isTrue();
        assertThat(usual(BLUE_GREEN).isOver(silent)).isFalse();
        assertThat(usual(BLUE_GREEN).isOver(served)).isFalse();
    }

    private static Patience usual(DeploymentSpec spec) {
        return new Patience(spec, Optional.empty(), Extent.USUAL, NOON);
    }

    private static Patience whole(DeploymentSpec spec) {
        return new Patience(spec, Optional.empty(), Extent.WHOLE, NOON);
    }

    /** Ten seconds. */
    private static Patience limited(DeploymentSpec spec) {
        return new Patience(spec, Optional.of(Duration.ofSeconds(10)), Extent.USUAL, NOON);
    }

    private static Standing after(long seconds, Deployment of) {
        return new Standing(8, Optional.of(of), 1, 2, NOON.plusSeconds(seconds));
    }
}
