package dev.sluice.rule.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.rule.EvaluationException;
import dev.sluice.rule.Event;
import dev.sluice.rule.EventType;
import dev.sluice.rule.Expression;
import dev.sluice.rule.Field;
import dev.sluice.rule.ValueType;
import dev.sluice.rule.ValueType.Scalar;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CelExpressionTest {
    private static final Map<String, @Nullable Object> ADDRESS = address("Rome");

    private static final Event ORDER = Orders.order(Map.ofEntries(
            Map.entry("amount", 5L),
            Map.entry("price", 2.5),
            Map.entry("customer", "Zoë"),
            Map.entry("status", "OPEN"),
            Map.entry("ship_to", ADDRESS),
            Map.entry("tags", List.of("red", "blue")),
            Map.entry("counts", Map.of("a", 1L)),
            Map.entry("placed_at", Instant.parse("2001-01-01T06:20:00Z")),
            Map.entry("took", Duration.ofSeconds(90)),
            Map.entry("signature", new byte[] {1, -1}),
            Map.entry("extra", 7L)));

    private static Map<String, @Nullable Object> address(String city) {
        Map<String, @Nullable Object> address = new HashMap<>();
        address.put("city", city);
        address.put("zip", null);
        return Collections.unmodifiableMap(address);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    amount > 3 && price < 3.0
                    amount > price
                    currency == null
                    currency != 'EUR'
                    discount == null || discount > 3
                    bill_to == null
                    nested == null
                    ship_to.city == 'Rome' && ship_to.zip == null
                    tags.exists(t, t.startsWith('b')) && size(tags) == 2
                    'a' in counts && counts['a'] == 1
                    placed_at.getHours() == 6
                    placed_at + took == timestamp('2001-01-01T06:21:30Z')
                    took > duration('1m')
                    size(signature) == 2
                    extra == 7 && extra + 1 == 8
                    customer.matches('Z.*') && customer.size() == 3
                    customer.substring(0, 1) == 'Z' && customer.indexOf('o') == 1
                    math.greatest(amount, 9) == 9
                    has(ship_to.city)
                    customer.matches('o') && !customer.matches('^o')
                    flagged != true
                    """)
    void holds(String condition) throws EvaluationException {
        for (ExpressionChecker.Evaluation evaluation : ExpressionChecker.Evaluation.values()) {
            assertThat(Orders.expression(condition, evaluation).evaluate(ORDER))
                    .as("%s", evaluation)
                    .isEqualTo(true);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    amount / (amount - 5)       | division by zero
                    amount % (amount - 5)       | division by zero
                    tags[7]                     | index out of range
                    counts['b']                 | no such key: b
                    counts[customer]            | no such key
                    discount + 1                | `+` got null: `discount` is null
                    discount > 1                | `>` got null: `discount` is null
                    bill_to.city                | `bill_to` is null
                    ship_to.zip + 1             | `+` got null: `ship_to.zip` is null
                    currency.contains('E')      | `contains` got null: `currency` is null
                    9223372036854775807 + amount | a number is too large for its type
                    int(customer)               | a text cannot be converted: it has not the form of the type wanted
                    customer.substring(9)       | a function got a value outside of what it takes
                    extra + 'x'                 | `+` got a value of a type that it does not take
                    """)
    void failsWithAShortReason(String expression, String reason) {
        for (ExpressionChecker.Evaluation evaluation : ExpressionChecker.Evaluation.values()) {
            assertThatThrownBy(() -> Orders.expression(expression, evaluation).evaluate(ORDER))
                    .as("%s", evaluation)
                    .isInstanceOf(EvaluationException.class)
                    .hasMessage(reason);
        }
    }

    @Test
    void givesValuesInTheClassesThatTheirTypesState() throws EvaluationException {
        assertValue("amount + 1", Scalar.INT, 6L);
        assertValue("price * 2.0", Scalar.DOUBLE, 5.0);
        assertValue("customer + '!'", Scalar.STRING, "Zoë!");
        assertValue("placed_at - took", Scalar.TIMESTAMP, Instant.parse("2001-01-01T06:18:30Z"));
        assertValue("placed_at - placed_at", Scalar.DURATION, Duration.ZERO);
        assertValue("signature", Scalar.BYTES, new byte[] {1, -1});
        assertValue("status", new ValueType.EnumOf("Status", List.of("OPEN", "PAID", "SHIPPED")), "OPEN");
        assertValue("discount", new ValueType.Nullable(Scalar.INT), null);
        assertValue("ship_to", Orders.ADDRESS, ADDRESS);
        assertValue("bill_to", new ValueType.Nullable(Orders.ADDRESS), null);
        assertValue("tags.map(t, t.size())", new ValueType.ListOf(Scalar.INT), List.of(3L, 4L));
        assertValue("{'n': amount}", new ValueType.MapOf(Scalar.INT), Map.of("n", 5L));
        assertValue("[1, 'a']", new ValueType.ListOf(new ValueType.Anything()), List.of(1L, "a"));
        assertValue("extra", new ValueType.Anything(), 7L);
        assertValue("1u", Scalar.INT, 1L);
    }

    @Test
    void readsAnEventTypeWithFieldsNamedLikeKeywords() throws EvaluationException {
        EventType odd = new EventType(
                "Odd",
                List.of(new Field("in", Scalar.INT), new Field("true", Scalar.INT), new Field("size", Scalar.INT)));
        Checked checked = new ExpressionChecker(odd).check("size > 2");
        assertThat(checked.findings()).isEmpty();
        Expression expression = checked.expression().orElseThrow();
        assertThat(expression.evaluate(new Event() {
                    @Override
                    public EventType type() {
                        return odd;
                    }

                    @Override
                    public Object value(int position) {
                        return (long) position;
                    }
                }))
                .isEqualTo(false);
    }

    @Test
    void endsAComprehensionAtTheLimit() {
        Event order = Orders.order(Map.of("tags", Collections.nCopies(400, "x")));
        Expression nested = Orders.expression("tags.all(a, tags.all(b, a == b))");
        assertThatThrownBy(() -> nested.evaluate(order))
                .isInstanceOf(EvaluationException.class)
                .hasMessage("more iterations over lists and maps than the limit allows");
    }

    private static void assertValue(String text, ValueType type, @Nullable Object value) throws EvaluationException {
        for (ExpressionChecker.Evaluation evaluation : ExpressionChecker.Evaluation.values()) {
            Expression expression = Orders.expression(text, evaluation);
            assertThat(expression.type()).isEqualTo(type);
            assertThat(expression.evaluate(ORDER)).as("%s", evaluation).isEqualTo(value);
        }
    }
}
