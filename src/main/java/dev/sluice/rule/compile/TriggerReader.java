package dev.sluice.rule.compile;

import dev.sluice.rule.Windowing.Trigger;
import dev.sluice.text.NearestName;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** When a rule emits: {@code trigger}, {@code cooldown} and {@code after} of its {@code emit}. */
final class TriggerReader {
    static final List<String> KEYS = List.of("trigger", "cooldown", "after");
    private static final List<String> TRIGGERS = List.of("crossing", "each", "close", "missing");
    private static final String MISSING = "missing";

    private final Problems problems;
    private final DurationReader durations;

    TriggerReader(Problems problems) {
        this.problems = problems;
        this.durations = new DurationReader(problems);
    }

    /** What is wrong goes to the problems, and another trigger stands in its place. */
    Trigger read(Mapping emit, @Nullable String rule) {
        String name = name(emit, rule);
        long cooldownMs = durations.positive(emit, "cooldown", rule).orElse(0);
        OptionalLong afterMs = durations.positive(emit, "after", rule);
        if (!name.equals(MISSING) && emit.has("after")) {
            problems.error(
                    emit.keyPlace("after"),
                    "window-conflict",
                    rule,
                    "`after` says how long a key must be silent; set `trigger: missing`, or remove it");
        }
        if (name.equals(MISSING) && !emit.has("after")) {
            problems.error(
                    emit.keyPlace("trigger"),
                    "missing-key",
                    rule,
                    "`trigger: missing` needs the key `after`: how long a key must be silent, such as `after: 10m`");
        }
        return switch (name) {
            case "each" -> new Trigger.Each(cooldownMs);
            case "close" -> new Trigger.Close(cooldownMs);
            case MISSING -> new Trigger.Missing(afterMs.orElse(1), cooldownMs);
            default -> new Trigger.Crossing(cooldownMs);
        };
    }

    private String name(Mapping emit, @Nullable String rule) {
        Located trigger = emit.optional("trigger");
        if (trigger != null && !TRIGGERS.contains(trigger.text())) {
            problems.error(
                    trigger.place(),
                    "invalid-value",
                    rule,
                    "`" + Names.shortened(trigger.text()) + "` is no trigger"
                            + NearestName.hint(trigger.text(), TRIGGERS));
        }
        return trigger == null ? "" : trigger.text();
    }
}
