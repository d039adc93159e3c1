package dev.sluice.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.evaluation.Handover.Way;
import dev.sluice.rule.EventType;
import dev.sluice.rule.EventTypes;
import dev.sluice.rule.Field;
import dev.sluice.rule.RulesetDefinition;
import dev.sluice.rule.ValueType;
import dev.sluice.rule.ValueType.Scalar;
import dev.sluice.rule.compile.Compilation;
import dev.sluice.rule.compile.RuleCompiler;
import dev.sluice.ruleset.ActiveRulesets;
import dev.sluice.ruleset.Ruleset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class WindowedEvaluatorTest {
    private static final EventType NUMBER = new EventType(
            "Number",
            List.of(
                    new Field("k", Scalar.STRING),
                    new Field("n", Scalar.INT),
                    new Field("x", new ValueType.Nullable(Scalar.INT))));
    private static final RuleCompiler COMPILER = new RuleCompiler(new EventTypes(Map.of("Number", NUMBER), Set.of()));

    private final Evaluator evaluator = new Evaluator();
    private final MapWindows windows = new MapWindows(rule -> true);
    private RuleIndexes indexes = RuleIndexes.NONE;
    private long streamMs = Long.MIN_VALUE;
    private int offset;

    /** A rule that counts numbers of a key within ten milliseconds, with what a test adds. */
    private static String counting(String more, String emit) {
        return """
                  - id: many
                    from: Number
                    partitionBy: k
                    aggregate: { c: count(), total: sum(n) }
                %s
                    emit: { type: Many, %s }
                """.formatted(more.indent(4), emit);
    }

    private void publish(String rules) {
        publish("all", rules);
    }

    private void publish(String mode, String rules) {
        Compilation compilation = COMPILER.compile("ruleset: numbers\nmode: " + mode + "\nrules:\n" + rules);
        assertThat(compilation.definition())
                .as(compilation.problems().toString())
                .isPresent();
        RulesetDefinition definition = compilation.definition().orElseThrow();
        indexes = indexes.changed(new ActiveRulesets(Map.of("numbers", new Ruleset(definition, 1, "digest"))));
    }

    private Moment moment(long timeMs, String k) {
        streamMs = Math.max(streamMs, timeMs);
        return new Moment.At(timeMs, streamMs, k, "numbers-0-" + offset++);
    }

    private static EmittedEvent event(String k, long n, @Nullable Long x) {
        return new EmittedEvent(NUMBER, Arrays.asList(k, n, x));
    }

    private Evaluation send(long timeMs, String k, long n) {
        return evaluator.evaluate(indexes, event(k, n, null), moment(timeMs, k), windows);
    }

    private List<String> alerts(long timeMs, String k, long n) {
        Moment moment = moment(timeMs, k);
        Evaluation evaluation = evaluator.evaluate(indexes, event(k, n, null), moment, windows);
        assertThat(evaluation.failures()).isEmpty();
        return texts(evaluation, moment);
    }

    private static List<String> texts(Evaluation evaluation, Moment moment) {
        return evaluation.matches().stream()
                .map(match -> match.id(moment) + " " + match.values())
                .toList();
    }

    private List<Match> pass(long untilMs) {
        streamMs = untilMs;
        List<Match> matches = new ArrayList<>();
        for (Due due : windows.due(untilMs)) {
            Evaluation evaluation = evaluator.passed(indexes, due, untilMs, windows);
            assertThat(evaluation.failures()).isEmpty();
            matches.addAll(evaluation.matches());
        }
        return matches;
    }

    @Test
    void namesKeyWindowAndBoundsInAMatch() {
        publish(counting(
                "window: { tumbling: 10ms }\nhaving: c >= 2", "fields: { c: c, from: window_start, key: window_key }"));
        send(3, "a", 1);
        Moment moment = moment(5, "a");
        Match match = evaluator
                .evaluate(indexes, event("a", 1, null), moment, windows)
                .matches()
                .get(0);
        assertThat(match.id(moment)).isEqualTo("numbers-0-1/numbers/many@0");
        assertThat(match.sight()).isEqualTo(new Match.Sight(new WindowSpan(0, 10), "a"));
        assertThat(match.values()).containsExactly(2L, java.time.Instant.EPOCH, "a");
        assertThat(match.moment(moment)).isSameAs(moment);
    }

    @Test
    void tellsTheSeveralWindowsOfOneEventApart() {
        publish(counting("window: { hopping: 10ms, every: 5ms }", "trigger: each, fields: { c: c }"));
        send(3, "a", 1);
        assertThat(alerts(7, "a", 1))
                .containsExactly("numbers-0-1/numbers/many@0 [2]", "numbers-0-1/numbers/many@5 [1]");
    }

    @Test
    void emitsOnceAsHavingTurnsTrueAndAgainAfterItWasFalse() {
        publish(counting("window: { sliding: 10ms }\nhaving: c >= 2", "fields: { c: c }"));
        assertThat(alerts(0, "a", 1)).isEmpty();
        assertThat(alerts(1, "b", 1)).isEmpty();
        assertThat(alerts(2, "a", 1)).hasSize(1);
        assertThat(alerts(3, "a", 1)).isEmpty();
        assertThat(alerts(30, "a", 1)).isEmpty();
        assertThat(alerts(31, "a", 1)).hasSize(1);
    }

    @Test
    void isQuietInTheCooldownOfTheKey() {
        publish(counting("window: { count: 5 }", "trigger: each, cooldown: 10ms, fields: { c: c }"));
        assertThat(alerts(0, "a", 1)).hasSize(1);
        assertThat(alerts(9, "a", 1)).isEmpty();
        assertThat(alerts(9, "b", 1)).hasSize(1);
        assertThat(alerts(10, "a", 1)).hasSize(1);
    }

    @Test
    void chainsRulesToWhatAWindowEmitted() {
        publish(counting("window: { tumbling: 10ms }", "trigger: each, fields: { c: c }")
                + "  - { id: after, from: Many, when: c > 1, emit: { type: After, fields: { v: c * 10 } } }\n");
        assertThat(alerts(0, "a", 1)).containsExactly("numbers-0-0/numbers/many@0 [1]");
        assertThat(alerts(1, "a", 1))
                .containsExactly("numbers-0-1/numbers/many@0 [2]", "numbers-0-1/numbers/many>after@0 [20]");
    }

    @Test
    void chainsRulesToTheEndOfAWindowAtItsLastInstant() {
        publish(counting("window: { tumbling: 10ms }", "trigger: close, fields: { c: c, n: n }")
                + "  - { id: after, from: Many, emit: { type: After, fields: { v: c * 10 } } }\n");
        send(1, "a", 7);
        send(4, "a", 9);
        send(3, "a", 8);
        List<Match> matches = pass(10);
        Moment atHand = new Moment.At(99, 99, null, "elsewhere");
        assertThat(matches)
                .extracting(match -> match.id(atHand))
                .containsExactly("numbers/many/a@0", "numbers/many>after/a@0");
        assertThat(matches.get(0).values()).containsExactly(3L, 9L);
        assertThat(matches)
                .allSatisfy(
                        match -> assertThat(match.moment(atHand)).isEqualTo(new Moment.At(9, 10, "a", "numbers-0-1")));
        assertThat(pass(100)).isEmpty();
    }

    @Test
    void endsTheWindowsOfAKeyBeforeAnEventThatPassesThem() {
        publish(counting("window: { tumbling: 10ms }", "trigger: close, fields: { c: c }"));
        send(1, "a", 1);
        assertThat(alerts(25, "a", 1)).containsExactly("numbers/many/a@0 [1]");
    }

    @Test
    void missesAKeyOnceASilence() {
        publish("""
                  - id: silent
                    from: Number
                    partitionBy: k
                    emit: { type: Silent, trigger: missing, after: 10ms, fields: { key: window_key, n: n, x: x } }
                """);
        send(0, "a", 5);
        send(3, "b", 6);
        assertThat(pass(9)).isEmpty();
        Match match = pass(12).get(0);
        Moment newest = new Moment.At(0, 12, "a", "numbers-0-0");
        assertThat(match.id(newest)).isEqualTo("numbers/silent/a@0");
        assertThat(match.moment(newest)).isEqualTo(new Moment.At(10, 12, "a", "numbers-0-0"));
        assertThat(match.values()).containsExactly("a", 5L, null);
        assertThat(pass(13)).extracting(one -> one.values().get(0)).containsExactly("b");
        assertThat(pass(1_000)).isEmpty();
        send(1_000, "a", 5);
        assertThat(pass(1_010)).hasSize(1);
    }

    @Test
    void saysThatTheWindowWasPastBeforeTheSilenceWasOver() {
        publish(counting("window: { tumbling: 10ms }", "trigger: missing, after: 50ms, fields: { c: c }"));
        send(1, "a", 1);
        assertThat(pass(51)).extracting(Match::values).containsExactly(List.of(1L));
        send(60, "a", 1);
        send(80, "b", 1);
        assertThat(send(61, "a", 1).late()).hasSize(1);
        Due due = windows.due(110).get(0);
        assertThat(evaluator.passed(indexes, due, 110, windows).failures())
                .extracting(RuleFailure::reason)
                .containsExactly(
                        "the window of the newest event was past before the silence was over: use a sliding window");
        assertThat(windows.due(110)).isEmpty();
    }

    @Test
    void countsALateEventAndLeavesTheWindowsAsTheyAre() {
        publish(counting("window: { tumbling: 10ms, grace: 5ms }", "trigger: each, fields: { c: c }"));
        send(0, "a", 1);
        assertThat(alerts(14, "a", 1)).containsExactly("numbers-0-1/numbers/many@10 [1]");
        assertThat(alerts(5, "a", 1)).containsExactly("numbers-0-2/numbers/many@0 [2]");
        send(15, "b", 1);
        Evaluation evaluation = send(9, "a", 1);
        assertThat(evaluation.matches()).isEmpty();
        assertThat(evaluation.late()).extracting(LateEvent::path).containsExactly("many");
    }

    @Test
    void decidesByItsConditionWhereTheFirstMatchActs() {
        publish(
                "first_match",
                counting("window: { count: 5 }\nhaving: c >= 3\nwhen: n > 0", "fields: { c: c }")
                        + "  - { id: other, from: Number, emit: { type: Other, fields: { n: n } } }\n");
        assertThat(alerts(0, "a", 1)).isEmpty();
        assertThat(alerts(0, "a", 0)).containsExactly("numbers-0-1/numbers/other [0]");
    }

    @Test
    void keepsTheStateWhenKeyOrArgumentFails() {
        publish("""
                  - id: keyed
                    from: Number
                    partitionBy: 10 / n
                    window: { count: 5 }
                    aggregate: { c: count() }
                    emit: { type: A, trigger: each, fields: { c: c } }
                  - id: summing
                    from: Number
                    partitionBy: k
                    window: { count: 5 }
                    aggregate: { c: count(), s: sum(10 / n) }
                    emit: { type: B, trigger: each, fields: { c: c, s: s } }
                """);
        send(0, "a", 5);
        Evaluation failing = send(1, "a", 0);
        assertThat(failing.matches()).isEmpty();
        assertThat(failing.failures())
                .extracting(failure -> failure.path() + ": " + failure.reason())
                .containsExactly("keyed: division by zero", "summing: division by zero");
        assertThat(alerts(2, "a", 5))
                .containsExactly("numbers-0-2/numbers/keyed [2]", "numbers-0-2/numbers/summing [2, 4]");
    }

    @Test
    void keepsWhatWasAddedWhenHavingOrEmitFails() {
        publish(counting(
                "window: { count: 5 }\nhaving: 10 / n > 0", "trigger: each, fields: { c: c, v: 10 / (n - 1) }"));
        assertThat(send(0, "a", 0).failures()).extracting(RuleFailure::reason).containsExactly("division by zero");
        assertThat(send(1, "a", 1).failures()).extracting(RuleFailure::reason).containsExactly("division by zero");
        assertThat(alerts(2, "a", 2)).containsExactly("numbers-0-2/numbers/many [3, 10]");
    }

    @Test
    void keepsTheStateWhenASumLeavesItsRange() {
        publish(counting("window: { count: 5 }", "trigger: each, fields: { c: c, total: total }"));
        send(0, "a", Long.MAX_VALUE);
        assertThat(send(1, "a", 1).failures())
                .extracting(RuleFailure::reason)
                .containsExactly("a sum leaves the range of 64-bit integers");
        assertThat(alerts(2, "a", -1)).containsExactly("numbers-0-2/numbers/many [2, " + (Long.MAX_VALUE - 1) + "]");
    }

    @Test
    void handsOverWhatTheRuleNeedsOfAnEvent() {
        publish(counting("window: { count: 5 }\nhaving: x == null || n > 3", "trigger: each, fields: { c: c, n: n }"));
        MapWindows elsewhere = new MapWindows(rule -> false);
        Moment moment = moment(3, "a");
        Evaluation evaluation = evaluator.evaluate(indexes, event("a", 7, 1L), moment, elsewhere);
        assertThat(evaluation.matches()).isEmpty();
        Handover handover = evaluation.handovers().get(0);
        assertThat(handover.key()).isEqualTo(new GroupKey(List.of("a")));
        assertThat(handover.arguments()).containsExactly(true, 7L);
        assertThat(handover.fields()).containsExactly(7L, 1L);
        assertThat(handover.way().moment()).isSameAs(moment);
        assertThat(texts(evaluator.received(indexes, handover, 3, windows), moment))
                .containsExactly("numbers-0-0/numbers/many [1, 7]");
    }

    @Test
    void handsOverToAWindowBehindAnotherRuleWithTheWayThere() {
        publish(counting("window: { tumbling: 10ms }", "trigger: each, fields: { c: c, k: k }") + """
                  - id: chained
                    from: Many
                    window: { count: 3 }
                    aggregate: { times: count() }
                    emit: { type: Chained, trigger: each, fields: { times: times, c: c } }
                """);
        Moment moment = moment(13, "a");
        Evaluation evaluation = evaluator.evaluate(indexes, event("a", 7, null), moment, windows);
        assertThat(texts(evaluation, moment)).containsExactly("numbers-0-0/numbers/many@10 [1, a]");
        Handover handover = evaluation.handovers().get(0);
        assertThat(handover.way().path()).isEqualTo("many>chained");
        Evaluation behind = evaluator.received(indexes, handover, 13, windows);
        assertThat(texts(behind, moment)).containsExactly("numbers-0-0/numbers/many>chained@10 [1, 1]");
    }

    @Test
    void countsWhatAnotherVersionHandedOverAndSaysWhatIsNotThere() {
        publish(counting("window: { count: 5 }", "trigger: each, fields: { c: c, n: n }"));
        MapWindows elsewhere = new MapWindows(rule -> false);
        Moment moment = moment(3, "a");
        Way way = evaluator
                .evaluate(indexes, event("a", 7, 1L), moment, elsewhere)
                .handovers()
                .get(0)
                .way();
        Handover old = new Handover(way, new GroupKey(List.of("a")), Arrays.asList(true, null), null);
        assertThat(evaluator.received(indexes, old, 3, windows).failures())
                .extracting(RuleFailure::reason)
                .containsExactly(
                        "another version of the rule handed the event over, with other fields than this one reads");
        assertThat(alerts(4, "a", 1)).containsExactly("numbers-0-1/numbers/many [2, 1]");
    }

    @Test
    void makesNothingOfAHandoverOrOfTimeWhenTheRuleIsGone() {
        publish(counting("window: { tumbling: 10ms }", "trigger: close, fields: { c: c, n: n }"));
        Handover handover = evaluator
                .evaluate(indexes, event("a", 7, 1L), moment(3, "a"), new MapWindows(rule -> false))
                .handovers()
                .get(0);
        send(3, "a", 1);
        publish("  - { id: other, from: Number, emit: { type: Other, fields: { n: n } } }\n");
        assertThat(indexes.hasWindows()).isFalse();
        assertThat(indexes.windowedRule(indexes.rulesets().byName().get("numbers"), "many"))
                .isEmpty();
        assertThat(evaluator.received(indexes, handover, 3, windows)).isSameAs(Evaluation.NOTHING);
        assertThat(pass(100)).isEmpty();
    }

    @Test
    void refusesAWindowedRuleWithoutWindows() {
        publish(counting("window: { count: 5 }", "fields: { c: c }"));
        assertThat(indexes.hasWindows()).isTrue();
        assertThat(indexes.windowedRule(indexes.rulesets().byName().get("numbers"), "many"))
                .isPresent();
        assertThatThrownBy(() -> evaluator.evaluate(indexes, event("a", 1, null)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("rule many has windows");
    }
}
