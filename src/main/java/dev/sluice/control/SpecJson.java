package dev.sluice.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.deployment.Activation;
import dev.sluice.deployment.DeploymentSpec;
import dev.sluice.deployment.HealthPolicy;
import dev.sluice.deployment.Strategy;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How a version is deployed, as one JSON text; written whole, so that a later default changes no deployment under way. */
final class SpecJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SpecJson() {}

    static String write(DeploymentSpec spec) {
        ObjectNode node = JSON.createObjectNode();
        Strategy strategy = spec.strategy();
        node.put("strategy", strategy.name());
        if (strategy instanceof Strategy.Scheduled scheduled) {
            node.put("at", scheduled.at().toString());
            strategy = scheduled.then();
            node.put("then", strategy.name());
        }
        if (strategy instanceof Strategy.Canary canary) {
            canary.stages().forEach(node.putArray("stages")::add);
            node.put("stageMs", canary.stageDuration().toMillis());
            node.put("advance", word(canary.advance()));
        } else if (strategy instanceof Strategy.AbTest test) {
            node.put("ratio", test.ratio());
            node.put("durationMs", test.duration().toMillis());
            node.put("winner", word(test.winner()));
        }
        node.put("activation", spec.activation().percent());
        node.put("deadlineMs", spec.deadline().toMillis());
        node.put("warmupMs", spec.warmup().toMillis());
        node.put("bakeMs", spec.bake().toMillis());
        node.set("health", write(spec.health()));
        return node.toString();
    }

    private static ObjectNode write(HealthPolicy health) {
        return JSON.createObjectNode()
                .put("errorRate", health.errorRate())
                .put("latencyUs", health.latency().toNanos() / 1000)
                .put("timeouts", health.timeouts())
                .put("relativeErrors", health.relativeErrors())
                .put("relativeLatency", health.relativeLatency())
                .put("minimumSample", health.minimumSample())
                .put("windowMs", health.window().toMillis())
                .put("onBreach", word(health.onBreach()));
    }

    /** @throws IllegalArgumentException when the text is not one of {@link #write} */
    static DeploymentSpec read(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            return new DeploymentSpec(
                    strategy(node, "strategy"),
                    new Activation(node.required("activation").asInt()),
                    millis(node, "deadlineMs"),
                    millis(node, "warmupMs"),
                    millis(node, "bakeMs"),
                    health(node.required("health")));
        } catch (JsonProcessingException | DateTimeParseException e) {
            throw new IllegalArgumentException("the deployment's specification cannot be read: " + e.getMessage(), e);
        }
    }

    private static Strategy strategy(JsonNode node, String key) {
        String name = node.required(key).asText();
        return switch (name) {
            case "blue_green" -> new Strategy.BlueGreen();
            case "canary" ->
                new Strategy.Canary(
                        stages(node.required("stages")),
                        millis(node, "stageMs"),
                        value(Strategy.Advance.class, node, "advance"));
            case "ab_test" ->
                new Strategy.AbTest(
                        node.required("ratio").asDouble(),
                        millis(node, "durationMs"),
                        value(Strategy.Winner.class, node, "winner"));
            case "scheduled" ->
                new Strategy.Scheduled(Instant.parse(node.required("at").asText()), strategy(node, "then"));
            default -> throw new IllegalArgumentException("an unknown strategy: " + name);
        };
    }

    private static List<Integer> stages(JsonNode node) {
        List<Integer> stages = new ArrayList<>();
        node.forEach(stage -> stages.add(stage.asInt()));
        return stages;
    }

    private static HealthPolicy health(JsonNode node) {
        return new HealthPolicy(
                node.required("errorRate").asDouble(),
                Duration.ofNanos(1000 * node.required("latencyUs").asLong()),
                node.required("timeouts").asLong(),
                node.required("relativeErrors").asDouble(),
                node.required("relativeLatency").asDouble(),
                node.required("minimumSample").asLong(),
                millis(node, "windowMs"),
                value(HealthPolicy.OnBreach.class, node, "onBreach"));
    }

    private static Duration millis(JsonNode node, String key) {
        return Duration.ofMillis(node.required(key).asLong());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static <E extends Enum<E>> E value(Class<E> type, JsonNode node, String key) {
        return Enum.valueOf(type, node.required(key).asText().toUpperCase(Locale.ROOT));
    }
}
