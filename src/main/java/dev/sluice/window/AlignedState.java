package dev.sluice.window;

import java.util.function.Consumer;

/**
 * Tumbling and hopping windows. Panes are as long as the distance of bounds of windows: of tumbling windows they are the
 * windows; of hopping ones the windows that are open have rows of their own, made from the panes. The second word of a row
 * is the bit of the window.
 */
final class AlignedState extends KeptState {
    static final int HEADER = 2;
    private static final int ON = 1;

    private final long sizeMs;
    private final long everyMs;
    private final long paneMs;
    private final long graceMs;
    /** One a window that has an event and is not past, by start. */
    private final Rows windows;
    /** Windows that ended, grace included, at or before this are past. */
    private long passedMs = Long.MIN_VALUE;

    private int touched;
    private int touchedCount;

    AlignedState(StateShape shape, long sizeMs, long everyMs) {
        super(shape, new Rows(shape.lanes(), 0));
        this.sizeMs = sizeMs;
        this.everyMs = everyMs;
        this.paneMs = StateShape.gcd(sizeMs, everyMs);
        this.graceMs = shape.window().graceMs();
        this.windows = isTumbling() ? rows : new Rows(lanes, 0);
    }

    private boolean isTumbling() {
        return sizeMs == everyMs;
    }

    @Override
    public Admission add(long timeMs, long streamMs, long lateByMs, Values arguments) {
        pass(streamMs);
        long last = Math.floorDiv(timeMs, everyMs) * everyMs;
        long first = Math.max(firstAfter(timeMs - sizeMs), firstAfter(passedMs - sizeMs - graceMs));
        if (first > last || closeMs(timeMs) <= lateByMs) {
            return Admission.LATE;
        }
        if (isWide(arguments)) {
            demandSums(first, last, arguments);
        }
        touched = windows.indexOf(first);
        touchedCount = (int) ((last - first) / everyMs) + 1;
        for (int i = 0; i < touchedCount; i++) {
            int row = rowOf(windows, touched + i, first + i * everyMs);
            lanes.add(windows, row, timeMs, arguments);
        }
        if (!isTumbling()) {
            long start = Math.floorDiv(timeMs, paneMs) * paneMs;
            lanes.add(rows, rowOf(rows, rows.indexOf(start), start), timeMs, arguments);
        }
        newestMs = Math.max(newestMs, timeMs);
        return Admission.ADMITTED;
    }

    /** Start of the first window that starts after a time. */
    private long firstAfter(long timeMs) {
        return Math.floorDiv(timeMs, everyMs) * everyMs + everyMs;
    }

    private static int rowOf(Rows rows, int index, long startMs) {
        boolean found = index < rows.size() && rows.time(rows.at(index)) == startMs;
        return found ? rows.at(index) : rows.insert(index, startMs);
    }

    private void demandSums(long first, long last, Values arguments) {
        for (LongSumLane lane : lanes.sums()) {
            for (int i = windows.indexOf(first); i < windows.size() && windows.time(windows.at(i)) <= last; i++) {
                WideSum sum = lane.trial(arguments);
                sum.add(lane.longValue(windows, windows.at(i)));
                lane.demandFits(sum);
            }
        }
    }

    /** Drops the windows that are past at a stream time, and panes that none of the others holds. */
    private void pass(long streamMs) {
        touchedCount = 0;
        if (streamMs <= passedMs) {
            return;
        }
        passedMs = streamMs;
        dropPast(windows);
        if (!isTumbling()) {
            dropPast(rows);
        }
    }

    private void dropPast(Rows starts) {
        int past = 0;
        while (past < starts.size() && closeMs(starts.time(starts.at(past))) <= passedMs) {
            past++;
        }
        if (past > 0) {
            starts.dropFirst(past);
        }
    }

    /** When the last window is past that holds an instant. */
    private long closeMs(long timeMs) {
        return Math.floorDiv(timeMs, everyMs) * everyMs + sizeMs + graceMs;
    }

    @Override
    long knownUntilMs() {
        return Math.max(newestMs, passedMs);
    }

