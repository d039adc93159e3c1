package dev.sluice.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.evaluation.Evaluator.ArmedEvent;
import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.Condition;
import dev.sluice.rule.Emit;
import dev.sluice.rule.Event;
import dev.sluice.rule.EventType;
import dev.sluice.rule.EventTypes;
import dev.sluice.rule.Expression;
import dev.sluice.rule.Field;
import dev.sluice.rule.Mode;
import dev.sluice.rule.Predicate;
import dev.sluice.rule.RulesetDefinition;
import dev.sluice.rule.Subject;
import dev.sluice.rule.ValueType;
import dev.sluice.rule.ValueType.Scalar;
import dev.sluice.rule.compile.RuleCompiler;
import dev.sluice.ruleset.ActiveRulesets;
import dev.sluice.ruleset.Ruleset;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rules that are set apart are not evaluated, and owe what they would have been asked. */
final class ApartTest {
    private static final EventType NUMBER = new EventType("Number", List.of(new Field("n", Scalar.INT)));
    private static final EventType OUT = new EventType("Out", List.of(new Field("v", Scalar.INT)));
    private static final RuleCompiler COMPILER = new RuleCompiler(new EventTypes(Map.of("Number", NUMBER), Set.of()));
    private static final Moment MOMENT = new Moment.At(3, 3, "k", "numbers-0-1");

    private static final String CHAIN = """
              - { id: first, from: Number, when: n > 2, emit: { type: Half, fields: { half: n / 2 } } }
              - { id: second, from: Half, when: half > 1, emit: { type: Quarter, fields: { v: half / 2 } } }
              - { id: third, from: Quarter, emit: { type: Eighth, fields: { v: v / 2 } } }
            """;

    private static final String COUNTING = """
              - id: many
                from: Number
                window: { tumbling: 10ms }
                aggregate: { c: count() }
                emit: { trigger: %s, type: Many, fields: { c: c } }
            """;

    private final Evaluator evaluator = new Evaluator();
    private final MapWindows windows = new MapWindows(rule -> true);

    /** Of which nothing may be evaluated. */
    private record Untouchable(ValueType type, String source) implements Expression {
        @Override
        public Set<String> fields() {
            return Set.of("n");
        }

        @Override
        public Condition condition() {
            if (source.startsWith("whole")) {
                return Condition.opaque(this);
            }
            Subject subject = new Subject("subject(n)", Subject.NO_FIELD, new Untouchable(Scalar.INT, "subject(n)"));
            return new Condition(List.of(List.of(new Predicate.OneOf(this, subject, Set.of((long) source.length())))));
        }

        @Override
        public Object evaluate(Event event) {
            throw new AssertionError(source + " was evaluated");
        }
    }

    private static CompiledRule untouchable(String source) {
        Emit emit = new Emit(OUT, List.of(new Untouchable(Scalar.INT, "emitted")), null);
        return new CompiledRule(source, "Number", 0, new Untouchable(Scalar.BOOL, source), emit, Map.of());
    }

    private static Event number(long n) {
        return new EmittedEvent(NUMBER, List.of(n));
    }

    private static Ruleset ruleset(String mode, String rules) {
        return new Ruleset(
                COMPILER.compile("ruleset: r\nmode: " + mode + "\nrules:\n" + rules)
                        .definition()
                        .orElseThrow(),
                1,
                "digest");
    }

    private static Arms arms(Ruleset ruleset, String... apart) {
        Set<CompiledRule> rules = Collections.newSetFromMap(new IdentityHashMap<>());
        ruleset.rules().stream()
                .filter(rule -> List.of(apart).contains(rule.id()))
                .forEach(rules::add);
        assertThat(rules).hasSize(apart.length);
        return Arms.of(RuleIndexes.of(new ActiveRulesets(Map.of("r", ruleset)))).apart(rules);
    }

    private Evaluation evaluate(Arms arms, long n) {
        return evaluator.evaluate(arms, arms.stable(), number(n));
    }

    private static List<String> paths(Evaluation evaluation) {
        return evaluation.matches().stream().map(Match::path).toList();
    }

    private static List<String> owed(Evaluation evaluation) {
        return evaluation.owed().stream().map(Owed::path).toList();
    }

    @Test
    void neitherConditionNorSubjectNorValueIsEvaluated() {
        List<CompiledRule> rules = IntStream.range(0, 10)
                .mapToObj(i -> untouchable((i < 5 ? "whole" : "parts") + "x".repeat(i)))
                .toList();
        Ruleset ruleset = new Ruleset(new RulesetDefinition("r", "", Mode.ALL, rules), 1, "digest");

        Evaluation evaluation =
                evaluate(arms(ruleset, rules.stream().map(CompiledRule::id).toArray(String[]::new)), 7);

        assertThat(evaluation.matches()).isEmpty();
        assertThat(evaluation.failures()).isEmpty();
        assertThat(owed(evaluation))
                .containsExactlyElementsOf(rules.stream().map(CompiledRule::id).toList());
        assertThat(evaluation.isNothing()).isFalse();
    }

