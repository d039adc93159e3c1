package dev.sluice.rule.compile;

import dev.sluice.rule.Windowing.Late;
import dev.sluice.text.NearestName;
import dev.sluice.window.Window;
import dev.sluice.window.WindowSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The {@code window} of a rule. What is wrong goes to the problems, and something else stands in its place. */
final class WindowReader {
    static final int EVENTS_MAX = 100_000;
    static final int WINDOWS_OF_EVENT_MAX = 10_000;
    private static final List<String> KINDS = List.of("tumbling", "hopping", "sliding", "session", "count");
    private static final List<String> KEYS =
            List.of("tumbling", "hopping", "every", "sliding", "resolution", "session", "count", "grace", "late");
    private static final String DEAD_LETTER = "dead-letter";
    private static final List<String> LATE = List.of("count", DEAD_LETTER);
    private static final WindowSpec ANY = new WindowSpec.Sliding(1, 0);

    private final Problems problems;
    private final DurationReader durations;

    /**
     * A window as read.
     *
     * @param text for people, the durations as their author wrote them: {@code sliding: 6h, grace: 10m}; empty for none
     */
    record Reading(Window window, Late late, String text) {}

    WindowReader(Problems problems) {
        this.problems = problems;
        this.durations = new DurationReader(problems);
    }

    Reading read(Mapping keys, @Nullable String rule) {
        keys.allowOnly(KEYS, List.of());
        String kind = kind(keys, rule);
        if (!kind.isEmpty()) {
            refuseUnless(kind.equals("hopping"), keys, new Misplaced("every", "a hopping window"), rule);
            refuseUnless(kind.equals("sliding"), keys, new Misplaced("resolution", "a sliding window"), rule);
            refuseUnless(!kind.equals("count"), keys, new Misplaced("grace", "a window of time"), rule);
            refuseUnless(!kind.equals("count"), keys, new Misplaced("late", "a window of time"), rule);
        }
        long graceMs = durations.read(keys, "grace", rule).orElse(0);
        return new Reading(new Window(spec(kind, keys, rule), graceMs), late(keys, rule), text(keys));
    }

    /** Of several the first; empty for none. */
    private String kind(Mapping keys, @Nullable String rule) {
        List<String> kinds = KINDS.stream().filter(keys::has).toList();
        if (kinds.isEmpty()) {
            problems.error(
                    keys.place(),
                    "missing-key",
                    rule,
                    "`window` needs one of " + String.join(", ", KINDS) + ", such as `{ sliding: 6h }`");
            return "";
        }
        for (String other : kinds.subList(1, kinds.size())) {
            problems.error(
                    keys.keyPlace(other),
                    "window-conflict",
                    rule,
                    "a rule has one window, and this one is `" + kinds.get(0) + "` already; keep one of them");
        }
        return kinds.get(0);
    }

    /** A key that only some windows have. */
    private record Misplaced(String key, String owner) {}

    private void refuseUnless(boolean fits, Mapping keys, Misplaced misplaced, @Nullable String rule) {
        if (!fits && keys.has(misplaced.key())) {
            problems.error(
                    keys.keyPlace(misplaced.key()),
                    "window-conflict",
                    rule,
                    "only " + misplaced.owner() + " has `" + misplaced.key() + "`; remove it");
        }
    }

    private WindowSpec spec(String kind, Mapping keys, @Nullable String rule) {
        return switch (kind) {
            case "hopping" -> hopping(keys, rule);
            case "sliding" -> sliding(keys, rule);
            case "count" -> count(keys, rule);
            case "session" -> {
                OptionalLong gapMs = durations.positive(keys, kind, rule);
                yield gapMs.isPresent() ? new WindowSpec.Session(gapMs.getAsLong()) : ANY;
            }
            case "tumbling" -> {
                OptionalLong sizeMs = durations.positive(keys, kind, rule);
                yield sizeMs.isPresent() ? new WindowSpec.Tumbling(sizeMs.getAsLong()) : ANY;
            }
            default -> ANY;
        };
    }

    private WindowSpec hopping(Mapping keys, @Nullable String rule) {
        OptionalLong size = durations.positive(keys, "hopping", rule);
        keys.required("every");
        OptionalLong step = durations.positive(keys, "every", rule);
        if (size.isEmpty() || step.isEmpty()) {
            return ANY;
        }
        long sizeMs = size.getAsLong();
        long everyMs = step.getAsLong();
        if (everyMs > sizeMs) {
            problems.error(
                    keys.valuePlace("every"),
                    "window-conflict",
                    rule,
                    "windows that begin further apart than they are long leave gaps; give an `every` of at most the"
                            + " window's length");
            return ANY;
        }
        if ((sizeMs - 1) / everyMs + 1 > WINDOWS_OF_EVENT_MAX) {
            problems.error(
                    keys.valuePlace("every"),
                    "too-large",
                    rule,
                    "an event would be in more than " + WINDOWS_OF_EVENT_MAX + " windows; let them begin further apart,"
                            + " or use `sliding`");
            return ANY;
        }
        return new WindowSpec.Hopping(sizeMs, everyMs);
    }

    private WindowSpec sliding(Mapping keys, @Nullable String rule) {
        OptionalLong size = durations.positive(keys, "sliding", rule);
        long resolutionMs = durations.positive(keys, "resolution", rule).orElse(0);
        if (size.isEmpty()) {
            return ANY;
        }
        if (resolutionMs > size.getAsLong()) {
            problems.error(
                    keys.valuePlace("resolution"),
                    "window-conflict",
                    rule,
                    "a `resolution` longer than the window tells nothing apart; give a shorter one");
            return ANY;
        }
        return new WindowSpec.Sliding(size.getAsLong(), resolutionMs);
    }

    private WindowSpec count(Mapping keys, @Nullable String rule) {
        Located events = keys.optional("count");
        if (events == null) {
            return ANY;
        }
        if (!events.text().matches("[0-9]{1,9}") || Integer.parseInt(events.text()) == 0) {
            problems.error(
                    events.place(),
                    "invalid-value",
                    rule,
                    "`count` must be a number of events, at least 1, not `" + Names.shortened(events.text()) + "`");
            return ANY;
        }
        int number = Integer.parseInt(events.text());
        if (number > EVENTS_MAX) {
            problems.error(
                    events.place(),
                    "too-large",
                    rule,
                    "a window holds at most " + EVENTS_MAX + " counted events; give a smaller number, or use a window"
                            + " of time");
            return ANY;
        }
        return new WindowSpec.Count(number);
    }

    private Late late(Mapping keys, @Nullable String rule) {
        Located late = keys.optional("late");
        if (late != null && !LATE.contains(late.text())) {
            problems.error(
                    late.place(),
                    "invalid-value",
                    rule,
                    "`" + Names.shortened(late.text())
                            + "` is nothing that can be done with late events; use `count` or" + " `" + DEAD_LETTER
                            + "`" + NearestName.didYouMean(late.text(), LATE));
        }
        return late != null && late.text().equals(DEAD_LETTER) ? Late.DEAD_LETTERED : Late.COUNTED;
    }

    private static String text(Mapping keys) {
        List<String> parts = new ArrayList<>();
        for (String key : KEYS) {
            Located value = keys.optionalQuietly(key);
            if (value != null) {
                parts.add(key + ": " + value.text());
            }
        }
        return String.join(", ", parts);
    }
}