    @Override
    public void visitTouched(Consumer<WindowView> visitor) {
        View view = new View();
        for (int i = 0; i < touchedCount; i++) {
            view.row = windows.at(touched + i);
            visitor.accept(view);
        }
    }

    @Override
    public void visitNewest(Consumer<WindowView> visitor) {
        View view = new View();
        for (int i = 0; i < windows.size(); i++) {
            view.row = windows.at(i);
            if (view.startMs() <= newestMs && newestMs < view.endMs()) {
                visitor.accept(view);
            }
        }
    }

    @Override
    public void visitClosed(long streamMs, Consumer<WindowView> visitor) {
        View view = new View();
        for (int i = 0; i < windows.size() && closeMs(windows.time(windows.at(i))) <= streamMs; i++) {
            view.row = windows.at(i);
            visitor.accept(view);
        }
        pass(streamMs);
    }

    @Override
    public long nextCloseMs() {
        return windows.size() == 0 ? Long.MAX_VALUE : closeMs(windows.time(windows.at(0)));
    }

    @Override
    public boolean expire(long streamMs) {
        pass(streamMs);
        return windows.size() == 0;
    }

    @Override
    void writeWindows(ByteOut out) {
        out.signed(passedMs - newestMs);
        writeRows(out);
        for (int i = 0; i < windows.size(); i++) {
            if (isOn(windows.at(i))) {
                out.oneByte(1);
                out.signed(windows.time(windows.at(i)) - newestMs);
            }
        }
        out.oneByte(0);
    }

    @Override
    void readWindows(ByteIn in) {
        passedMs = newestMs + in.signed();
        readRows(in);
        derive();
        while (in.oneByte() == 1) {
            setOn(newestMs + in.signed());
        }
    }

    private void setOn(long startMs) {
        int index = windows.indexOf(startMs);
        if (index < windows.size() && windows.time(windows.at(index)) == startMs) {
            windows.words[windows.at(index) * windows.width + ON] = 1;
        }
    }

    private boolean isOn(int row) {
        return windows.words[row * windows.width + ON] == 1;
    }

    /** Makes the open windows of the panes. */
    private void derive() {
        for (int i = 0; !isTumbling() && i < rows.size(); i++) {
            int pane = rows.at(i);
            long time = rows.time(pane);
            long last = Math.floorDiv(time, everyMs) * everyMs;
            long start = Math.max(firstAfter(time - sizeMs), firstAfter(passedMs - sizeMs - graceMs));
            for (; start <= last; start += everyMs) {
                lanes.blend(windows, rowOf(windows, windows.indexOf(start), start), rows, pane);
            }
        }
    }

    @Override
    void adopt(KeptState other, int otherRow, Rows columns) {
        long start = Math.floorDiv(columns.time(0), paneMs) * paneMs;
        int row = rowOf(rows, rows.indexOf(start), start);
        lanes.blend(rows, row, columns, 0);
        noticeWide(row);
    }

    /** What was past by the old grace is past by the new. */
    @Override
    void settle(KeptState other) {
        passedMs = newestMs;
        if (other instanceof AlignedState aligned) {
            passedMs = aligned.passedMs + graceMs - aligned.graceMs;
        }
        dropPast(rows);
        derive();
        if (other instanceof AlignedState same && same.sizeMs == sizeMs && same.everyMs == everyMs) {
            for (int i = 0; i < same.windows.size(); i++) {
                if (same.isOn(same.windows.at(i))) {
                    setOn(same.windows.time(same.windows.at(i)));
                }
            }
        }
    }

    private final class View extends RowView {
        View() {
            super(lanes, windows);
        }

        @Override
        public long startMs() {
            return rows.time(row);
        }

        @Override
        public long endMs() {
            return rows.time(row) + sizeMs;
        }

        @Override
        public boolean isSet() {
            return isOn(row);
        }

        @Override
        public void set(boolean on) {
            windows.words[row * windows.width + ON] = on ? 1 : 0;
        }
    }
}
