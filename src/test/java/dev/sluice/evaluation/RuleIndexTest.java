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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
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
        return RuleIndexes.of(active(rules));
    }

    private static ActiveRulesets active(List<CompiledRule> rules) {
        RulesetDefinition definition = new RulesetDefinition("r", "", Mode.ALL, rules);
        return new ActiveRulesets(Map.of("r", new Ruleset(definition, 1, "digest")));
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

    @Test
    void sharesWithTheIndexBeforeWhatDoesNotConcernTheChange() throws ReflectiveOperationException {
        Subject n = new Subject("n", 0, new Counted("n"));
        List<CompiledRule> rules = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            rules.add(equalTo(i, i % 1_000, n));
        }
        RuleIndexes before = indexes(rules);
        rules.set(7, equalTo(7, 7, n));
        RuleIndexes after = before.changed(active(rules));
        Set<Object> nodesBefore = nodes(before);
        Set<Object> made = nodes(after);
        made.removeAll(nodesBefore);
        assertThat(nodesBefore).hasSizeGreaterThan(1_000);
        assertThat(made).as("the root, and the node of the one value").hasSize(2);
        assertThat(matches(after, 7)).containsExactly("rule-7", "rule-1007");
    }

    private static CompiledRule equalTo(int number, long value, Subject subject) {
        return rule(
                number,
                new Predicate.OneOf(new Counted("n == " + value), subject, Set.of(value)),
                new Predicate.Holds(new Counted("check " + number)));
    }

    /** Every node that can be reached, by identity. */
    private static Set<Object> nodes(Object from) throws ReflectiveOperationException {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<Object> nodes = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Object> left = new ArrayDeque<>(List.of(from));
        while (!left.isEmpty()) {
            Object next = left.remove();
            if (!seen.add(next)) {
                continue;
            }
            if (next instanceof Node) {
                nodes.add(next);
            }
            if (next instanceof Object[] array) {
                Stream.of(array).filter(Objects::nonNull).forEach(left::add);
            } else if (next instanceof Map<?, ?> map) {
                left.addAll(map.values());
            } else if (next.getClass().getPackage() == Node.class.getPackage()) {
                addFields(next, left);
            }
        }
        return nodes;
    }

    private static void addFields(Object of, Deque<Object> to) throws ReflectiveOperationException {
        for (Class<?> type = of.getClass(); type != null; type = type.getSuperclass()) {
            for (java.lang.reflect.Field field : type.getDeclaredFields()) {
                if (!field.getType().isPrimitive() && type.getPackage() == Node.class.getPackage()) {
                    field.setAccessible(true);
                    Object value = field.get(of);
                    if (value != null) {
                        to.add(value);
                    }
                }
            }
        }
    }
}
