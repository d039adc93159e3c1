package dev.sluice.window;

import org.jspecify.annotations.Nullable;

/** A window whose results stand in one row. */
abstract class RowView implements WindowView {
    private final Lanes lanes;
    final Rows rows;
    int row;

    RowView(Lanes lanes, Rows rows) {
        this.lanes = lanes;
        this.rows = rows;
    }

    @Override
    public @Nullable Object value(int number) {
        return lanes.lane(number).value(rows, row);
    }

    @Override
    public boolean isLong(int number) {
        return lanes.lane(number).isLong(rows, row);
    }

    @Override
    public long longValue(int number) {
        return lanes.lane(number).longValue(rows, row);
    }

    @Override
    public boolean isDouble(int number) {
        return lanes.lane(number).isDouble(rows, row);
    }

    @Override
    public double doubleValue(int number) {
        return lanes.lane(number).doubleValue(rows, row);
    }
}
