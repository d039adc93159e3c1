package dev.sluice.window;

import java.util.function.Consumer;

/** A sliding window: a pane for each time, or for each step of time, that has events; a pane bears the time of its newest. */
final class SlidingState extends KeptState {
    private final long sizeMs;
    private final long stepMs;
    private final long graceMs;
    /** The rows. */
    private final RunningTotals totals;

    private boolean on;
    private boolean touched;

    SlidingState(StateShape shape, WindowSpec.Sliding spec) {
        this(shape, spec, new RunningTotals(shape.lanes()));
    }

    private SlidingState(StateShape shape, WindowSpec.Sliding spec, RunningTotals totals) {
        super(shape, totals);
        this.sizeMs = spec.sizeMs();
        this.stepMs = Math.max(1, spec.resolutionMs());
        this.graceMs = shape.window().graceMs();
        this.totals = totals;
    }

    @Override
    public Admission add(long timeMs, long streamMs, long lateByMs, Values arguments) {
        touched = false;
        if (timeMs <= lateByMs - sizeMs - graceMs) {
            return Admission.LATE;
        }
        long newest = Math.max(newestMs, timeMs);
        if (timeMs > newest - sizeMs) {
            enter(timeMs, newest, arguments);
        }
        return Admission.ADMITTED;
    }

    private void enter(long timeMs, long newest, Values arguments) {
        int leaving = upTo(newest - sizeMs);
        if (isWide(arguments)) {
            demandSums(leaving, arguments);
        }
        if (leaving > 0) {
            totals.dropFirst(leaving);
        }
        on &= rows.size() > 0;
        int index = pane(timeMs);
        lanes.add(rows, rows.at(index), timeMs, arguments);
        totals.add(index, timeMs, arguments);
        newestMs = newest;
        touched = true;
    }

    /** How many panes are not younger than a time. */
    private int upTo(long timeMs) {
        int count = 0;
        while (count < rows.size() && rows.time(rows.at(count)) <= timeMs) {
            count++;
        }
        return count;
    }

    private int pane(long timeMs) {
        long step = Math.floorDiv(timeMs, stepMs);
        int index = rows.indexOf(step * stepMs);
        if (index == rows.size() || Math.floorDiv(rows.time(rows.at(index)), stepMs) != step) {
            rows.insert(index, timeMs);
        } else if (rows.time(rows.at(index)) < timeMs) {
            rows.setTime(rows.at(index), timeMs);
        }
        return index;
    }

    private void demandSums(int leaving, Values arguments) {
        for (LongSumLane lane : lanes.sums()) {
            WideSum sum = lane.trial(arguments);
            sum.add(totals.sum(lane));
            for (int i = 0; i < leaving; i++) {
                sum.subtract(lane.longValue(rows, rows.at(i)));
            }
            lane.demandFits(sum);
        }
    }

    @Override
    public void visitTouched(Consumer<WindowView> visitor) {
        if (touched) {
            visitor.accept(new View());
        }
    }

    @Override
    public void visitNewest(Consumer<WindowView> visitor) {
        if (rows.size() > 0) {
            visitor.accept(new View());
        }
    }

    @Override
    public void visitClosed(long streamMs, Consumer<WindowView> visitor) {}

    @Override
    public long nextCloseMs() {
        return Long.MAX_VALUE;
    }

    /**
     * An event that is not late is younger than {@code streamMs - sizeMs - graceMs}, and its window reaches back by another
     * {@code sizeMs}. All panes go together, so that none is missed that a larger window would hold after a change.
     */
    @Override
    public boolean expire(long streamMs) {
        if (newestMs <= streamMs - graceMs - 2 * sizeMs && rows.size() > 0) {
            touched = false;
            totals.dropFirst(rows.size());
        }
        return rows.size() == 0;
    }

    @Override
    void writeWindows(ByteOut out) {
        out.oneByte(on ? 1 : 0);
        writeRows(out);
    }

    @Override
    void readWindows(ByteIn in) {
        on = in.oneByte() == 1;
        readRows(in);
        totals.settle();
    }

    @Override
    void adopt(KeptState other, int otherRow, Rows columns) {
        int row = rows.at(pane(columns.time(0)));
        lanes.blend(rows, row, columns, 0);
        noticeWide(row);
    }

    @Override
    void settle(KeptState other) {
        on = other instanceof SlidingState sliding && sliding.on;
        rows.dropFirst(upTo(newestMs - sizeMs));
        totals.settle();
    }

    private final class View extends TotalsView {
        View() {
            super(lanes, totals);
        }

        @Override
        public long startMs() {
            return newestMs - sizeMs + 1;
        }

        @Override
        public long endMs() {
            return newestMs + 1;
        }

        @Override
        public boolean isSet() {
            return on;
        }

        @Override
        public void set(boolean on) {
            SlidingState.this.on = on;
        }
    }
}
