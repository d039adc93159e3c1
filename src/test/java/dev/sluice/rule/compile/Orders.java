package dev.sluice.rule.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rule.Event;
import dev.sluice.rule.EventType;
import dev.sluice.rule.EventTypes;
import dev.sluice.rule.Expression;
import dev.sluice.rule.Field;
import dev.sluice.rule.ValueType;
import dev.sluice.rule.ValueType.Scalar;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The event type that the tests of the compiler write rules about. */
final class Orders {
    static final ValueType ADDRESS = new ValueType.RecordOf(
            "Address", List.of(new Field("city", Scalar.STRING), new Field("zip", new ValueType.Nullable(Scalar.INT))));

    static final EventType TYPE = new EventType(
            "Order",
            List.of(
                    new Field("amount", Scalar.INT),
                    new Field("price", Scalar.DOUBLE),
                    new Field("customer", Scalar.STRING),
                    new Field("currency", new ValueType.Nullable(Scalar.STRING)),
                    new Field("flagged", new ValueType.Nullable(Scalar.BOOL)),
                    new Field("discount", new ValueType.Nullable(Scalar.INT)),
                    new Field("status", new ValueType.EnumOf("Status", List.of("OPEN", "PAID", "SHIPPED"))),
                    new Field("ship_to", ADDRESS),
                    new Field("bill_to", new ValueType.Nullable(ADDRESS)),
                    new Field("tags", new ValueType.ListOf(Scalar.STRING)),
                    new Field("nested", new ValueType.Nullable(new ValueType.ListOf(ADDRESS))),
                    new Field("counts", new ValueType.MapOf(Scalar.INT)),
                    new Field("placed_at", Scalar.TIMESTAMP),
                    new Field("took", Scalar.DURATION),
                    new Field("signature", Scalar.BYTES),
                    new Field("extra", new ValueType.Anything()),
                    new Field("package", Scalar.STRING)));

    static final EventTypes TYPES = new EventTypes(Map.of("Order", TYPE), Set.of("orders.big", "orders.late"));

    private Orders() {}

    static Expression expression(String text) {
        return expression(text, ExpressionChecker.Evaluation.PLANNED);
    }

    static Expression expression(String text, ExpressionChecker.Evaluation evaluation) {
        Checked checked = new ExpressionChecker(TYPE, evaluation).check(text);
        assertThat(checked.findings()).isEmpty();
        return checked.expression().orElseThrow();
    }

    /** An order with these fields; the others are null. */
    static Event order(Map<String, @Nullable Object> fields) {
        Map<String, @Nullable Object> values = Collections.unmodifiableMap(new HashMap<>(fields));
        return new Event() {
            @Override
            public EventType type() {
                return TYPE;
            }

            @Override
            public @Nullable Object value(int position) {
                return values.get(TYPE.fields().get(position).name());
            }
        };
    }
}