    @Test
    void anEventThatCannotConcernTheRuleByItsFieldsIsNotOwed() {
        Ruleset ruleset = ruleset("all", CHAIN);

        assertThat(evaluate(arms(ruleset, "first"), 2)).isSameAs(Evaluation.NOTHING);
        assertThat(owed(evaluate(arms(ruleset, "first"), 3))).containsExactly("first");
    }

    @Test
    void whatIsBehindTheRuleIsOwedWithIt() {
        Ruleset ruleset = ruleset("all", CHAIN);
        Evaluation atFirst = evaluate(arms(ruleset, "first", "third"), 100);
        Evaluation atSecond = evaluate(arms(ruleset, "second"), 100);

        assertThat(paths(atFirst)).isEmpty();
        assertThat(owed(atFirst)).containsExactly("first");
        assertThat(paths(atSecond)).containsExactly("first");
        assertThat(owed(atSecond)).containsExactly("first>second");
    }

    @Test
    void itDoesNotDecideWhereTheFirstMatchDoes() {
        Ruleset ruleset = ruleset("first_match", """
                  - { id: low, from: Number, priority: 1, when: n > 2, emit: { type: A, fields: { v: n } } }
                  - { id: high, from: Number, priority: 3, when: n > 10, emit: { type: B, fields: { v: n } } }
                  - { id: middle, from: Number, priority: 2, when: n > 5, emit: { type: C, fields: { v: n } } }
                """);
        Arms arms = arms(ruleset, "middle");

        assertThat(paths(evaluate(arms, 11))).containsExactly("high");
        assertThat(owed(evaluate(arms, 11))).as("a rule before it decided").isEmpty();
        assertThat(paths(evaluate(arms, 6))).containsExactly("low");
        assertThat(owed(evaluate(arms, 6))).containsExactly("middle");
    }

    @Test
    void theSameEvaluatorTakesNoticeOfEachChange() {
        Ruleset ruleset = ruleset("all", CHAIN);
        Arms arms = arms(ruleset);
        Arms apart = arms(ruleset, "first");

        for (int i = 0; i < 3; i++) {
            assertThat(paths(evaluate(arms, 4))).containsExactly("first", "first>second", "first>second>third");
            assertThat(paths(evaluate(apart, 4))).isEmpty();
            assertThat(owed(evaluate(apart, 4))).containsExactly("first");
            assertThat(evaluator.evaluate(arms.stable(), number(4)).owed()).isEmpty();
        }
    }

    @Test
    void whatWasHandedOverBeforeItWasSetApartIsOwed() {
        Ruleset ruleset = ruleset("all", COUNTING.formatted("each"));
        Arms arms = arms(ruleset);
        Arms apart = arms(ruleset, "many");
        ArmedEvent event = new ArmedEvent(number(1), MOMENT, new MapWindows(rule -> false));
        Handover handover =
                evaluator.evaluate(arms, arms.stable(), event).handovers().get(0);

        assertThat(evaluator.evaluate(apart, apart.stable(), event).handovers()).isEmpty();
        assertThat(owed(evaluator.received(apart, handover, 3, windows))).containsExactly("many");
        assertThat(evaluator.received(arms, handover, 3, windows).matches())
                .extracting(Match::values)
                .containsExactly(List.of(1L));
    }

    @Test
    void windowsThatEndWait() {
        Ruleset ruleset = ruleset("all", COUNTING.formatted("close"));
        Arms arms = arms(ruleset);
        Arms apart = arms(ruleset, "many");
        evaluator.evaluate(arms, arms.stable(), new ArmedEvent(number(1), MOMENT, windows));
        Evaluation unasked = evaluator.evaluate(apart, apart.stable(), new ArmedEvent(number(1), MOMENT, windows));
        Due due = windows.due(50).get(0);

        assertThat(owed(unasked)).containsExactly("many");
        assertThat(apart.isWaiting(due.rule())).isTrue();
        assertThat(evaluator.passed(apart, due, 50, windows)).isSameAs(Evaluation.NOTHING);
        assertThat(evaluator.passed(arms, due, 50, windows).matches())
                .extracting(Match::values)
                .containsExactly(List.of(1L));
    }

    @Test
    void ticksAreLost() {
        Ruleset ruleset = ruleset("all", """
                  - { id: tick, every: 5s, emit: { type: Ticked, fields: { v: pool_queue('main') } } }
                  - { id: behind, from: Ticked, emit: { type: Behind, fields: { v: v } } }
                """);
        Tick tick = new Tick(15_000, "node-1", new PoolFigures(2, 11, 99));
        TimedRule timed = arms(ruleset).stable().timers().get(0);

        assertThat(evaluator.ticked(arms(ruleset, "tick"), timed, tick)).isSameAs(Evaluation.NOTHING);
        assertThat(owed(evaluator.ticked(arms(ruleset, "behind"), timed, tick))).containsExactly("tick>behind");
    }
}
