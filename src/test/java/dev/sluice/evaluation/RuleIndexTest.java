package dev.sluice.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.Condition;
import dev.sluice.rule.Emit;
import dev.sluice.rule.Event;
import dev.sluice.rule.EventType;
import dev.sluice.rule.Expression;
import dev.sluice.rule.Field;
import dev.sluice.rule.Mode;
import dev.sluice.rule.Predicate;
import dev.sluice.rule.RulesetDefinition;
import dev.sluice.rule.Subject;
import dev.sluice.rule.ValueType;
import dev.sluice.ruleset.ActiveRulesets;
import dev.sluice.ruleset.Ruleset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** That an index does no work which it is there to save. */
final class RuleIndexTest {
    private static final EventType NUMBER = new EventType("Number", List.of(new Field("n", ValueType.Scalar.INT)));

    /** Always true; counts how often it is asked. */
    private static final class Counted implements Expression {
        private final String source;
        private final Condition condition;
        private int asked;

        Counted(String source) {
            this(source, new Condition(List.of()));
        }

        Counted(String source, Condition condition) {
            this.source = source;
            this.condition = condition;
        }

        @Override
        public ValueType type() {
            return ValueType.Scalar.BOOL;
        }

        @Override
        public String source() {
            return source;
        }

        @Override
        public Set<String> fields() {
            return Set.of("n");
        }

        @Override
        public Condition condition() {
            return condition;
        }

        @Override
        public Object evaluate(Event event) {
            asked++;
            return true;
        }
    }

    private static CompiledRule rule(int number, Predicate... predicates) {
        Counted when = new Counted("when", new Condition(List.of(List.of(predicates))));
        Emit emit = new Emit(new EventType("T", List.of()), List.of(), null);
        return new CompiledRule("rule-" + number, "Number", 0, when, emit, Map.of());
    }

    private static RuleIndexes indexes(List<CompiledRule> rules) {
        RulesetDefinition definition = new RulesetDefinition("r", "", Mode.ALL, rules);
        return RuleIndexes.of(new ActiveRulesets(Map.of("r", new Ruleset(definition, 1, "digest"))));
    }

    private static List<String> matches(RuleIndexes indexes, long n) {
        return new Evaluator()
                .evaluate(indexes, new EmittedEvent(NUMBER, List.of(n))).matches().stream()
                        .map(Match::path)
                        .toList();
    }

    @Test
    void asksOnlyTheRulesThatAnEventMayConcern() {
        Subject n = new Subject("n", 0, new Counted("n"));
        List<Counted> rest = new ArrayList<>();
        List<CompiledRule> rules = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            Counted check = new Counted("check " + i);
            rest.add(check);
            rules.add(rule(
                    i, new Predicate.OneOf(new Counted("n == " + i), n, Set.of((long) i)), new Predicate.Holds(check)));
        }
        assertThat(matches(indexes(rules), 7)).containsExactly("rule-7");
        assertThat(rest.stream().mapToInt(check -> check.asked).sum()).isEqualTo(1);
        assertThat(rest.get(7).asked).isEqualTo(1);
    }

    @Test
    void asksWhatRulesShareOnceAnEvent() {
        Counted shared = new Counted("shared");
        List<CompiledRule> rules = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            rules.add(rule(i, new Predicate.Holds(shared)));
        }
        RuleIndexes indexes = indexes(rules);
        assertThat(matches(indexes, 1)).hasSize(5);
        assertThat(shared.asked).isEqualTo(1);
        assertThat(matches(indexes, 2)).hasSize(5);
        assertThat(shared.asked).isEqualTo(2);
    }
}
