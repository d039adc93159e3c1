package dev.sluice.window;

/**
 * What becomes of the state of one shape under another: a decision on the two shapes alone, the same that {@link
 * StateShape#read(byte[], StateShape)} carries out.
 *
 * @param outcome what becomes of it
 * @param exactAfterMs for {@link Outcome#EXACT_LATER}: every window that ends so long after the newest event before the
 *     change is exact, in milliseconds; 0 where the reason names what it waits for; else 0
 * @param reason in a few words, for authors; empty for {@link Outcome#KEPT}
 */
public record Migration(Outcome outcome, long exactAfterMs, String reason) {
    private static final Migration KEPT = new Migration(Outcome.KEPT, 0, "");

    /** What becomes of state. */
    public enum Outcome {
        /** It goes on, exact at once. */
        KEPT,
        /** It goes on; windows that reach back before the change are not whole. */
        EXACT_LATER,
        /** It cannot be used: the rule begins anew. */
        RESET
    }

    public static Migration between(StateShape before, StateShape after) {
        Migration window = WindowChange.between(before.window(), after.window());
        boolean added = !before.columns().containsAll(after.columns());
        return window.outcome() == Outcome.RESET || !added
                ? window
                : window.with(columnsAdded(after.window().spec()));
    }

    private static Migration columnsAdded(WindowSpec spec) {
        if (spec instanceof WindowSpec.Session) {
            return later(0, "aggregates were added: exact in sessions that begin after the change");
        } else if (spec instanceof WindowSpec.Count count) {
            return later(0, "aggregates were added: exact after " + count.events() + " further events of a key");
        }
        return later(WindowChange.sizeMs(spec), "aggregates were added");
    }

    /** Both changes at once. */
    private Migration with(Migration other) {
        if (outcome == Outcome.KEPT) {
            return other;
        }
        return later(Math.max(exactAfterMs, other.exactAfterMs), reason + "; " + other.reason);
    }

    static Migration kept() {
        return KEPT;
    }

    static Migration later(long exactAfterMs, String reason) {
        return new Migration(Outcome.EXACT_LATER, exactAfterMs, reason);
    }

    static Migration reset(String reason) {
        return new Migration(Outcome.RESET, 0, reason);
    }
}
