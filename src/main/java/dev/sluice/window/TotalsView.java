package dev.sluice.window;

import org.jspecify.annotations.Nullable;

/** A window whose results are running totals. */
abstract class TotalsView implements WindowView {
    private static final int ROW = 0;
    private final Lanes lanes;
    private final RunningTotals totals;

    TotalsView(Lanes lanes, RunningTotals totals) {
        this.lanes = lanes;
        this.totals = totals;
    }

    @Override
    public @Nullable Object value(int number) {
        return lanes.lane(number).value(totals.result(number), ROW);
    }

    @Override
    public boolean isLong(int number) {
        return lanes.lane(number).isLong(totals.result(number), ROW);
    }

    @Override
    public long longValue(int number) {
        return lanes.lane(number).longValue(totals.result(number), ROW);
    }

    @Override
    public boolean isDouble(int number) {
        return lanes.lane(number).isDouble(totals.result(number), ROW);
    }

    @Override
    public double doubleValue(int number) {
        return lanes.lane(number).doubleValue(totals.result(number), ROW);
    }
}
