package dev.sluice.window;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A window as a visit showed it. */
record Shown(long startMs, long endMs, boolean isSet, List<@Nullable Object> values) {

    /** Takes down what a visit shows, with the results of so many columns, and sets the bit of windows by a choice. */
    static List<Shown> by(Consumer<Consumer<WindowView>> visit, int columns) {
        List<Shown> shown = new ArrayList<>();
        visit.accept(view -> shown.add(of(view, columns)));
        return shown;
    }

    static Shown of(WindowView view, int columns) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            values.add(value(view, i));
        }
        return new Shown(view.startMs(), view.endMs(), view.isSet(), values);
    }

    /** The value by all the ways there are to ask for it. */
    private static @Nullable Object value(WindowView view, int number) {
        Object value = view.value(number);
        if (view.isLong(number) != value instanceof Long || view.isDouble(number) != value instanceof Double) {
            throw new AssertionError("column " + number + " says another class than it gives: " + value);
        }
        if (value instanceof Long whole && view.longValue(number) != whole) {
            throw new AssertionError("column " + number + " gives two longs");
        }
        if (value instanceof Double part && Double.compare(view.doubleValue(number), part) != 0) {
            throw new AssertionError("column " + number + " gives two doubles");
        }
        return value;
    }
}
