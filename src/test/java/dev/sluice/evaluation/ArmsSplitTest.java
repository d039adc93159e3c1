package dev.sluice.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.deployment.KeySplit;
import dev.sluice.evaluation.Arms.Rollout;
import dev.sluice.rule.Mode;
import dev.sluice.rule.RulesetDefinition;
import dev.sluice.ruleset.ActiveRulesets;
import dev.sluice.ruleset.Ruleset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which version decides about a key, over 100,000 keys. */
final class ArmsSplitTest {
    private static final int KEYS = 100_000;

    private static Ruleset ruleset(String name, long version) {
        return new Ruleset(new RulesetDefinition(name, "", Mode.ALL, List.of()), version, "digest " + version);
    }

    private static Rollout rollout(String name, int weight) {
        return new Rollout(ruleset(name, 1), ruleset(name, 2), new KeySplit(name + "/2/7"), weight);
    }

    private static Arms arms(Rollout... rollouts) {
        Map<String, Ruleset> stable = new HashMap<>();
        for (Rollout rollout : rollouts) {
            stable.put(rollout.stable().name(), rollout.stable());
        }
        return Arms.NONE.changed(new ActiveRulesets(stable), List.of(), List.of(rollouts));
    }

    private static boolean isCandidate(Arms arms, String ruleset, int key) {
        Ruleset decides = arms.of("account-" + key).rulesets().byName().get(ruleset);
        return decides != null && decides.version() == 2;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 500, 1_000, 2_500, 3_333, 5_000, 9_000, 9_999})
    void theCandidateHasItsShareOfTheKeys(int weight) {
        Arms arms = arms(rollout("payments", weight));
        int candidates = 0;
        for (int key = 0; key < KEYS; key++) {
            candidates += isCandidate(arms, "payments", key) ? 1 : 0;
        }
        assertThat((double) candidates / KEYS).isCloseTo((double) weight / KeySplit.BUCKETS, within(0.01));
    }

    @Test
    void aGrowingWeightTakesNoKeyAway() {
        List<Arms> stages = List.of(500, 1_000, 2_500, 5_000, 9_999).stream()
                .map(weight -> arms(rollout("payments", weight)))
                .toList();
        for (int key = 0; key < KEYS; key++) {
            boolean before = false;
            for (Arms stage : stages) {
                boolean now = isCandidate(stage, "payments", key);
                assertThat(now || !before).as("key %d", key).isTrue();
                before = now;
            }
        }
    }

    @Test
    void everyInstanceDecidesAlike() {
        Arms one = arms(rollout("payments", 2_500));
        Arms other = arms(rollout("payments", 500))
                .changed(one.stable().rulesets(), List.of(), List.of(rollout("payments", 2_500)));
        for (int key = 0; key < KEYS; key++) {
            assertThat(isCandidate(one, "payments", key))
                    .as("key %d", key)
                    .isEqualTo(isCandidate(other, "payments", key))
                    .isEqualTo(new KeySplit("payments/2/7").isWithin(2_500, "account-" + key));
        }
    }

    @Test
    void twoRulesetsAreSplitIndependently() {
        Arms arms = arms(rollout("payments", 5_000), rollout("flights", 2_000));
        int both = 0;
        for (int key = 0; key < KEYS; key++) {
            both += isCandidate(arms, "payments", key) && isCandidate(arms, "flights", key) ? 1 : 0;
        }
        assertThat((double) both / KEYS).isCloseTo(0.1, within(0.01));
    }
}
