package dev.sluice.window;

import java.util.function.Consumer;

/** A window of the last events: a pane an event, in the order of arrival. */
final class CountState extends KeptState {
    private final int events;
    /** The rows. */
    private final RunningTotals totals;

    private boolean on;
    /** Neighbours of which the later has the earlier time. */
    private int inversions;
    /** Events to come until the window is exact. */
    private int missing;

    CountState(StateShape shape, WindowSpec.Count spec) {
        this(shape, spec, new RunningTotals(shape.lanes()));
    }

    private CountState(StateShape shape, WindowSpec.Count spec, RunningTotals totals) {
        super(shape, totals);
        this.events = spec.events();
        this.totals = totals;
    }

    @Override
    public Admission add(long timeMs, long streamMs, long lateByMs, Values arguments) {
        boolean full = rows.size() == events;
        if (isWide(arguments)) {
            demandSums(full ? 1 : 0, arguments);
        }
        if (full) {
            inversions -= inverted(1);
            totals.dropFirst(1);
        }
        lanes.add(rows, rows.append(timeMs), timeMs, arguments);
        inversions += inverted(rows.size() - 1);
        totals.add(rows.size() - 1, timeMs, arguments);
        totals.noteInversions(inversions);
        newestMs = Math.max(newestMs, timeMs);
        if (missing > 0 && --missing == 0) {
            setExactFromMs(newestMs);
        }
        return Admission.ADMITTED;
    }

    /** 1 if the row of an index has an earlier time than the one before it. */
    private int inverted(int index) {
        boolean both = index > 0 && index < rows.size();
        return both && rows.time(rows.at(index)) < rows.time(rows.at(index - 1)) ? 1 : 0;
    }

    private void demandSums(int leaving, Values arguments) {
        for (LongSumLane lane : lanes.sums()) {
            WideSum sum = lane.trial(arguments);
            sum.add(totals.sum(lane));
            if (leaving > 0) {
                sum.subtract(lane.longValue(rows, rows.at(0)));
            }
            lane.demandFits(sum);
        }
    }

    /** The window is not whole before so many further events at least. */
    void expectEvents(int count) {
        missing = Math.max(missing, count);
    }

    @Override
    public long exactFromMs() {
        return missing > 0 ? Long.MAX_VALUE : super.exactFromMs();
    }

    @Override
    public void visitTouched(Consumer<WindowView> visitor) {
        if (rows.size() > 0) {
            visitor.accept(new View());
        }
    }

    @Override
    public void visitNewest(Consumer<WindowView> visitor) {
        visitTouched(visitor);
    }

    @Override
    public void visitClosed(long streamMs, Consumer<WindowView> visitor) {}

    @Override
    public long nextCloseMs() {
        return Long.MAX_VALUE;
    }

    @Override
    public boolean expire(long streamMs) {
        return rows.size() == 0;
    }

    @Override
    void writeWindows(ByteOut out) {
        out.oneByte(on ? 1 : 0);
        out.unsigned(missing);
        writeRows(out);
    }

    @Override
    void readWindows(ByteIn in) {
        on = in.oneByte() == 1;
        missing = (int) in.unsigned();
        readRows(in);
        derive();
    }

    private void derive() {
        inversions = 0;
        for (int i = 1; i < rows.size(); i++) {
            inversions += inverted(i);
        }
        totals.settle();
        totals.noteInversions(inversions);
    }

    @Override
    void adopt(KeptState other, int otherRow, Rows columns) {
        int row = rows.append(columns.time(0));
        lanes.blend(rows, row, columns, 0);
        noticeWide(row);
    }

    @Override
    void settle(KeptState other) {
        if (other instanceof CountState count) {
            on = count.on;
            missing = Math.min(count.missing, events);
        }
        rows.dropFirst(Math.max(0, rows.size() - events));
        derive();
    }

    private final class View extends TotalsView {
        View() {
            super(lanes, totals);
        }

        @Override
        public long startMs() {
            long start = rows.time(rows.at(0));
            for (int i = 1; inversions > 0 && i < rows.size(); i++) {
                start = Math.min(start, rows.time(rows.at(i)));
            }
            return start;
        }

        @Override
        public long endMs() {
            long end = rows.time(rows.at(rows.size() - 1));
            for (int i = 0; inversions > 0 && i < rows.size(); i++) {
                end = Math.max(end, rows.time(rows.at(i)));
            }
            return end + 1;
        }

        @Override
        public boolean isSet() {
            return on;
        }

        @Override
        public void set(boolean on) {
            CountState.this.on = on;
        }
    }
}
