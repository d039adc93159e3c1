package dev.sluice.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deployment.KeySplit;
import dev.sluice.evaluation.Arms.Rollout;
import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.EventTypes;
import dev.sluice.rule.compile.RuleCompiler;
import dev.sluice.ruleset.ActiveRulesets;
import dev.sluice.ruleset.FedRules;
import dev.sluice.ruleset.Ruleset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ArmsTest {
    private static final RuleCompiler COMPILER =
            new RuleCompiler(new EventTypes(Map.of("Reading", Sample.TYPE), Set.of()));

    private static final String TICKING = """
              - id: tick
                every: 5s
                emit: { type: Tick, fields: { n: %d } }
            """;

    private static final String COUNTING = """
              - id: many
                from: Reading
                partitionBy: k
                window: { sliding: %s }
                aggregate: { c: count() }
                having: c >= %d
                emit: { type: Many, fields: { c: c } }
            """;

    private static Ruleset version(String name, long number, String rules) {
        return new Ruleset(
                COMPILER.compile("ruleset: " + name + "\nrules:\n" + rules)
                        .definition()
                        .orElseThrow(),
                number,
                "digest");
    }

    private static Rollout rollout(Ruleset stable, Ruleset candidate, int weight) {
        return new Rollout(stable, candidate, new KeySplit(stable.name() + "/2/1"), weight);
    }

    private static Arms arms(Rollout... rollouts) {
        Map<String, Ruleset> active = new HashMap<>();
        for (Rollout rollout : rollouts) {
            active.put(rollout.stable().name(), rollout.stable());
        }
        return Arms.NONE.changed(new ActiveRulesets(active), List.of(), List.of(rollouts));
    }

    private static long version(RuleIndexes indexes) {
        return indexes.rulesets().byName().get("r").version();
    }

    @Test
    void aGrowingWeightAddsKeysAndTakesNoneAway() {
        Ruleset stable = version("r", 1, TICKING.formatted(1));
        Ruleset candidate = version("r", 2, TICKING.formatted(2));
        Arms few = arms(rollout(stable, candidate, 2_000));
        Arms more = arms(rollout(stable, candidate, 6_000));
        int candidates = 0;
        for (int i = 0; i < 1_000; i++) {
            String key = "key-" + i;
            if (version(few.of(key)) == 2) {
                assertThat(version(more.of(key))).isEqualTo(2);
            }
            candidates += version(more.of(key)) == 2 ? 1 : 0;
        }
        assertThat(candidates).isBetween(500, 700);
    }

    @Test
    void anEventWithoutAKeyHasTheEmptyText() {
        Arms arms = arms(rollout(version("r", 1, TICKING.formatted(1)), version("r", 2, TICKING.formatted(2)), 5_000));
        Moment keyless = new Moment.At(0, 0, null, "");
        GroupKey nothing = new GroupKey(Collections.singletonList(null));
        assertThat(arms.of(keyless)).isSameAs(arms.of("")).isSameAs(arms.of(nothing));
    }

    @Test
    void theClockIsTheStableVersionsUntilAllKeysAreTheCandidates() {
        Ruleset stable = version("r", 1, TICKING.formatted(1));
        Ruleset candidate = version("r", 2, TICKING.formatted(2));
        assertThat(version(arms(rollout(stable, candidate, 9_999)).ofClock())).isEqualTo(1);
        assertThat(version(arms(rollout(stable, candidate, 10_000)).ofClock())).isEqualTo(2);
    }

    @Test
    void versionsWithoutKeysDoNotMultiplyTheIndexes() {
        List<Rollout> prepared = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String name = "r" + i;
            prepared.add(rollout(
                    version(name, 1, COUNTING.formatted("1h", 2)), version(name, 2, COUNTING.formatted("2h", 2)), 0));
        }
        Arms arms = arms(prepared.toArray(Rollout[]::new));
        assertThat(arms.all()).hasSize(1);
        assertThat(arms.isSplit()).isFalse();
        assertThat(arms.stable().fed()).hasSize(20);
        assertThat(arms.rulesets()).hasSize(40);
    }

    @Test
    void isTheSameWhenNothingChanged() {
        Rollout rollout = rollout(
                version("r", 1, COUNTING.formatted("1h", 2)), version("r", 2, COUNTING.formatted("2h", 2)), 5_000);
        Arms arms = arms(rollout);
        ActiveRulesets active = new ActiveRulesets(Map.of("r", rollout.stable()));
        assertThat(arms.changed(active, List.of(), List.of(rollout))).isSameAs(arms);
        Arms grown = arms.changed(
                active, List.of(), List.of(new Rollout(rollout.stable(), rollout.candidate(), rollout.split(), 6_000)));
        assertThat(grown).isNotSameAs(arms);
        assertThat(grown.all()).isEqualTo(arms.all());
    }

    @Test
    void doesNotFeedTwiceWhatAVersionOnItsWaySharesWithOneOfBefore() {
        Ruleset before = version("r", 1, COUNTING.formatted("1h", 2));
        Ruleset stable = version("r", 2, COUNTING.formatted("2h", 2));
        Ruleset candidate = version("r", 3, COUNTING.formatted("1h", 3));
        Ruleset fed = FedRules.of(before, stable).orElseThrow();
        Arms arms = Arms.NONE.changed(
                new ActiveRulesets(Map.of("r", stable)), List.of(fed), List.of(rollout(stable, candidate, 0)));
        assertThat(arms.stable().fed())
                .singleElement()
                .satisfies(only -> assertThat(only.version()).isEqualTo(3));
    }

    private static Set<CompiledRule> only(CompiledRule... rules) {
        Set<CompiledRule> set = Collections.newSetFromMap(new IdentityHashMap<>());
        set.addAll(List.of(rules));
        return set;
    }

    @Test
    void settingARuleApartChangesNothingElse() {
        Ruleset stable = version("r", 1, COUNTING.formatted("10ms", 1));
        Ruleset candidate = version("r", 2, COUNTING.formatted("10ms", 2));
        CompiledRule rule = stable.rules().get(0);
        Arms arms = arms(rollout(stable, candidate, 2_000)).watched();

        Arms apart = arms.apart(only(rule));

        assertThat(apart.isApart(rule)).isTrue();
        assertThat(apart.isApart(candidate.rules().get(0))).isFalse();
        assertThat(arms.isApart(rule)).isFalse();
        assertThat(apart.all()).isEqualTo(arms.all());
        assertThat(apart.rollouts()).isEqualTo(arms.rollouts());
        assertThat(apart.isWatched()).isTrue();
        assertThat(apart.watched().isApart(rule)).isTrue();
        assertThat(apart.apart(only()).isApart(rule)).isFalse();
    }

    @Test
    void equalSetsOfRulesApartGiveTheSameArms() {
        Ruleset stable = version("r", 1, TICKING.formatted(1));
        CompiledRule rule = stable.rules().get(0);
        Arms arms = Arms.of(RuleIndexes.of(new ActiveRulesets(Map.of("r", stable))));

        Arms apart = arms.apart(only(rule));

        assertThat(arms.apart(only())).isSameAs(arms);
        assertThat(apart).isNotSameAs(arms);
        assertThat(apart.apart(only(rule))).isSameAs(apart);
        assertThat(apart.changed(arms.stable().rulesets(), List.of(), List.of()))
                .isSameAs(apart);
    }

    @Test
    void aRuleIsApartByIdentityAndStaysSoThroughAnotherVersionOfItsRuleset() {
        RuleCompiler other = new RuleCompiler(new EventTypes(Map.of("Reading", Sample.TYPE), Set.of()));
        CompiledRule apart = other.compile("ruleset: r\nrules:\n" + TICKING.formatted(1))
                .definition()
                .orElseThrow()
                .rules()
                .get(0);
        Ruleset twin = version("r", 2, TICKING.formatted(1));
        Arms arms = Arms.NONE.apart(only(apart));

        Arms next = arms.changed(new ActiveRulesets(Map.of("r", twin)), List.of(), List.of());

        assertThat(next.isApart(apart)).isTrue();
        assertThat(next.isApart(twin.rules().get(0))).isFalse();
    }
}
