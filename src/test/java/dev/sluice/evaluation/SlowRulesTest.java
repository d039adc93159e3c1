package dev.sluice.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.Emit;
import dev.sluice.rule.Event;
import dev.sluice.rule.EventType;
import dev.sluice.rule.Expression;
import dev.sluice.rule.Field;
import dev.sluice.rule.Mode;
import dev.sluice.rule.RulesetDefinition;
import dev.sluice.rule.ValueType;
import dev.sluice.rule.ValueType.Scalar;
import dev.sluice.ruleset.ActiveRulesets;
import dev.sluice.ruleset.Ruleset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

final class SlowRulesTest {
    private static final long LIMIT_NS = 1_000;
    private static final EventType NUMBER = new EventType("Number", List.of(new Field("n", Scalar.INT)));

    private long nowNs;
    private final List<String> evaluated = new ArrayList<>();
    private final SlowRules slow = new SlowRules(() -> nowNs);

    /** Takes its time. */
    private final class Timed implements Expression {
        private final String source;
        private final ValueType type;
        private final long takesNs;
        private final LongUnaryOperator value;

        Timed(String source, ValueType type, long takesNs, LongUnaryOperator value) {
            this.source = source;
            this.type = type;
            this.takesNs = takesNs;
            this.value = value;
        }

        @Override
        public ValueType type() {
            return type;
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
        public Object evaluate(Event event) {
            nowNs += takesNs;
            evaluated.add(source);
            long result = value.applyAsLong((Long) event.value(0));
            return type == Scalar.BOOL ? (Object) (result != 0) : (Object) result;
        }
    }

    private CompiledRule rule(String id, String from, long conditionNs, long valueNs) {
        return rule(id, from, new Timed(id + " when", Scalar.BOOL, conditionNs, n -> n), valueNs);
    }

    private CompiledRule rule(String id, String from, Expression when, long valueNs) {
        EventType out = new EventType(id, List.of(new Field("v", Scalar.INT)));
        Emit emit = new Emit(out, List.of(new Timed(id + " value", Scalar.INT, valueNs, n -> n)), null);
        return new CompiledRule(id, from, 0, when, emit, Map.of());
    }

    private static Arms arms(Mode mode, CompiledRule... rules) {
        Ruleset ruleset = new Ruleset(new RulesetDefinition("r", "", mode, List.of(rules)), 1, "digest");
        return Arms.of(RuleIndexes.of(new ActiveRulesets(Map.of("r", ruleset))));
    }

    private List<String> slow(Arms arms, long n) {
        return slow.of(arms, arms.stable(), new EmittedEvent(NUMBER, List.of(n)), LIMIT_NS).stream()
                .map(each -> each.rule().id())
                .toList();
    }

    @Test
    void onlyARuleWhoseOwnTimeIsOverTheLimitIsToBlame() {
        Arms arms = arms(
                Mode.ALL,
                rule("quick", "Number", 600, 400),
                rule("by-condition", "Number", 1_001, 0),
                rule("by-both", "Number", 600, 401),
                rule("never-timed", "Other", 9_999, 0));

        assertThat(slow(arms, 1)).containsExactly("by-condition", "by-both");
    }

    @Test
    void aConditionThatDoesNotHoldIsToBlameAsWell() {
        assertThat(slow(arms(Mode.ALL, rule("never", "Number", 1_001, 0)), 0)).containsExactly("never");
        assertThat(evaluated).containsExactly("never when");
    }

    @Test
    void rulesBehindARuleAreTimedAlone() {
        Arms arms = arms(Mode.ALL, rule("first", "Number", 10, 10), rule("second", "first", 10, 2_000));

        assertThat(slow(arms, 1)).containsExactly("second");
    }

    @Test
    void aRuleThatIsNotReachedIsTimedByItsConditionAlone() {
        Arms arms = arms(
                Mode.FIRST_MATCH,
                rule("decides", "Number", 10, 10),
                rule("value", "Number", 10, 2_000),
                rule("condition", "Number", 2_000, 10));

        assertThat(slow(arms, 1)).containsExactly("condition");
    }

    @Test
    void aRuleThatIsApartIsNotAsked() {
        CompiledRule apart = rule("apart", "Number", 2_000, 0);
        Arms arms = arms(Mode.ALL, apart, rule("other", "Number", 2_000, 0));

        assertThat(slow(arms.apart(Set.of(apart)), 1)).containsExactly("other");
        assertThat(evaluated).doesNotContain("apart when");
    }

    @Test
    void whenNothingButTheProcessWasSlowNobodyIsToBlame() {
        assertThat(slow(arms(Mode.ALL, rule("one", "Number", 10, 10), rule("two", "Number", 10, 10)), 1))
                .isEmpty();
    }
}
