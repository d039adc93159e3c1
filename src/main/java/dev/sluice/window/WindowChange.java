package dev.sluice.window;

import dev.sluice.window.WindowSpec.Count;
import dev.sluice.window.WindowSpec.Hopping;
import dev.sluice.window.WindowSpec.Session;
import dev.sluice.window.WindowSpec.Sliding;
import dev.sluice.window.WindowSpec.Tumbling;

/**
 * What a change of the window does to state.
 *
 * <p>Panes are stretches of time, and one is counted where its start is. Windows that would cut a pane in two are not exact
 * while they reach back before the change. Those that cut none are exact as soon as they reach back no further than panes
 * are kept: sliding windows keep their size, hopping ones at least their size less the distance of their starts, tumbling
 * ones perhaps nothing. From hopping 1 h every 5 min to tumbling 1 h: no pane is cut, 55 min are kept, so every window is
 * exact that ends 5 min after the change or later.
 */
final class WindowChange {
    private WindowChange() {}

    static Migration between(Window before, Window after) {
        WindowSpec old = before.spec();
        WindowSpec now = after.spec();
        if (old.equals(now)) {
            return Migration.kept();
        } else if (old instanceof Session one && now instanceof Session other) {
            return session(one, other);
        } else if (old instanceof Count one && now instanceof Count other) {
            return count(one, other);
        } else if (sizeMs(old) > 0 && sizeMs(now) > 0) {
            return panes(old, now);
        }
        return Migration.reset(name(old) + " windows cannot go on as " + name(now) + " windows");
    }

    private static Migration session(Session before, Session after) {
        if (after.gapMs() > before.gapMs()) {
            return Migration.later(
                    after.gapMs(), "the gap grew: sessions that were dropped before could belong to new ones");
        }
        return Migration.later(0, "the gap shrank: exact in sessions that begin after the change");
    }

    private static Migration count(Count before, Count after) {
        if (after.events() > before.events()) {
            return Migration.later(0, "exact after " + after.events() + " further events of a key");
        }
        return Migration.kept();
    }

    private static Migration panes(WindowSpec before, WindowSpec after) {
        if (cuts(before, after)) {
            return Migration.later(
                    sizeMs(after), "events are kept by " + text(stepMs(before)) + ", which the windows cut in two");
        }
        if (sizeMs(after) > keptMs(before)) {
            String kept = keptMs(before) == 0 ? "the window at hand" : "the last " + text(keptMs(before));
            return Migration.later(
                    lackingMs(before, after), "no more than " + kept + " is kept, of " + text(sizeMs(after)));
        }
        return Migration.kept();
    }

    /** Whether panes would be in windows in part: those of sliding windows go by their newest event, others by their start. */
    private static boolean cuts(WindowSpec before, WindowSpec after) {
        boolean byOther = !(before instanceof Sliding) && after instanceof Sliding;
        return byOther ? stepMs(before) > 1 : stepMs(after) % stepMs(before) != 0;
    }

    /** How much further back than panes are kept windows reach; negative where they do not reach so far. */
    static long lackingMs(WindowSpec before, WindowSpec after) {
        return reachMs(after) - keptMs(before);
    }

    /** How much further back windows reach than they did at least; 0 or negative where no further, or without a size. */
    static long grownMs(WindowSpec before, WindowSpec after) {
        return before.equals(after) ? 0 : reachMs(after) - sizeMs(before);
    }

    /** How far back windows reach at most: by a resolution to the start of a step. */
    private static long reachMs(WindowSpec spec) {
        return sizeMs(spec) + (spec instanceof Sliding ? stepMs(spec) - 1 : 0);
    }

    /** Length of a window in time; 0 if it has none. */
    static long sizeMs(WindowSpec spec) {
        if (spec instanceof Tumbling tumbling) {
            return tumbling.sizeMs();
        } else if (spec instanceof Hopping hopping) {
            return hopping.sizeMs();
        }
        return spec instanceof Sliding sliding ? sliding.sizeMs() : 0;
    }

    /** Length of a pane, which is the distance of the instants at which windows may begin and end. */
    private static long stepMs(WindowSpec spec) {
        if (spec instanceof Hopping hopping) {
            return StateShape.gcd(hopping.sizeMs(), hopping.everyMs());
        } else if (spec instanceof Sliding sliding) {
            return Math.max(1, sliding.resolutionMs());
        }
        return sizeMs(spec);
    }

    /** How far back from the newest event every pane is kept at least. */
    private static long keptMs(WindowSpec spec) {
        if (spec instanceof Tumbling) {
            return 0;
        } else if (spec instanceof Hopping hopping) {
            return hopping.sizeMs() - hopping.everyMs();
        }
        return sizeMs(spec);
    }

    /** As authors write it: {@code 1h30m}. */
    private static String text(long ms) {
        StringBuilder text = new StringBuilder();
        long rest = ms;
        for (Unit unit : Unit.values()) {
            if (rest >= unit.ms) {
                text.append(rest / unit.ms).append(unit.text);
                rest %= unit.ms;
            }
        }
        return text.toString();
    }

    private enum Unit {
        DAY(86_400_000, "d"),
        HOUR(3_600_000, "h"),
        MINUTE(60_000, "m"),
        SECOND(1_000, "s"),
        MILLISECOND(1, "ms");

        private final long ms;
        private final String text;

        Unit(long ms, String text) {
            this.ms = ms;
            this.text = text;
        }
    }

    private static String name(WindowSpec spec) {
        return spec.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
    }
}
