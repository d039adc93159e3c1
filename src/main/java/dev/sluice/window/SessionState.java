package dev.sluice.window;

import java.util.function.Consumer;

/**
 * Sessions: a row each, which bears the time of its first event; then the time of its last and its bit. A session takes
 * events up to its last one's time and the gap, and is past once stream time is beyond that by the grace: a session that
 * is past takes no more, and an event that would have reached it begins another.
 */
final class SessionState extends KeptState {
    static final int HEADER = 3;
    private static final int LAST = 1;
    private static final int ON = 2;

    private final long gapMs;
    private final long graceMs;
    private int touched = -1;

    SessionState(StateShape shape, WindowSpec.Session spec) {
        super(shape, new Rows(shape.lanes(), 0));
        this.gapMs = spec.gapMs();
        this.graceMs = shape.window().graceMs();
    }

    @Override
    public Admission add(long timeMs, long streamMs, long lateByMs, Values arguments) {
        pass(streamMs);
        if (timeMs <= lateByMs - gapMs - graceMs) {
            return Admission.LATE;
        }
        int end = rows.indexOf(timeMs + gapMs + 1);
        int begin = end;
        while (begin > 0 && last(rows.at(begin - 1)) >= timeMs - gapMs) {
            begin--;
        }
        if (isWide(arguments)) {
            demandSums(begin, end, arguments);
        }
        int row = begin == end ? open(begin, timeMs) : join(begin, end);
        rows.setTime(row, Math.min(rows.time(row), timeMs));
        setLast(row, Math.max(last(row), timeMs));
        lanes.add(rows, row, timeMs, arguments);
        newestMs = Math.max(newestMs, timeMs);
        touched = begin;
        return Admission.ADMITTED;
    }

    private int open(int index, long timeMs) {
        int row = rows.insert(index, timeMs);
        setLast(row, timeMs);
        return row;
    }

    /** Makes one session of those from an index to another. */
    private int join(int begin, int end) {
        int row = rows.at(begin);
        for (int i = begin + 1; i < end; i++) {
            int next = rows.at(begin + 1);
            setLast(row, last(next));
            rows.words[row * rows.width + ON] |= rows.words[next * rows.width + ON];
            lanes.blend(rows, row, rows, next);
            rows.remove(begin + 1);
        }
        return row;
    }

    private void demandSums(int begin, int end, Values arguments) {
        for (LongSumLane lane : lanes.sums()) {
            WideSum sum = lane.trial(arguments);
            for (int i = begin; i < end; i++) {
                sum.add(lane.longValue(rows, rows.at(i)));
            }
            lane.demandFits(sum);
        }
    }

    /** Drops the sessions that are past. */
    private void pass(long streamMs) {
        touched = -1;
        int past = 0;
        while (past < rows.size() && closeMs(rows.at(past)) <= streamMs) {
            past++;
        }
        if (past > 0) {
            rows.dropFirst(past);
        }
    }

    private long closeMs(int row) {
        return last(row) + gapMs + graceMs + 1;
    }

    private long last(int row) {
        return rows.words[row * rows.width + LAST];
    }

    private void setLast(int row, long timeMs) {
        rows.words[row * rows.width + LAST] = timeMs;
    }

    private boolean isOn(int row) {
        return rows.words[row * rows.width + ON] == 1;
    }

    @Override
    public void visitTouched(Consumer<WindowView> visitor) {
        if (touched >= 0) {
            View view = new View();
            view.row = rows.at(touched);
            visitor.accept(view);
        }
    }

    @Override
    public void visitNewest(Consumer<WindowView> visitor) {
        int row = rows.size() == 0 ? -1 : rows.at(rows.size() - 1);
        if (row >= 0 && last(row) == newestMs) {
            View view = new View();
            view.row = row;
            visitor.accept(view);
        }
    }

    @Override
    public void visitClosed(long streamMs, Consumer<WindowView> visitor) {
        View view = new View();
        for (int i = 0; i < rows.size() && closeMs(rows.at(i)) <= streamMs; i++) {
            view.row = rows.at(i);
            visitor.accept(view);
        }
        pass(streamMs);
    }

    @Override
    public long nextCloseMs() {
        return rows.size() == 0 ? Long.MAX_VALUE : closeMs(rows.at(0));
    }

    @Override
    public boolean expire(long streamMs) {
        pass(streamMs);
        return rows.size() == 0;
    }

    @Override
    void writeWindows(ByteOut out) {
        writeRows(out);
        for (int i = 0; i < rows.size(); i++) {
            int row = rows.at(i);
            out.unsigned(((last(row) - rows.time(row)) << 1) | (isOn(row) ? 1 : 0));
        }
    }

    @Override
    void readWindows(ByteIn in) {
        readRows(in);
        for (int i = 0; i < rows.size(); i++) {
            int row = rows.at(i);
            long written = in.unsigned();
            setLast(row, rows.time(row) + (written >>> 1));
            rows.words[row * rows.width + ON] = written & 1;
        }
    }

    @Override
    void adopt(KeptState other, int otherRow, Rows columns) {
        SessionState sessions = (SessionState) other;
        int row = rows.append(columns.time(0));
        setLast(row, sessions.last(otherRow));
        rows.words[row * rows.width + ON] = sessions.isOn(otherRow) ? 1 : 0;
        lanes.blend(rows, row, columns, 0);
        int before = rows.size() - 2;
        if (before >= 0 && columns.time(0) - last(rows.at(before)) <= gapMs) {
            row = join(before, rows.size());
        }
        noticeWide(row);
    }

    @Override
    void settle(KeptState other) {}

    private final class View extends RowView {
        View() {
            super(lanes, SessionState.this.rows);
        }

        @Override
        public long startMs() {
            return rows.time(row);
        }

        @Override
        public long endMs() {
            return last(row) + 1;
        }

        @Override
        public boolean isSet() {
            return isOn(row);
        }

        @Override
        public void set(boolean on) {
            rows.words[row * rows.width + ON] = on ? 1 : 0;
        }
    }
}
