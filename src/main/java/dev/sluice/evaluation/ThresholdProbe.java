package dev.sluice.evaluation;

import dev.sluice.rule.Event;
import dev.sluice.rule.Ranks;

/**
 * Rules that a threshold on one number field decides, as one object and one array: each of many values leads to thresholds
 * elsewhere in memory, and every object on the way to them is waited for. Immutable.
 */
final class ThresholdProbe extends Probe {
    private final RangePart part;
    private final int position;
    private final long turn;
    private final long least;
    private final long shared;
    private final long[] keysAndSlots;

    /**
     * The way through {@code part} when all of it are these items, with nothing left to check.
     *
     * @param position of the field
     * @param turn 0 for lower bounds, -1 for upper ones, whose complements are the keys
     */
    ThresholdProbe(RangePart part, int position, SortedItems items, long turn) {
        this.part = part;
        this.position = position;
        this.turn = turn;
        this.keysAndSlots = items.keysAndSlots();
        this.least = keysAndSlots[0];
        this.shared = items.shared();
    }

    @Override
    void offer(Event event, Hits hits) {
        long rank;
        if (event.isDouble(position)) {
            rank = Ranks.ofDouble(event.doubleValue(position));
        } else if (event.isLong(position)) {
            rank = event.longValue(position);
        } else {
            part.offer(event, hits);
            return;
        }
        long key = rank ^ turn;
        if (key < least || key > shared) {
            return;
        }
        long[] pairs = keysAndSlots;
        for (int i = 0; i < pairs.length && pairs[i] <= key; i += 2) {
            hits.hit((int) pairs[i + 1]);
        }
    }
}
