package dev.sluice.window;

import java.util.function.Consumer;

/**
 * The windows of one rule for one key. Mutable; confined to one thread.
 *
 * <p>An event is added, then the windows that hold it are visited. Stream time is the greatest event time of the task so
 * far, the event at hand included; it does not go back. A window is past once stream time is beyond its end by the grace:
 * tumbling and hopping windows at {@code end + grace}, sessions one past {@code newest event + gap + grace}. Windows that
 * are past at the stream time of a call are gone after it: to see them call {@link #visitClosed} with that time before
 * {@link #add}.
 */
public interface KeyState {

    /** What became of an event. */
    enum Admission {
        ADMITTED,
        /** All windows that would hold it are past, grace included. It changed nothing. */
        LATE
    }

    /**
     * Adds an event.
     *
     * <p>Late is, with {@code s} for stream time: of tumbling and hopping windows an event of which all windows have {@code
     * end + grace <= s}; of sliding ones {@code time <= s - size - grace}; of sessions {@code time <= s - gap - grace}. An
     * event that is not late but older than the sliding window of its key is admitted and touches no window.
     *
     * @param lateByMs the stream time by which lateness is told, not before {@code streamMs}: where the events of several
     *     sources come together, each is late only by its own source
     * @param arguments one a column; of a COUNT a value that is neither null nor false is counted: {@code true} for events
     * @throws ArithmeticException when the sum of a window would leave its range; then no window changed
     */
    Admission add(long timeMs, long streamMs, long lateByMs, Values arguments);

    /** {@link #add(long, long, long, Values)} where one stream time is for all. */
    default Admission add(long timeMs, long streamMs, Values arguments) {
        return add(timeMs, streamMs, streamMs, arguments);
    }

    /** Shows each window that holds the event just added, the earliest first. */
    void visitTouched(Consumer<WindowView> visitor);

    /** Shows each window that holds the newest event of the key and is kept still, the earliest first. */
    void visitNewest(Consumer<WindowView> visitor);

    /**
     * Shows each window that came to its end, grace included, at or before the given stream time and was not shown yet, the
     * earliest first. Only tumbling, hopping and session windows end.
     */
    void visitClosed(long streamMs, Consumer<WindowView> visitor);

    /** Stream time at which {@link #visitClosed} has something to show; {@link Long#MAX_VALUE} for never. */
    long nextCloseMs();

    /**
     * Drops what no window can need at the given stream time. True when nothing is left but time of emission and note. A
     * sliding window keeps its panes until its newest event is past by twice its size and the grace: an event that is almost
     * late looks back from there. A count window keeps its events for good.
     */
    boolean expire(long streamMs);

    /** Greatest event time that was admitted. */
    long newestMs();

    /** Event time of the last emission, for a cooldown; {@link Long#MIN_VALUE} for none. */
    long emittedMs();

    void setEmittedMs(long timeMs);

    /** What was last kept with {@link #setNote}; empty for nothing. */
    String note();

    /** Keeps a short text with the key, such as where its newest event stands. */
    void setNote(String note);

    /**
     * Every window that ends later than this is exact, as far as the state knows; of sessions every one that begins later.
     * {@link Long#MIN_VALUE} for always; {@link Long#MAX_VALUE} when only further events can tell, as for a count window.
     */
    long exactFromMs();

    /** Adds all of it but the shape to bytes, for {@link StateShape#read(byte[], StateShape)}. */
    void write(ByteOut out);

    /** The same alone. */
    default byte[] write() {
        ByteOut out = new ByteOut();
        write(out);
        return out.toBytes();
    }

    /** Bytes that {@link #write} would give, roughly and cheaply. */
    int sizeBytes();
}
