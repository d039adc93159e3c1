package dev.sluice.evaluation;

import dev.sluice.rule.EvaluationException;
import dev.sluice.rule.Event;
import dev.sluice.rule.Expression;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** The values that a rule emitted, in the order of its emit type. Immutable: nobody else has the array. */
final class EmittedValues extends AbstractList<@Nullable Object> implements RandomAccess {
    private final @Nullable Object[] values;

    EmittedValues(@Nullable Object[] values) {
        this.values = values;
    }

    static List<@Nullable Object> of(Expression[] expressions, Event event) throws EvaluationException {
        @Nullable Object[] values = new @Nullable Object[expressions.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = expressions[i].evaluate(event);
        }
        return new EmittedValues(values);
    }

    @Override
    public @Nullable Object get(int index) {
        return values[index];
    }

    @Override
    public int size() {
        return values.length;
    }
}
