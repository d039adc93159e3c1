package dev.sluice.window;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;

/**
 * How the state of one rule is kept: its window and columns. Immutable; equal shapes read each other's bytes as they are,
 * others as far as the panes allow. The bytes of a state do not hold the shape that wrote them: keep it beside them.
 */
public final class StateShape {
    private static final int VERSION = 1;

    private final Window window;
    private final List<Column> columns;
    private final Lanes lanes;

    public StateShape(Window window, List<Column> columns) {
        this.window = window;
        this.columns = List.copyOf(columns);
        this.lanes = Lanes.of(this.columns, headerWords(window.spec()));
    }

    private static int headerWords(WindowSpec spec) {
        if (spec instanceof WindowSpec.Session) {
            return SessionState.HEADER;
        }
        boolean hasEnd = spec instanceof WindowSpec.Tumbling || spec instanceof WindowSpec.Hopping;
        return hasEnd ? AlignedState.HEADER : 1;
    }

    public Window window() {
        return window;
    }

    public List<Column> columns() {
        return columns;
    }

    Lanes lanes() {
        return lanes;
    }

    /** The state of a key without events. */
    public KeyState fresh() {
        return empty();
    }

    private KeptState empty() {
        WindowSpec spec = window.spec();
        if (spec instanceof WindowSpec.Tumbling tumbling) {
            return new AlignedState(this, tumbling.sizeMs(), tumbling.sizeMs());
        } else if (spec instanceof WindowSpec.Hopping hopping) {
            return new AlignedState(this, hopping.sizeMs(), hopping.everyMs());
        } else if (spec instanceof WindowSpec.Sliding sliding) {
            return new SlidingState(this, sliding);
        } else if (spec instanceof WindowSpec.Session session) {
            return new SessionState(this, session);
        }
        return new CountState(this, (WindowSpec.Count) spec);
    }

    /** State that an equal shape wrote. */
    public KeyState read(byte[] bytes) {
        return read(bytes, this);
    }

    /**
     * State that a shape wrote, this one or another: then with what {@link Migration} says.
     *
     * @param writer of the bytes
     * @throws IllegalArgumentException when the bytes are no state of the writer, or one that this shape cannot go on with
     */
    public KeyState read(byte[] bytes, StateShape writer) {
        KeptState written = writer.written(bytes);
        if (writer.equals(this)) {
            return written;
        }
        Migration migration = Migration.between(writer, this);
        if (migration.outcome() == Migration.Outcome.RESET) {
            throw new IllegalArgumentException("state of " + writer + " cannot go on as " + this);
        }
        KeptState state = empty();
        new Transfer(written, state).run(migration);
        return state;
    }

    private KeptState written(byte[] bytes) {
        KeptState state = empty();
        try {
            state.read(new ByteIn(bytes));
        } catch (ClassCastException | DateTimeException | ArithmeticException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException(bytes.length + " bytes are no state of " + this, e);
        }
        return state;
    }

    /** The shape itself, for {@link #parse}. */
    public byte[] write() {
        ByteOut out = new ByteOut();
        out.oneByte(VERSION);
        ShapeBytes.write(out, window);
        out.unsigned(columns.size());
        columns.forEach(column -> ShapeBytes.write(out, column));
        return out.toBytes();
    }

    /**
     * What {@link #write} gave.
     *
     * @throws IllegalArgumentException when the bytes are no shape
     */
    public static StateShape parse(byte[] bytes) {
        ByteIn in = new ByteIn(bytes);
        int version = in.oneByte();
        if (version != VERSION) {
            throw new IllegalArgumentException("a shape of version " + version + " cannot be read, only " + VERSION);
        }
        Window window = ShapeBytes.window(in);
        int count = in.count();
        List<Column> columns = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            columns.add(ShapeBytes.column(in));
        }
        in.demandEnd();
        return new StateShape(window, columns);
    }

    /** Greatest number that divides both. */
    static long gcd(long one, long other) {
        return other == 0 ? one : gcd(other, one % other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StateShape that && window.equals(that.window) && columns.equals(that.columns);
    }

    @Override
    public int hashCode() {
        return 31 * window.hashCode() + columns.hashCode();
    }

    @Override
    public String toString() {
        return window + " " + columns;
    }
}
