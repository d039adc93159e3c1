package dev.sluice.window;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values in a list. */
record Row(List<@Nullable Object> values) implements Values {
    static Row of(@Nullable Object... values) {
        return new Row(Arrays.asList(values));
    }

    @Override
    public @Nullable Object value(int number) {
        return values.get(number);
    }
}
