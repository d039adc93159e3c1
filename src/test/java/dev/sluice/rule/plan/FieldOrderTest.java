package dev.sluice.rule.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.rule.EvaluationException;
import dev.sluice.rule.plan.Comparisons.Order;
import dev.sluice.rule.plan.Failures.Operand;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A field and a constant are compared by a range; here with Java's own operators, where ranges end. */
final class FieldOrderTest {
    private static final Operand FAILURES = new Operand("<", "n");
    private static final Node LONG = Leaves.asLong(Leaves.field(0), FAILURES);
    private static final Node DOUBLE = Leaves.asDouble(Leaves.field(0), FAILURES);
    private static final List<Long> LONGS =
            List.of(Long.MIN_VALUE, Long.MIN_VALUE + 1, -1L, 0L, 1L, Long.MAX_VALUE - 1, Long.MAX_VALUE);
    private static final List<Double> DOUBLES = List.of(
            Double.NEGATIVE_INFINITY,
            -Double.MAX_VALUE,
            -1.0,
            -Double.MIN_VALUE,
            -0.0,
            0.0,
            Double.MIN_VALUE,
            1.0,
            Math.nextUp(1.0),
            Double.MAX_VALUE,
            Double.POSITIVE_INFINITY,
            Double.NaN);

    private static boolean test(Node node, Object value) throws EvaluationException {
        return node.evalBool(new OneField(value), Locals.NONE);
    }

    @Test
    void ordersIntegersAsJavaDoes() throws EvaluationException {
        for (long constant : LONGS) {
            Node other = Leaves.constant(constant);
            for (long value : LONGS) {
                String pair = value + ", " + constant;
                assertThat(test(Comparisons.ofLongs(Order.LESS, LONG, other), value))
                        .as(pair)
                        .isEqualTo(value < constant);
                assertThat(test(Comparisons.ofLongs(Order.LESS_OR_EQUAL, LONG, other), value))
                        .as(pair)
                        .isEqualTo(value <= constant);
                assertThat(test(Comparisons.ofLongs(Order.LESS, other, LONG), value))
                        .as(pair)
                        .isEqualTo(constant < value);
                assertThat(test(Comparisons.ofLongs(Order.LESS_OR_EQUAL, other, LONG), value))
                        .as(pair)
                        .isEqualTo(constant <= value);
            }
        }
    }

    @Test
    void ordersDoublesAsJavaDoes() throws EvaluationException {
        for (double constant : DOUBLES) {
            Node other = Leaves.constant(constant);
            for (double value : DOUBLES) {
                String pair = value + ", " + constant;
                assertThat(test(Comparisons.ofDoubles(Order.LESS, DOUBLE, other), value))
                        .as(pair)
                        .isEqualTo(value < constant);
                assertThat(test(Comparisons.ofDoubles(Order.LESS_OR_EQUAL, DOUBLE, other), value))
                        .as(pair)
                        .isEqualTo(value <= constant);
                assertThat(test(Comparisons.ofDoubles(Order.LESS, other, DOUBLE), value))
                        .as(pair)
                        .isEqualTo(constant < value);
                assertThat(test(Comparisons.ofDoubles(Order.LESS_OR_EQUAL, other, DOUBLE), value))
                        .as(pair)
                        .isEqualTo(constant <= value);
            }
        }
    }

    @Test
    void failsForNullAlsoWhereNoNumberWouldDo() {
        Node never = Comparisons.ofLongs(Order.LESS, LONG, Leaves.constant(Long.MIN_VALUE));
        assertThatThrownBy(() -> never.evalBool(new OneField(null), Locals.NONE))
                .isInstanceOf(EvaluationException.class)
                .hasMessage("`<` got null: `n` is null");
    }
}
