package dev.sluice.evaluation;

import org.jspecify.annotations.Nullable;

/**
 * What windows add to the place of a match: which of several windows that one event was in, and, of a match that the passing
 * of time made, the key and the time.
 *
 * @param marks {@code @START_MS} for each tumbling or hopping window on the way; empty for none
 * @param key text of the group key whose time passed; null where an event made the match
 * @param moment that of the window's end or of the silence; null where an event made the match: then it is the event's
 */
public record Occasion(
        String marks, @Nullable String key, @Nullable Moment moment) {
    /** An event that no window had to be told apart for. */
    public static final Occasion EVENT = new Occasion("", null, null);

    /** Further on the way, in the window with that start. */
    Occasion in(long startMs) {
        return new Occasion(marks + "@" + startMs, key, moment);
    }

    /** Time that passed for a key. */
    static Occasion passed(long markMs, String key, Moment moment) {
        return new Occasion("@" + markMs, key, moment);
    }
}
