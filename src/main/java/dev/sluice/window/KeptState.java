package dev.sluice.window;

/** What the states of all windows have in common: the facts about the key, and their bytes. */
abstract sealed class KeptState implements KeyState permits AlignedState, SlidingState, SessionState, CountState {
    private static final int VERSION = 1;
    private static final int FACTS_BYTES = 16;
    /** So many panes are looked at to tell the size of all. */
    private static final int SAMPLE = 8;

    final StateShape shape;
    final Lanes lanes;
    /** The panes. */
    final Rows rows;

    long newestMs = Long.MIN_VALUE;
    private long emittedMs = Long.MIN_VALUE;
    private long exactFromMs = Long.MIN_VALUE;
    private String note = "";
    /** Whether a value so large was added that sums have to be watched. */
    private boolean wide;

    KeptState(StateShape shape, Rows rows) {
        this.shape = shape;
        this.lanes = shape.lanes();
        this.rows = rows;
    }

    /** Whether sums may leave their range with this event. */
    final boolean isWide(Values arguments) {
        wide |= lanes.isWide(arguments);
        return wide;
    }

    final void noticeWide(int row) {
        wide |= lanes.isWide(rows, row);
    }

    @Override
    public final long newestMs() {
        return newestMs;
    }

    @Override
    public final long emittedMs() {
        return emittedMs;
    }

    @Override
    public final void setEmittedMs(long timeMs) {
        emittedMs = timeMs;
    }

    @Override
    public final String note() {
        return note;
    }

    @Override
    public final void setNote(String note) {
        this.note = note;
    }

    @Override
    public long exactFromMs() {
        return exactFromMs;
    }

    final void setExactFromMs(long timeMs) {
        exactFromMs = timeMs;
    }

    /** The time back from which panes are kept, in stream time where they are dropped by it. */
    long knownUntilMs() {
        return newestMs;
    }

    final void takeFacts(KeptState other) {
        newestMs = other.newestMs;
        emittedMs = other.emittedMs;
        exactFromMs = other.exactFromMs;
        note = other.note;
    }

    @Override
    public final void write(ByteOut out) {
        out.oneByte(VERSION);
        out.signed(newestMs);
        writeFact(out, emittedMs);
        writeFact(out, exactFromMs);
        out.text(note);
        writeWindows(out);
    }

    final void read(ByteIn in) {
        int version = in.oneByte();
        if (version != VERSION) {
            throw new IllegalArgumentException("state of version " + version + " cannot be read, only " + VERSION);
        }
        newestMs = in.signed();
        emittedMs = readFact(in);
        exactFromMs = readFact(in);
        note = in.text();
        readWindows(in);
        in.demandEnd();
    }

    /** A time that is rarely set: one byte if not. */
    private void writeFact(ByteOut out, long timeMs) {
        out.oneByte(timeMs == Long.MIN_VALUE ? 0 : 1);
        if (timeMs != Long.MIN_VALUE) {
            out.signed(timeMs - newestMs);
        }
    }

    private long readFact(ByteIn in) {
        return in.oneByte() == 0 ? Long.MIN_VALUE : newestMs + in.signed();
    }

    abstract void writeWindows(ByteOut out);

    abstract void readWindows(ByteIn in);

    /**
     * Goes on with a row of another state. The rows come in their order, then {@link #settle}.
     *
     * @param columns has the time of that row and what goes on of its columns, in lanes of this state, as row 0
     */
    abstract void adopt(KeptState other, int otherRow, Rows columns);

    /** Makes what is derived from the rows, after all were adopted. */
    abstract void settle(KeptState other);

    /** Writes the times of the rows, each as its distance from the one before, and their lanes. */
    final void writeRows(ByteOut out) {
        out.unsigned(rows.size());
        long before = newestMs;
        for (int i = 0; i < rows.size(); i++) {
            int row = rows.at(i);
            out.signed(rows.time(row) - before);
            before = rows.time(row);
            lanes.write(out, rows, row);
        }
    }

    final void readRows(ByteIn in) {
        int count = in.count();
        long before = newestMs;
        for (int i = 0; i < count; i++) {
            before += in.signed();
            int row = rows.append(before);
            lanes.read(in, rows, row);
            noticeWide(row);
        }
    }

    @Override
    public final int sizeBytes() {
        int bytes = FACTS_BYTES + note.length();
        int sampled = Math.min(rows.size(), SAMPLE);
        int panes = 0;
        for (int i = 0; i < sampled; i++) {
            panes += 2 + lanes.sizeBytes(rows, rows.at(rows.size() - 1 - i));
        }
        return sampled == 0 ? bytes : bytes + (int) ((long) panes * rows.size() / sampled);
    }
}
