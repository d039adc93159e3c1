package dev.sluice.rule.compile;

import dev.sluice.deployment.Strategy;
import dev.sluice.rule.compile.SettingReader.Bounds;
import dev.sluice.rule.compile.SettingReader.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The {@code strategy} of a deployment with the keys that belong to it. */
final class StrategyReader {
    static final String KEY = "strategy";
    private static final String SCHEDULED = "scheduled";
    private static final List<String> AT_ONCE = List.of("blue_green", "canary", "ab_test");
    static final List<String> NAMES = List.of("blue_green", "canary", "ab_test", SCHEDULED);
    private static final int LAST_YEAR = 9999;

    /** The strategy that a key belongs to. */
    private static final Map<String, String> OWNERS = Map.of(
            "at", SCHEDULED,
            "then", SCHEDULED,
            "stages", "canary",
            "stageDuration", "canary",
            "advance", "canary",
            "ratio", "ab_test",
            "duration", "ab_test",
            "winner", "ab_test");

    private static final Map<String, String> CALLED =
            Map.of(SCHEDULED, "a scheduled deployment", "canary", "a canary", "ab_test", "an A/B test");

    private static final Span STAGE = new Span(Duration.ofMillis(100), Duration.ofDays(30));
    private static final Span TEST = new Span(Duration.ofMillis(100), Duration.ofDays(90));
    private static final Bounds RATIO = new Bounds(0.001, 0.999);

    private final Problems problems;
    private final SettingReader settings;
    private final Strategy base;

    /** @param base what keys that are left out are taken from, where it is the same strategy */
    StrategyReader(Problems problems, Strategy base) {
        this.problems = problems;
        this.settings = new SettingReader(problems);
        this.base = base;
    }

    /** What is wrong goes to the problems, and the base stands in its place. */
    Strategy read(Mapping keys) {
        Optional<String> known = settings.choice(keys, KEY, NAMES);
        if (known.isEmpty() && keys.has(KEY)) {
            return base;
        }
        return named(keys, known.orElse(base.name()));
    }

    /** The same over the base, whatever the keys call it. */
    Strategy readParts(Mapping keys) {
        return named(keys, base.name());
    }

    /** Whether each part is well formed, of whichever strategy it is; the base stands for what it comes to. */
    Strategy checkParts(Mapping keys) {
        canary(keys);
        test(keys);
        settings.choice(keys, "then", AT_ONCE);
        if (keys.has("at")) {
            at(keys);
        }
        return base;
    }

    private Strategy named(Mapping keys, String name) {
        boolean isScheduled = name.equals(SCHEDULED);
        String first = now().name();
        String then = isScheduled ? settings.choice(keys, "then", AT_ONCE).orElse(first) : name;
        refuseWhatDoesNotBelong(keys, name, then);
        Strategy strategy = atOnce(keys, then);
        if (!isScheduled) {
            return strategy;
        }
        Instant at = at(keys);
        return at == null ? base : new Strategy.Scheduled(at, strategy);
    }

    /** What the base does when its time has come. */
    private Strategy now() {
        return base instanceof Strategy.Scheduled scheduled ? scheduled.then() : base;
    }

    private void refuseWhatDoesNotBelong(Mapping keys, String name, String then) {
        for (String key : keys.keys()) {
            String owner = OWNERS.get(key);
            if (owner == null || owner.equals(name) || owner.equals(then)) {
                continue;
            }
            String setting = name.equals(SCHEDULED) ? "then" : KEY;
            problems.error(
                    keys.keyPlace(key),
                    "strategy-conflict",
                    null,
                    "only " + CALLED.get(owner) + " has `" + key + "`; set `" + setting + ": " + owner
                            + "`, or remove it");
        }
    }

    private Strategy atOnce(Mapping keys, String name) {
        return switch (name) {
            case "canary" -> canary(keys);
            case "ab_test" -> test(keys);
            default -> new Strategy.BlueGreen();
        };
    }

