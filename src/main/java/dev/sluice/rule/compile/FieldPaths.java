package dev.sluice.rule.compile;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.sluice.rule.Event;
import dev.sluice.rule.EventType;
import dev.sluice.rule.Field;
import dev.sluice.rule.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Paths such as {@code customer.address.city} from an event's field into its nested records. */
final class FieldPaths {
    private FieldPaths() {}

    /** The names along the path, when the expression is one. */
    static Optional<List<String>> path(CelExpr expression) {
        if (expression.exprKind().getKind() == Kind.IDENT) {
            return Optional.of(List.of(expression.ident().name()));
        }
        if (expression.exprKind().getKind() == Kind.SELECT
                && !expression.select().testOnly()) {
            return path(expression.select().operand()).map(parent -> {
                List<String> names = new ArrayList<>(parent);
                names.add(expression.select().field());
                return names;
            });
        }
        return Optional.empty();
    }

    /** The declared type at the end of the path; empty when it leaves the records. */
    static Optional<ValueType> type(EventType eventType, List<String> path) {
        int position = eventType.position(path.get(0));
        if (position < 0) {
            return Optional.empty();
        }
        ValueType type = eventType.fields().get(position).type();
        for (String name : path.subList(1, path.size())) {
            ValueType inner = type instanceof ValueType.Nullable nullable ? nullable.type() : type;
            Optional<Field> field = inner instanceof ValueType.RecordOf rec
                    ? rec.fields().stream().filter(f -> f.name().equals(name)).findFirst()
                    : Optional.empty();
            if (field.isEmpty()) {
                return Optional.empty();
            }
            type = field.get().type();
        }
        return Optional.of(type);
    }

    /** Whether the value at the path, or one on the way to it, is null. */
    static boolean isNull(Event event, EventType eventType, List<String> path) {
        int position = eventType.position(path.get(0));
        if (position < 0) {
            return false;
        }
        @Nullable Object value = event.value(position);
        for (String name : path.subList(1, path.size())) {
            if (!(value instanceof Map<?, ?> map) || !map.containsKey(name)) {
                return value == null;
            }
            value = map.get(name);
        }
        return value == null;
    }
}
