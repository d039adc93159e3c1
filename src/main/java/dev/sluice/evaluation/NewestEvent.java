package dev.sluice.evaluation;

import dev.sluice.window.KeyState;
import org.jspecify.annotations.Nullable;

/**
 * What a state remembers of the newest event of its key, as its note: where it stands, its key, and whether the silence
 * since was reported.
 *
 * <p>As text {@code POSITION} or {@code POSITION KEY}, with {@code !} before it once the silence was reported. No position
 * holds a blank.
 */
record NewestEvent(String position, @Nullable String key) {
    private static final char REPORTED = '!';

    static NewestEvent of(KeyState state) {
        String note = state.note();
        int from = isReported(state) ? 1 : 0;
        int blank = note.indexOf(' ');
        return blank < 0
                ? new NewestEvent(note.substring(from), null)
                : new NewestEvent(note.substring(from, blank), note.substring(blank + 1));
    }

    static boolean isReported(KeyState state) {
        String note = state.note();
        return !note.isEmpty() && note.charAt(0) == REPORTED;
    }

    static void remember(Moment moment, KeyState state) {
        String key = moment.key();
        state.setNote(key == null ? moment.position() : moment.position() + " " + key);
    }

    static void report(KeyState state) {
        if (!isReported(state)) {
            state.setNote(REPORTED + state.note());
        }
    }

    Moment moment(long eventMs, long streamMs) {
        return new Moment.At(eventMs, streamMs, key, position);
    }
}
