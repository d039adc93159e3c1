package dev.sluice.deployment;

import dev.sluice.text.TimeText;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A specification in the words of a rule file. */
final class SpecText {
    private final Map<String, String> parts = new LinkedHashMap<>();

    private SpecText() {}

    static Map<String, String> of(DeploymentSpec spec) {
        SpecText text = new SpecText();
        text.strategy(spec.strategy(), "strategy");
        int percent = spec.activation().percent();
        text.parts.put("activation", percent == 100 ? "all" : percent + "%");
        text.parts.put("deadline", TimeText.of(spec.deadline()));
        text.parts.put("warmup", TimeText.of(spec.warmup()));
        text.parts.put("bake", TimeText.of(spec.bake()));
        text.health(spec.health());
        return text.parts;
    }

    private void strategy(Strategy strategy, String key) {
        parts.put(key, strategy.name());
        if (strategy instanceof Strategy.Scheduled scheduled) {
            parts.put("at", scheduled.at().toString());
            strategy(scheduled.then(), "then");
        } else if (strategy instanceof Strategy.Canary canary) {
            String stages = canary.stages().stream().map(String::valueOf).collect(Collectors.joining(", "));
            parts.put("stages", "[" + stages + "]");
            parts.put("stageDuration", TimeText.of(canary.stageDuration()));
            parts.put("advance", word(canary.advance()));
        } else if (strategy instanceof Strategy.AbTest test) {
            parts.put("ratio", String.valueOf(test.ratio()));
            parts.put("duration", TimeText.of(test.duration()));
            parts.put("winner", word(test.winner()));
        }
    }

    private void health(HealthPolicy health) {
        parts.put("health.errorRate", String.valueOf(health.errorRate()));
        parts.put("health.latencyUs", String.valueOf(health.latency().toNanos() / 1000));
        parts.put("health.timeouts", String.valueOf(health.timeouts()));
        parts.put("health.relativeErrors", String.valueOf(health.relativeErrors()));
        parts.put("health.relativeLatency", String.valueOf(health.relativeLatency()));
        parts.put("health.minimumSample", String.valueOf(health.minimumSample()));
        parts.put("health.window", TimeText.of(health.window()));
        parts.put("health.onBreach", word(health.onBreach()));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
