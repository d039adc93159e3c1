package dev.sluice.evaluation;

import dev.sluice.rule.EvaluationException;
import dev.sluice.rule.Event;
import dev.sluice.rule.Expression;
import dev.sluice.rule.ValueSink;
import dev.sluice.window.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The arguments of a rule's aggregates for one event, numbers unboxed. Used again for each event. */
final class Arguments implements Values, ValueSink {
    /** Stand for a number, which is in {@link #words}. */
    private static final Object LONG = new Object();

    private static final Object DOUBLE = new Object();

    private long[] words = new long[8];
    private @Nullable Object[] objects = new @Nullable Object[8];
    private int size;

    /** Evaluates them; an aggregate without an argument has true. */
    void evaluate(@Nullable Expression[] arguments, Event event) throws EvaluationException {
        begin(arguments.length);
        for (Expression argument : arguments) {
            if (argument == null) {
                takeObject(true);
            } else {
                argument.evaluate(event, this);
            }
        }
    }

    /** Takes them as they were handed over. */
    void take(List<@Nullable Object> values) {
        begin(values.size());
        for (Object value : values) {
            takeObject(value);
        }
    }

    private void begin(int count) {
        size = 0;
        if (objects.length < count) {
            words = new long[count];
            objects = new @Nullable Object[count];
        }
    }

    /** For keeping. */
    List<@Nullable Object> boxed() {
        List<@Nullable Object> boxed = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            boxed.add(value(i));
        }
        return Collections.unmodifiableList(boxed);
    }

    /** Lets go of what large values it holds. */
    void clear() {
        Arrays.fill(objects, 0, size, null);
    }

    @Override
    public void takeLong(long value) {
        words[size] = value;
        objects[size++] = LONG;
    }

    @Override
    public void takeDouble(double value) {
        words[size] = Double.doubleToRawLongBits(value);
        objects[size++] = DOUBLE;
    }

    @Override
    public void takeObject(@Nullable Object value) {
        if (value instanceof Long number) {
            takeLong(number);
        } else if (value instanceof Double number) {
            takeDouble(number);
        } else {
            objects[size++] = value;
        }
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the marks are objects of their own
    public @Nullable Object value(int number) {
        Object object = objects[number];
        if (object == LONG) {
            return words[number];
        }
        return object == DOUBLE ? (Object) Double.longBitsToDouble(words[number]) : object;
    }

    @Override
    @SuppressWarnings("ReferenceEquality")
    public boolean isLong(int number) {
        return objects[number] == LONG;
    }

    @Override
    public long longValue(int number) {
        return words[number];
    }

    @Override
    @SuppressWarnings("ReferenceEquality")
    public boolean isDouble(int number) {
        return objects[number] == DOUBLE;
    }

    @Override
    public double doubleValue(int number) {
        return Double.longBitsToDouble(words[number]);
    }
}
