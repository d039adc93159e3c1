package dev.sluice.ruleset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rule.EventType;
import dev.sluice.rule.EventTypes;
import dev.sluice.rule.Field;
import dev.sluice.rule.Problem;
import dev.sluice.rule.ValueType.Scalar;
import dev.sluice.rule.compile.RuleCompiler;
import dev.sluice.ruleset.RulesetDifference.Change;
import dev.sluice.ruleset.RulesetDifference.Update;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RulesetDifferenceTest {
    private static final EventTypes TYPES = new EventTypes(
            Map.of("Flight", new EventType("Flight", List.of(new Field("delay", Scalar.INT)))), Set.of("late"));

    private static final Ruleset BEFORE = ruleset(1, """
            ruleset: flights
            rules:
              - { id: gone, from: Flight, emit: { type: G, fields: { d: delay } } }
              - { id: long, from: Flight, when: delay > 120, emit: { type: L, fields: { d: delay, old: delay } } }
              - { id: same, from: Flight, when: delay < 0, emit: { type: S, fields: { d: delay, e: -delay } } }
            """);

    private static final Ruleset AFTER = ruleset(2, """
            ruleset: flights
            rules:
              # A comment, another order and other quotes are no difference.
              - { id: same, when: "delay < 0", from: Flight, emit: { type: S, fields: { e: -delay, d: delay } } }
              - { id: new, from: Flight, emit: { type: N, fields: { d: delay } } }
              - id: long
                from: Flight
                when: delay > 90
                emit: { type: L, topic: late, fields: { d: delay } }
            """);

    private static Ruleset ruleset(long version, String source) {
        return new Ruleset(
                new RuleCompiler(TYPES).compile(source).definition().orElseThrow(), version, Digest.of(source));
    }

    @Test
    void namesAddedRemovedAndUpdatedRulesWithEveryChangedPart() {
        RulesetDifference difference = RulesetDifference.between(BEFORE, AFTER);
        assertThat(difference.added()).containsExactly("new");
        assertThat(difference.removed()).containsExactly("gone");
        assertThat(difference.updated())
                .containsExactly(new Update(
                        "long",
                        List.of(
                                new Change("emit.fields.old", "delay", null),
                                new Change("emit.topic", null, "late"),
                                new Change("when", "delay > 120", "delay > 90"))));
        assertThat(difference.unchanged()).isEqualTo(1);
    }

    @Test
    void addsEveryRuleOfAFirstVersion() {
        RulesetDifference difference = RulesetDifference.between(null, BEFORE);
        assertThat(difference)
                .isEqualTo(new RulesetDifference(List.of("gone", "long", "same"), List.of(), List.of(), 0, List.of()));
    }

    @Test
    void tellsWhatChangedOfTheRulesetItself() {
        Ruleset before = ruleset(1, """
                ruleset: flights
                description: all of them
                rules:
                  - { id: long, from: Flight, when: delay > 120, emit: { type: L, fields: { d: delay } } }
                """);
        Ruleset after = ruleset(2, """
                ruleset: flights
                mode: first_match
                rules:
                  - { id: long, priority: 5, from: Flight, when: delay > 120, emit: { type: L, fields: { d: delay } } }
                """);
        RulesetDifference difference = RulesetDifference.between(before, after);
        assertThat(difference.settings())
                .containsExactly(
                        new Change("description", "all of them", null), new Change("mode", "all", "first_match"));
        assertThat(difference.updated())
                .containsExactly(new Update("long", List.of(new Change("priority", null, "5"))));
        assertThat(RulesetDifference.between(null, after).settings()).isEmpty();
    }

    @Test
    void tellsWhatChangedOfTheDeployment() {
        Ruleset before = ruleset(1, "ruleset: flights\nrules: []\n");
        Ruleset after = ruleset(2, """
                ruleset: flights
                deployment: { strategy: canary, stages: [20, 100], health: { errorRate: 0.05 } }
                rules: []
                """);
        assertThat(RulesetDifference.between(before, after).settings())
                .containsExactly(
                        new Change("deployment.advance", null, "automatic"),
                        new Change("deployment.health.errorRate", "0.01", "0.05"),
                        new Change("deployment.stageDuration", null, "5m"),
                        new Change("deployment.stages", null, "[20, 100]"),
                        new Change("deployment.strategy", "blue_green", "canary"));
    }

    @Test
    void findsNothingBetweenEqualVersions() {
        assertThat(RulesetDifference.between(BEFORE, BEFORE))
                .isEqualTo(new RulesetDifference(List.of(), List.of(), List.of(), 3, List.of()));
    }

    @Test
    void reportsBothVersionsAndTheWarningsOnly() {
        Problem warning = new Problem(Problem.Severity.WARNING, "unknown-symbol", "long", 3, 4, "no such symbol");
        ReloadReport report = ReloadReport.of(BEFORE, AFTER, List.of(warning, Problem.error("other", "an error")));
        assertThat(report.fromVersion()).isEqualTo(1);
        assertThat(report.toVersion()).isEqualTo(2);
        assertThat(report.warnings()).containsExactly(warning);
        assertThat(report.states()).isEmpty();
        assertThat(ReloadReport.of(null, BEFORE, List.of()).fromVersion()).isZero();
    }
}
