package dev.sluice.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rule.Event;
import dev.sluice.rule.EventType;
import dev.sluice.rule.EventTypes;
import dev.sluice.rule.Field;
import dev.sluice.rule.RulesetDefinition;
import dev.sluice.rule.ValueType.Scalar;
import dev.sluice.rule.compile.Compilation;
import dev.sluice.rule.compile.RuleCompiler;
import dev.sluice.ruleset.ActiveRulesets;
import dev.sluice.ruleset.Digest;
import dev.sluice.ruleset.Ruleset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class EvaluatorTest {
    private static final EventType NUMBER = new EventType("Number", List.of(new Field("n", Scalar.INT)));
    private static final EventTypes TYPES = new EventTypes(Map.of("Number", NUMBER), Set.of());

    private static final String CHAINED = """
            ruleset: %s
            rules:
              - { id: last, from: Half, when: half > 10, emit: { type: Large, fields: { v: half * 10 } } }
              - { id: first, from: Number, when: n > 2, emit: { type: Half, fields: { half: n / 2, n: n } } }
              - { id: other, from: Number, when: n > 0, emit: { type: Positive, fields: { v: n } } }
              - { id: odd, from: Half, when: n %% 2 == 1, emit: { type: Odd, fields: { v: n } } }
            """;

    private static ActiveRulesets active(String... sources) {
        Map<String, Ruleset> byName = new HashMap<>();
        for (String source : sources) {
            Compilation compilation = new RuleCompiler(TYPES).compile(source);
            assertThat(compilation.problems()).isEmpty();
            RulesetDefinition definition = compilation.definition().orElseThrow();
            byName.put(definition.name(), new Ruleset(definition, 1, Digest.of(source)));
        }
        return new ActiveRulesets(byName);
    }

    private static Evaluation evaluate(ActiveRulesets rulesets, long n) {
        Event event = new EmittedEvent(NUMBER, List.of(n));
        return new Evaluator().evaluate(RuleIndexes.of(rulesets), event);
    }

    @Test
    void followsChainsDepthFirstInTheOrderOfTheFile() {
        Evaluation evaluation = evaluate(active(CHAINED.formatted("numbers")), 31);
        assertThat(evaluation.matches())
                .extracting(Match::path)
                .containsExactly("first", "first>last", "first>odd", "other");
        assertThat(evaluation.matches())
                .extracting(Match::values)
                .containsExactly(List.of(15L, 31L), List.of(150L), List.of(31L), List.of(31L));
        assertThat(evaluation.failures()).isEmpty();
    }

    @Test
    void keepsTheChainsOfOneRulesetApartFromAnother() {
        Evaluation evaluation = evaluate(active(CHAINED.formatted("b"), CHAINED.formatted("a")), 31);
        assertThat(evaluation.matches())
                .extracting(match -> match.ruleset().name() + " " + match.path())
                .containsExactly(
                        "a first",
                        "a first>last",
                        "a first>odd",
                        "a other",
                        "b first",
                        "b first>last",
                        "b first>odd",
                        "b other");
    }

    @Test
    void returnsNothingWhenNoRuleMatches() {
        assertThat(evaluate(active(CHAINED.formatted("numbers")), -1)).isSameAs(Evaluation.NOTHING);
        assertThat(evaluate(ActiveRulesets.NONE, 31)).isSameAs(Evaluation.NOTHING);
        assertThat(evaluate(active("ruleset: none\nrules: []"), 31)).isSameAs(Evaluation.NOTHING);
    }

    @Test
    void gathersFailuresAndLetsTheOtherRulesGoOn() {
        ActiveRulesets rulesets = active("""
                ruleset: numbers
                rules:
                  - { id: bad-when, from: Number, when: 10 / n > 1, emit: { type: A, fields: { v: n } } }
                  - { id: bad-emit, from: Number, emit: { type: B, fields: { ok: n, v: 10 % n } } }
                  - { id: after-bad-emit, from: B, emit: { type: C, fields: { v: v } } }
                  - { id: good, from: Number, emit: { type: D, fields: { v: n + 1 } } }
                  - { id: bad-chained, from: D, emit: { type: E, fields: { v: "[1][v]" } } }
                """);
        Evaluation evaluation = evaluate(rulesets, 0);
        assertThat(evaluation.matches()).extracting(Match::path).containsExactly("good");
        assertThat(evaluation.failures())
                .extracting(failure -> failure.path() + ": " + failure.reason())
                .containsExactly(
                        "bad-when: division by zero",
                        "bad-emit: division by zero",
                        "good>bad-chained: index out of range");
    }

    @Test
    void givesTheFieldsOfASharedEmitTypeInOneOrder() {
        ActiveRulesets rulesets = active("""
                ruleset: numbers
                rules:
                  - { id: a, from: Number, emit: { type: Pair, fields: { x: n, y: "'a'" } } }
                  - { id: b, from: Number, emit: { type: Pair, fields: { y: "'b'", x: n } } }
                  - { id: c, from: Pair, emit: { type: Text, fields: { t: y + string(x) } } }
                """);
        assertThat(evaluate(rulesets, 1).matches())
                .extracting(Match::values)
                .containsExactly(List.of(1L, "a"), List.of("a1"), List.of(1L, "b"), List.of("b1"));
    }
}
