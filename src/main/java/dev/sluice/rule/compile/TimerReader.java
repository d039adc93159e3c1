package dev.sluice.rule.compile;

import dev.sluice.rule.Timer;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The {@code every} of a rule, and what cannot stand beside it. */
final class TimerReader {
    static final String CONFLICT = "timer-conflict";
    private static final String EVERY = "every";

    private final Problems problems;
    private final DurationReader durations;

    TimerReader(Problems problems) {
        this.problems = problems;
        this.durations = new DurationReader(problems);
    }

    /** Null with problems; keys that do not go with it are problems too. */
    RuleFile.@Nullable Every read(Mapping keys, @Nullable Mapping emit, @Nullable String rule) {
        if (keys.has("from")) {
            refuse(keys.keyPlace("from"), "reads no events; remove `from`", rule);
        }
        for (String key : WindowedReader.KEYS) {
            if (keys.has(key)) {
                refuse(keys.keyPlace(key), "has no `" + key + "`; remove it", rule);
            }
        }
        for (String key : TriggerReader.KEYS) {
            if (emit != null && emit.has(key)) {
                refuse(emit.keyPlace(key), "has no `" + key + "`; remove it", rule);
            }
        }
        OptionalLong ms = durations.read(keys, EVERY, rule);
        Located text = keys.optionalQuietly(EVERY);
        if (text == null || ms.isEmpty()) {
            return null;
        }
        if (ms.getAsLong() < Timer.EVERY_MIN_MS || ms.getAsLong() > Timer.EVERY_MAX_MS) {
            problems.error(
                    text.place(),
                    "invalid-value",
                    rule,
                    "`every` must be at least 100ms and at most 1d, not `" + Names.shortened(text.text()) + "`");
            return null;
        }
        return new RuleFile.Every(text, ms.getAsLong());
    }

    private void refuse(Place place, String what, @Nullable String rule) {
        problems.error(
                place, CONFLICT, rule, "a rule with `every` goes by the clock and " + what + ", or remove `every`");
    }
}
