package dev.sluice.evaluation;

import java.util.AbstractList;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** The values that a rule emitted, in the order of its emit type. Immutable: nobody else has the array. */
final class EmittedValues extends AbstractList<@Nullable Object> implements RandomAccess {
    private final @Nullable Object[] values;

    EmittedValues(@Nullable Object[] values) {
        this.values = values;
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
