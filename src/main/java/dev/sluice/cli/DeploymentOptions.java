package dev.sluice.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how a version is deployed: each is a key of {@code deployment:} in a rule file. */
final class DeploymentOptions {
    @Option(
            names = "--strategy",
            paramLabel = "NAME",
            description =
                    "blue_green, canary, ab_test, scheduled, or a template of the fleet's settings (default: as the"
                            + " file says).")
    private @Nullable String strategy;

    @Option(
            names = "--stages",
            split = ",",
            paramLabel = "PERCENT",
            description = "canary: rising shares of the keys, such as 5,25,100.")
    private List<Integer> stages = List.of();

    @Option(names = "--stage-duration", paramLabel = "TIME", description = "canary: how long a stage is watched.")
    private @Nullable String stageDuration;

    @Option(names = "--manual", description = "canary: a stage is left by 'sluice advance' only.")
    private boolean manual;

    @Option(names = "--ratio", paramLabel = "SHARE", description = "ab_test: share of the keys that version A keeps.")
    private @Nullable Double ratio;

    @Option(names = "--duration", paramLabel = "TIME", description = "ab_test: how long both versions run.")
    private @Nullable String duration;

    @Option(
            names = "--winner",
            paramLabel = "BY",
            description = "ab_test: who tells the better version: manual, error_rate, latency or alert_rate.")
    private @Nullable String winner;

    @Option(names = "--at", paramLabel = "INSTANT", description = "scheduled: when, such as 2026-12-01T08:00:00Z.")
    private @Nullable String at;

    @Option(names = "--then", paramLabel = "NAME", description = "scheduled: the strategy from then on.")
    private @Nullable String then;

    @Option(
            names = "--activation",
            paramLabel = "all|PERCENT%",
            description = "How many instances must be prepared before the first key.")
    private @Nullable String activation;

    @Option(names = "--deadline", paramLabel = "TIME", description = "In which the instances must be prepared.")
    private @Nullable String deadline;

    @Option(
            names = "--warmup",
            paramLabel = "TIME",
            description = "How long the version's windows are fed before its first key.")
    private @Nullable String warmup;

    @Option(names = "--bake", paramLabel = "TIME", description = "How long health is watched after the last key.")
    private @Nullable String bake;

    @Option(
            names = "--health",
            paramLabel = "PROFILE",
            description = "Bounds that the version must keep to: default, production or development.")
    private @Nullable String health;

    /** What the options say, as the JSON of a {@code deployment:} mapping; empty when none is given. */
    Optional<String> text() {
        return Optional.of(node()).filter(node -> !node.isEmpty()).map(ObjectNode::toString);
    }

    /** The same for a version that waits to be activated once it is prepared. */
    String textOfStaged() {
        return node().put("stageOnly", true).toString();
    }

    private ObjectNode node() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        put(node, "strategy", strategy);
        if (!stages.isEmpty()) {
            stages.forEach(node.putArray("stages")::add);
        }
        put(node, "stageDuration", stageDuration);
        put(node, "advance", manual ? "manual" : null);
        if (ratio != null) {
            node.put("ratio", ratio);
        }
        put(node, "duration", duration);
        put(node, "winner", winner);
        put(node, "at", at);
        put(node, "then", then);
        put(node, "activation", activation);
        put(node, "deadline", deadline);
        put(node, "warmup", warmup);
        put(node, "bake", bake);
        put(node, "health", health);
        return node;
    }

    private static void put(ObjectNode node, String key, @Nullable String value) {
        if (value != null) {
            node.put(key, value);
        }
    }
}
