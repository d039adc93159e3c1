package dev.sluice.window;

import org.jspecify.annotations.Nullable;

/**
 * Rows that grow at their end and shrink at their start, and the totals of all of them, in constant time an event, over
 * many.
 *
 * <p>Lanes that can be subtracted have their total in the reserved row. For the others the rows are cut in two: of the
 * older ones {@code tails} holds the total from some row on to the cut, for every {@code step}th row, the newest first;
 * the total of the newer ones stands in the reserved row. When the older ones are used up, the newer are cut again in the
 * middle: so each row is merged a few times in its life. A row that comes in before the cut makes the totals stale: they
 * are made anew when they are asked for.
 */
final class RunningTotals extends Rows {
    /** The reserved row. */
    private static final int TOTALS = 0;
    /** The row of {@code tails} in which results are put together. */
    private static final int RESULT = 0;
    /** So far apart are the totals kept where objects are large. */
    private static final int HEAVY_STEP = 32;

    private static final int RESERVED = 1;

    private final Lanes lanes;
    private final @Nullable Rows tails;
    private final int step;
    /** Rows before the cut. */
    private int older;

    private boolean stale;
    /** Whether the rows are not in the order of time: what depends on it is then put together from all of them. */
    private boolean shuffled;
    /** Bit by bit, of which lanes the result was put together since the rows last changed. */
    private long ready;

    RunningTotals(Lanes lanes) {
        super(lanes, RESERVED);
        this.lanes = lanes;
        this.tails = lanes.stacked().length == 0 ? null : new Rows(lanes, RESULT + 1);
        this.step = lanes.heavy() ? HEAVY_STEP : 1;
    }

    /** All totals anew, from the rows. */
    void settle() {
        clear(TOTALS);
        for (int i = 0; i < size(); i++) {
            for (int lane = 0; lane < lanes.count(); lane++) {
                if (lanes.lane(lane).subtracts()) {
                    lanes.lane(lane).merge(this, TOTALS, this, at(i));
                }
            }
        }
        older = 0;
        stale = true;
    }

    @Override
    void dropFirst(int count) {
        for (int i = 0; i < count; i++) {
            lanes.subtract(this, TOTALS, at(i));
        }
        super.dropFirst(count);
        ready = 0;
        if (count <= older) {
            older -= count;
        } else {
            older = 0;
            stale = true;
        }
    }

    /** Takes in an event that was added to the row of that index, which may have come in with it. */
    void add(int index, long timeMs, Values arguments) {
        stale |= index < older || !takesIn(timeMs);
        ready = 0;
        lanes.add(this, TOTALS, timeMs, arguments);
    }

    private boolean takesIn(long timeMs) {
        if (lanes.ordered()) {
            for (Lane lane : lanes.stacked()) {
                if (!lane.takesIn(this, TOTALS, timeMs)) {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * To be told after each change of the rows where these are in the order of arrival.
     *
     * @param inversions neighbours of which the later has the earlier time
     */
    void noteInversions(int inversions) {
        stale |= lanes.ordered() && (inversions > 0 || shuffled);
        shuffled = inversions > 0;
    }

    /** Total of a lane that can be subtracted. */
    long sum(LongSumLane lane) {
        return lane.longValue(this, TOTALS);
    }

    /** Where the total of a lane stands, until the rows change: in row 0 of the table given back. */
    Rows result(int number) {
        Lane lane = lanes.lane(number);
        if (tails == null || lane.subtracts()) {
            return this;
        }
        if (stale) {
            cut(tails);
        }
        long bit = 1L << number;
        if (number >= Long.SIZE || (ready & bit) == 0) {
            putTogether(lane, tails);
            ready |= number < Long.SIZE ? bit : 0;
        }
        return tails;
    }

    private void putTogether(Lane lane, Rows tails) {
        lane.clear(tails, RESULT);
        if (shuffled && lane.ordered()) {
            for (int i = 0; i < size(); i++) {
                lane.blend(tails, RESULT, this, at(i));
            }
            return;
        }
        int covered = older / step;
        for (int i = 0; i < older - covered * step; i++) {
            lane.merge(tails, RESULT, this, at(i));
        }
        if (covered > 0) {
            lane.merge(tails, RESULT, tails, tails.at(covered - 1));
        }
        lane.merge(tails, RESULT, this, TOTALS);
    }

    private void cut(Rows tails) {
        tails.dropFirst(tails.size());
        int covered = size() / 2 / step;
        older = covered * step;
        for (int i = 0; i < covered; i++) {
            tails.append(0);
        }
        for (Lane lane : lanes.stacked()) {
            for (int i = 0; i < covered; i++) {
                tail(lane, tails, i);
            }
            lane.clear(this, TOTALS);
            for (int i = older; i < size(); i++) {
                lane.blend(this, TOTALS, this, at(i));
            }
        }
        stale = false;
        ready = 0;
    }

    private void tail(Lane lane, Rows tails, int number) {
        int from = older - (number + 1) * step;
        int row = tails.at(number);
        for (int i = from; i < from + step; i++) {
            lane.merge(tails, row, this, at(i));
        }
        if (number > 0) {
            lane.merge(tails, row, tails, tails.at(number - 1));
        }
    }
}
