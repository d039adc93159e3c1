package dev.sluice.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rule.EventType;
import dev.sluice.rule.EventTypes;
import dev.sluice.rule.Field;
import dev.sluice.rule.RulesetDefinition;
import dev.sluice.rule.ValueType.Scalar;
import dev.sluice.rule.compile.Compilation;
import dev.sluice.rule.compile.RuleCompiler;
import dev.sluice.ruleset.ActiveRulesets;
import dev.sluice.ruleset.FedRules;
import dev.sluice.ruleset.ReloadReport;
import dev.sluice.ruleset.Ruleset;
import dev.sluice.ruleset.RulesetDifference.Change;
import dev.sluice.ruleset.RulesetDifference.Update;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TimedEvaluatorTest {
    private static final EventType NUMBER = new EventType("Number", List.of(new Field("n", Scalar.INT)));
    private static final RuleCompiler COMPILER = new RuleCompiler(new EventTypes(Map.of("Number", NUMBER), Set.of()));
    private static final String FIGURES = """
              - id: figures
                every: 5s
                when: pool_queue('main') > 10
                emit:
                  type: Figures
                  fields:
                    at: tick
                    "on": instance
                    active: pool_active('main')
                    queue: pool_queue('main')
                    done: pool_processed('main')
            """;

    private final Evaluator evaluator = new Evaluator();

    private static Ruleset ruleset(long version, String rules) {
        Compilation compilation = COMPILER.compile("ruleset: pools\nrules:\n" + rules);
        assertThat(compilation.problems()).isEmpty();
        RulesetDefinition definition = compilation.definition().orElseThrow();
        return new Ruleset(definition, version, "digest");
    }

    private static ActiveRulesets active(Ruleset ruleset) {
        return new ActiveRulesets(Map.of("pools", ruleset));
    }

    private Evaluation tick(RuleIndexes indexes, long queue) {
        TimedRule rule = indexes.timers().get(0);
        return evaluator.ticked(indexes, rule, new Tick(15_000, "node-1", new PoolFigures(2, queue, 99)));
    }

    @Test
    void givesTheFiguresOfItsInstance() {
        Evaluation evaluation = tick(RuleIndexes.of(active(ruleset(1, FIGURES))), 11);

        Match match = evaluation.matches().get(0);
        assertThat(evaluation.matches()).hasSize(1);
        assertThat(match.values()).containsExactly(Instant.ofEpochMilli(15_000), "node-1", 2L, 11L, 99L);
        Moment moment = match.moment(new Moment.At(0, 0, null, ""));
        assertThat(match.id(moment)).isEqualTo("pools/figures/node-1@15000");
        assertThat(moment.eventMs()).isEqualTo(15_000);
        assertThat(moment.key()).isEqualTo("node-1");
        assertThat(moment.position()).isEmpty();
    }

    @Test
    void emitsNothingWhenItsConditionIsFalse() {
        assertThat(tick(RuleIndexes.of(active(ruleset(1, FIGURES))), 10)).isEqualTo(Evaluation.NOTHING);
    }

    @Test
    void followsChains() {
        RuleIndexes indexes = RuleIndexes.of(active(ruleset(1, FIGURES + """
                  - id: long
                    from: Figures
                    when: queue > 20
                    emit: { type: Long, fields: { queue: queue } }
                """)));

        assertThat(tick(indexes, 20).matches()).hasSize(1);
        List<Match> matches = tick(indexes, 21).matches();
        assertThat(matches).extracting(Match::path).containsExactly("figures", "figures>long");
        assertThat(matches.get(1).id(new Moment.At(0, 0, null, ""))).isEqualTo("pools/figures>long/node-1@15000");
    }

    @Test
    void aFailureIsToldAndNothingIsEmitted() {
        RuleIndexes indexes = RuleIndexes.of(active(ruleset(1, """
                  - id: share
                    every: 5s
                    emit: { type: Share, fields: { share: 100 / pool_queue('main') } }
                """)));

        Evaluation evaluation = tick(indexes, 0);
        assertThat(evaluation.matches()).isEmpty();
        assertThat(evaluation.failures()).extracting(RuleFailure::path).containsExactly("share");
        assertThat(evaluation.failures().get(0).reason()).contains("zero");
        assertThat(tick(indexes, 50).matches().get(0).values()).containsExactly(2L);
    }

    @Test
    void noEventSetsItOff() {
        RuleIndexes indexes = RuleIndexes.of(active(ruleset(1, FIGURES)));

        assertThat(evaluator.evaluate(indexes, new EmittedEvent(NUMBER, List.of(1L))))
                .isEqualTo(Evaluation.NOTHING);
        assertThat(Explainer.explain(ruleset(1, FIGURES), new EmittedEvent(NUMBER, List.of(1L))))
                .extracting(Explanation::path, Explanation::outcome)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("figures", Explanation.Outcome.BY_TIME));
    }

    @Test
    void doesNotReachWindowsOfAnEarlierVersionThatAreFed() {
        Ruleset before = ruleset(1, """
                  - id: big
                    from: Number
                    emit: { type: Size, fields: { n: n } }
                  - id: many
                    from: Size
                    window: { sliding: 1h }
                    aggregate: { c: count() }
                    having: c > 2
                    emit: { type: Many, fields: { c: c } }
                """);
        Ruleset after = ruleset(2, """
                  - id: queue
                    every: 5s
                    emit: { type: Size, fields: { n: pool_queue('main') } }
                """);
        RuleIndexes indexes = RuleIndexes.NONE.changed(
                active(after), FedRules.of(before, after).stream().toList());

        Evaluation evaluation = tick(indexes, 5);
        assertThat(indexes.fed()).hasSize(1);
        assertThat(evaluation.matches()).extracting(Match::path).containsExactly("queue");
        assertThat(evaluation.handovers()).isEmpty();
    }

    @Test
    void aReloadReportsTimersAsOtherRules() {
        Ruleset before = ruleset(1, FIGURES);
        Ruleset after = ruleset(2, FIGURES.replace("5s", "10s"));

        assertThat(ReloadReport.of(null, before, List.of()).difference().added())
                .containsExactly("figures");
        ReloadReport report = ReloadReport.of(before, after, List.of());
        assertThat(report.difference().updated())
                .containsExactly(new Update("figures", List.of(new Change("every", "5s", "10s"))));
        assertThat(report.states()).isEmpty();
        assertThat(ReloadReport.of(after, ruleset(3, "[]\n".indent(2)), List.of())
                        .difference()
                        .removed())
                .containsExactly("figures");
    }
}
