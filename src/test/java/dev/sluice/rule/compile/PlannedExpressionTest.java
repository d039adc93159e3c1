package dev.sluice.rule.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.rule.EvaluationException;
import dev.sluice.rule.Event;
import dev.sluice.rule.Expression;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PlannedExpressionTest {
    private static final Event ORDER = Orders.order(Map.of(
            "amount",
            5L,
            "price",
            2.5,
            "customer",
            "Zoë",
            "tags",
            List.of("red", "blue"),
            "counts",
            Map.of("a", 1L),
            "extra",
            7L));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status in ['OPEN', 'PAID'] && price > 1.5 && customer.startsWith('m')",
                "tags.filter(t, size(t) > 3).map(t, t + '!').exists(t, t.matches('b.*'))",
                "has(ship_to.zip) && ship_to.zip != null && counts['a'] % 2 == 1",
                "placed_at + took > timestamp('2001-01-01T06:21:30Z') && placed_at.getHours('Europe/Rome') == 7",
                "math.greatest(amount, 9) + extra > int(price) || customer.substring(1) == 'oë'"
            })
    void isPlannedAsAWhole(String text) {
        assertThat(Orders.expression(text).isPlanned()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    uint(amount) == 5u
                    type(amount) == int
                    {amount: 1}.size() == 1
                    """)
    void leavesTheRestToCelJavaAndSaysSo(String text) throws EvaluationException {
        Expression expression = Orders.expression(text);
        assertThat(expression.isPlanned()).isFalse();
        assertThat(expression.evaluate(ORDER)).isEqualTo(true);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    discount > 3 && price > 1.0       | `>` got null: `discount` is null
                    currency == 'EUR' ? 1 : discount + 1 | `+` got null: `discount` is null
                    tags.map(t, t + currency)         | `+` got null: `currency` is null
                    (price > 1.0 ? discount : 1) + 1  | `+` got null
                    tags.all(t, flagged)              | `all` got null: `flagged` is null
                    counts[currency]                  | `[ ]` got null: `currency` is null
                    extra.city                        | a value without fields is asked for one
                    -(amount - 9223372036854775807 - 7) * -9223372036854775807 | a number is too large for its type
                    """)
    void namesTheOperandThatFails(String text, String reason) {
        assertThatThrownBy(() -> Orders.expression(text).evaluate(ORDER))
                .isInstanceOf(EvaluationException.class)
                .hasMessage(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "amount / 0 == 1 || price > 1.0",
                "price > 1.0 || amount / 0 == 1",
                "!(discount > 3 && price < 1.0)",
                "!(tags.all(t, t == 'blue' && amount / 0 == 1))",
                "tags.exists(t, t == 'red' ? amount / 0 == 1 : true)"
            })
    void absorbsAFailureThatDoesNotDecide(String text) throws EvaluationException {
        assertThat(Orders.expression(text).evaluate(ORDER)).isEqualTo(true);
    }

    /** cel-java itself compares the failure as if it were a value, and finds it different from false. */
    @Test
    void takesTheFailureOfALogicalOperatorForNoValue() {
        assertThatThrownBy(() -> Orders.expression("(discount > 3 && price > 1.0) == false")
                        .evaluate(ORDER))
                .isInstanceOf(EvaluationException.class)
                .hasMessage("`>` got null: `discount` is null");
    }

    @Test
    void countsTheIterationsOfAllMacrosTogether() throws EvaluationException {
        Map<String, Object> fields = new HashMap<>(Map.of("tags", Collections.nCopies(300, "x")));
        Expression once = Orders.expression("tags.all(a, tags.all(b, a == b))");
        Expression twice = Orders.expression("tags.all(a, tags.all(b, a == b)) && tags.all(a, tags.all(b, a == b))");
        assertThat(once.evaluate(Orders.order(fields))).isEqualTo(true);
        assertThatThrownBy(() -> twice.evaluate(Orders.order(fields)))
                .isInstanceOf(EvaluationException.class)
                .hasMessage("more iterations over lists and maps than the limit allows");
    }

    @Test
    void hidesAnOuterVariableOfTheSameName() throws EvaluationException {
        Expression nested = Orders.expression("tags.map(t, ['x'].map(t, t + t)[0] + t)");
        assertThat(nested.isPlanned()).isTrue();
        assertThat(nested.evaluate(ORDER)).isEqualTo(List.of("xxred", "xxblue"));
    }
}
