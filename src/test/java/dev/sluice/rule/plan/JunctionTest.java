package dev.sluice.rule.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rule.EvaluationException;
import dev.sluice.rule.Event;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JunctionTest {
    private static final Event EVENT = new OneField(null);
    private static final String TRUE = "true";
    private static final String FALSE = "false";

    /** Gives one outcome, anything but true and false a failure of that text, and counts how often it is asked. */
    private static final class Condition extends BoolNode {
        private final String outcome;
        private int asked;

        Condition(String outcome) {
            this.outcome = outcome;
        }

        @Override
        public boolean evalBool(Event event, Locals locals) throws EvaluationException {
            asked++;
            if (outcome.equals(TRUE) || outcome.equals(FALSE)) {
                return outcome.equals(TRUE);
            }
            throw new EvaluationException(outcome);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6})
    void decidesEveryChainOfItsLength(int length) {
        for (int chain = 0; chain < Math.pow(3, length); chain++) {
            List<Condition> conditions = conditions(chain, length);
            assertThat(outcome(Logic.and(List.copyOf(conditions)))).isEqualTo(expected(conditions, FALSE, TRUE));
            assertThat(conditions).allMatch(condition -> condition.asked <= 1);
            List<Condition> others = conditions(chain, length);
            assertThat(outcome(Logic.or(List.copyOf(others)))).isEqualTo(expected(others, TRUE, FALSE));
            assertThat(others).allMatch(condition -> condition.asked <= 1);
        }
    }

    /** @param chain one digit to the base 3 a condition */
    private static List<Condition> conditions(int chain, int length) {
        List<Condition> conditions = new ArrayList<>();
        int rest = chain;
        for (int i = 0; i < length; i++) {
            conditions.add(new Condition(List.of(FALSE, TRUE, "failure " + i).get(rest % 3)));
            rest /= 3;
        }
        return conditions;
    }

    private static String expected(List<Condition> conditions, String decisive, String otherwise) {
        List<String> outcomes =
                conditions.stream().map(condition -> condition.outcome).toList();
        if (outcomes.contains(decisive)) {
            return decisive;
        }
        return outcomes.stream()
                .filter(outcome -> outcome.startsWith("failure"))
                .findFirst()
                .orElse(otherwise);
    }

    @Test
    void asksAFailingConditionOnceHoweverDeepItIs() {
        Condition failing = new Condition("failure");
        Node nested = failing;
        for (int depth = 0; depth < 20; depth++) {
            nested = Logic.or(List.of(Logic.and(List.of(nested, new Condition(TRUE))), new Condition(FALSE)));
        }
        assertThat(outcome(nested)).isEqualTo("failure");
        assertThat(failing.asked).isEqualTo(1);
    }

    private static String outcome(Node node) {
        try {
            return String.valueOf(node.evalBool(EVENT, Locals.NONE));
        } catch (EvaluationException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
