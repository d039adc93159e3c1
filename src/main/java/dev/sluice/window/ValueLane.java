package dev.sluice.window;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A lane whose object is one of the values, and its result. */
interface ValueLane extends ObjectLane {
    @Override
    default boolean isLong(Rows rows, int row) {
        return rows.object(row, object()) instanceof Long;
    }

    @Override
    default long longValue(Rows rows, int row) {
        return (Long) Objects.requireNonNull(rows.object(row, object()));
    }

    @Override
    default boolean isDouble(Rows rows, int row) {
        return rows.object(row, object()) instanceof Double;
    }

    @Override
    default double doubleValue(Rows rows, int row) {
        return (Double) Objects.requireNonNull(rows.object(row, object()));
    }

    @Override
    default @Nullable Object value(Rows rows, int row) {
        return rows.object(row, object());
    }
}