    private Strategy canary(Mapping keys) {
        Strategy.Canary from = now() instanceof Strategy.Canary canary
                ? canary
                : new Strategy.Canary(
                        Strategy.Canary.DEFAULT_STAGES,
                        Strategy.Canary.DEFAULT_STAGE_DURATION,
                        Strategy.Advance.AUTOMATIC);
        return new Strategy.Canary(
                stages(keys).orElse(from.stages()),
                settings.time(keys, "stageDuration", STAGE).orElse(from.stageDuration()),
                settings.word(keys, "advance", Strategy.Advance.class).orElse(from.advance()));
    }

    private Strategy test(Mapping keys) {
        Strategy.AbTest from = now() instanceof Strategy.AbTest test
                ? test
                : new Strategy.AbTest(0.5, Strategy.AbTest.DEFAULT_DURATION, Strategy.Winner.MANUAL);
        return new Strategy.AbTest(
                settings.number(keys, "ratio", RATIO).orElse(from.ratio()),
                settings.time(keys, "duration", TEST).orElse(from.duration()),
                settings.word(keys, "winner", Strategy.Winner.class).orElse(from.winner()));
    }

    /** Empty when the key is missing, or with a problem. */
    private Optional<List<Integer>> stages(Mapping keys) {
        YamlNode node = keys.node("stages");
        if (node == null) {
            return Optional.empty();
        }
        if (!(node instanceof YamlNode.Sequence list) || list.items().isEmpty()) {
            problems.error(
                    node.place(),
                    "wrong-type",
                    null,
                    "`stages` must be a list of percentages, such as [5, 10, 25, 50, 100]");
            return Optional.empty();
        }
        List<Integer> stages = new ArrayList<>();
        for (YamlNode item : list.items()) {
            int before = stages.isEmpty() ? 0 : stages.get(stages.size() - 1);
            Stage stage = stage(item);
            Integer percent = stage.percent();
            if (percent == null || percent <= before) {
                refuse(item, stage, before);
                return Optional.empty();
            }
            stages.add(percent);
        }
        if (stages.get(stages.size() - 1) != 100) {
            YamlNode last = list.items().get(stages.size() - 1);
            problems.error(
                    last.place(),
                    "invalid-value",
                    null,
                    "the last of the `stages` must be 100, all keys; it is " + stages.get(stages.size() - 1));
            return Optional.empty();
        }
        return Optional.of(stages);
    }

    private record Stage(String text, @Nullable Integer percent) {}

    private static Stage stage(YamlNode node) {
        String text = node instanceof YamlNode.Scalar scalar ? scalar.value() : "a list or a mapping";
        boolean isPercent = text.matches("[1-9][0-9]?|100");
        return new Stage(text, isPercent ? Integer.valueOf(text) : null);
    }

    private void refuse(YamlNode item, Stage stage, int before) {
        String message = stage.percent() == null
                ? "a stage is a whole number of percent from 1 to 100, not `" + Names.shortened(stage.text()) + "`"
                : "stages rise, and " + stage.percent() + " does not come after " + before;
        problems.error(item.place(), "invalid-value", null, message);
    }

    /** Null with a problem. */
    private @Nullable Instant at(Mapping keys) {
        if (!keys.has("at") && base instanceof Strategy.Scheduled scheduled) {
            return scheduled.at();
        }
        Located at = keys.required("at");
        if (at == null) {
            return null;
        }
        try {
            OffsetDateTime time = OffsetDateTime.parse(at.text());
            if (time.getYear() > 0 && time.getYear() <= LAST_YEAR) {
                return time.toInstant().truncatedTo(ChronoUnit.MILLIS);
            }
        } catch (DateTimeParseException e) {
            // Told below.
        }
        problems.error(
                at.place(),
                "invalid-value",
                null,
                "`" + Names.shortened(at.text())
                        + "` is no instant; write it like 2026-12-01T08:00:00Z or 2026-12-01T09:00:00+01:00");
        return null;
    }
}
