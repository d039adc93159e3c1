package dev.sluice.window;

/**
 * One window of one key as it is now: its bounds and the result of each column, by the column's number. Good only during
 * the visit that shows it.
 */
public interface WindowView extends Values {

    /** First instant of the window, in milliseconds since the epoch; of a count window the time of its oldest event. */
    long startMs();

    /** First instant after the window; of a session and a count window one past its newest event. */
    long endMs();

    /**
     * What was last set with {@link #set}; false for a new window. A sliding or count window is one that goes on; a sliding
     * one is new when all events before have left it.
     */
    boolean isSet();

    /** Keeps a bit with the window: whether its condition was true when it was last looked at. */
    void set(boolean on);
}
