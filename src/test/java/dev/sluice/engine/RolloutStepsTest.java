package dev.sluice.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deployment.KeySplit;
import dev.sluice.evaluation.Arms;
import dev.sluice.evaluation.Arms.Rollout;
import dev.sluice.ruleset.ActiveRulesets;
import dev.sluice.ruleset.Ruleset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RolloutStepsTest {
    private static final Ruleset STABLE = WindowedRules.ruleset("payments");
    private static final Ruleset CANDIDATE = WindowedRules.ruleset("payments");

    private RolloutSteps steps = RolloutSteps.none();

    private static Rollout rollout(int attempt, int weight) {
        return new Rollout(STABLE, CANDIDATE, new KeySplit("payments/2/" + attempt), weight);
    }

    private static Arms arms(Rollout... rollouts) {
        return Arms.NONE.changed(new ActiveRulesets(Map.of("payments", STABLE)), List.of(), List.of(rollouts));
    }

    private int weightAt(int timeMs) {
        return steps.weight(rollout(1, 0), timeMs);
    }

    @Test
    void aWindowThatBeganBeforeAStepKeepsTheWeightOfBefore() {
        steps.use(arms(rollout(1, 500)), 100);
        steps.use(arms(rollout(1, 500)), 150);
        steps.use(arms(rollout(1, 1_000)), 200);

        assertThat(weightAt(100)).isZero();
        assertThat(weightAt(101)).isEqualTo(500);
        assertThat(weightAt(200)).isEqualTo(500);
        assertThat(weightAt(201)).isEqualTo(1_000);
    }

    @Test
    void aTaskWithoutEventsHasTheWeightOfNow() {
        steps.use(arms(rollout(1, 700)), Long.MIN_VALUE);
        assertThat(weightAt(0)).isEqualTo(700);
    }

    @Test
    void isWrittenWhenItChangedAndReadWhole() {
        assertThat(steps.isChanged()).isFalse();
        steps.use(arms(rollout(1, 500)), Long.MIN_VALUE);
        steps.use(arms(rollout(1, 1_000)), 200);
        assertThat(steps.isChanged()).isTrue();
        steps = RolloutSteps.read(steps.write());
        assertThat(steps.isChanged()).isFalse();
        steps.use(arms(rollout(1, 1_000)), 300);
        assertThat(steps.isChanged()).isFalse();

        assertThat(weightAt(200)).isEqualTo(500);
        assertThat(weightAt(201)).isEqualTo(1_000);
    }

    @Test
    void forgetsARolloutThatIsOver() {
        steps.use(arms(rollout(1, 500)), 100);
        byte[] written = steps.write();
        steps.use(arms(rollout(2, 500)), 200);

        assertThat(weightAt(150)).isZero();
        assertThat(steps.isChanged()).isTrue();
        assertThat(steps.write()).hasSameSizeAs(written);
    }

    @Test
    void keepsTheLastStepsOfMany() {
        for (int i = 1; i <= 1_000; i++) {
            steps.use(arms(rollout(1, i)), i * 10L);
        }
        assertThat(weightAt(10_001)).isEqualTo(1_000);
        assertThat(weightAt(9_995)).isEqualTo(999);
        assertThat(steps.write()).hasSizeLessThan(1_000);
    }
}
