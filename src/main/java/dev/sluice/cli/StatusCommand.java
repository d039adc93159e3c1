package dev.sluice.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.app.Cluster;
import dev.sluice.config.SluiceConfig;
import dev.sluice.control.Fleet;
import dev.sluice.event.AvroJson;
import dev.sluice.schema.InstanceStatus;
import dev.sluice.schema.ProblemRecord;
import dev.sluice.schema.RefusedVersion;
import dev.sluice.schema.RulesetStatus;
import dev.sluice.schema.UnreadableControlRecord;
import dev.sluice.schema.WindowStatus;
import dev.sluice.schema.WorkerStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice status}: every instance, what it runs as its evaluating threads read it, and what was refused. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Shows every instance: what its evaluating threads run, and what was refused and why.")
final class StatusCommand implements Callable<Integer> {
    private static final Duration READ_LIMIT = Duration.ofSeconds(15);
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(10);
    private static final int DIGEST_CHARS = 19;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Option(names = "--all", description = "Also instances that are gone for more than ten minutes.")
    private boolean all;

    @Override
    public Integer call() {
        SluiceConfig config = common.load();
        Cluster.checkReachable(config);
        Instant now = Instant.now();
        List<InstanceStatus> shown;
        try (Fleet fleet = Fleet.read(config.topics().names().status(), config.kafka(), READ_LIMIT)) {
            shown = fleet.all().stream()
                    .filter(status ->
                            all || status.getReportedAt().plus(FORGOTTEN_AFTER).isAfter(now))
                    .toList();
        }
        if (common.json()) {
            common.printJson(json(shown, now));
        } else {
            print(shown, now);
        }
        return Exit.OK;
    }

    private static ArrayNode json(Collection<InstanceStatus> instances, Instant now) {
        ArrayNode nodes = JsonNodeFactory.instance.arrayNode();
        for (InstanceStatus status : instances) {
            ObjectNode node = AvroJson.of(status);
            node.put("live", Fleet.isLive(status, now));
            node.path("rulesets").forEach(ruleset -> ((ObjectNode) ruleset).set("report", report(ruleset)));
            nodes.add(node);
        }
        return nodes;
    }

    /** The report is JSON inside the status record: here it becomes part of the whole. */
    private static JsonNode report(JsonNode ruleset) {
        JsonNode text = ruleset.path("report");
        try {
            return text.isTextual() ? new ObjectMapper().readTree(text.textValue()) : text;
        } catch (JsonProcessingException e) {
            return text;
        }
    }

    private void print(List<InstanceStatus> instances, Instant now) {
        if (instances.isEmpty()) {
            common.say("No instance has reported. Start one with 'sluice run'.");
            return;
        }
        Table table = new Table(
                "INSTANCE", "STATE", "REPORTED", "WORKERS", "PARTITIONS", "EVENTS", "ALERTS", "DEAD", "CONTROL");
        for (InstanceStatus status : instances) {
            table.row(
                    status.getInstance(),
                    state(status, now),
                    ago(status.getReportedAt(), now),
                    status.getWorkers().size(),
                    partitions(status),
                    figure(status, "events"),
                    figure(status, "alerts"),
                    figure(status, "deadLetters"),
                    "@" + status.getControlOffset());
        }
        table.print(common.out());
        common.say("");
        Table rulesets =
                new Table("RULESET", "INSTANCE", "VERSION", "DIGEST", "RULES", "READ BY ITS THREADS", "INSTALLED");
        for (InstanceStatus status : instances) {
            for (RulesetStatus ruleset : status.getRulesets()) {
                rulesets.row(
                        ruleset.getName(),
                        status.getInstance(),
                        ruleset.getActive() == null ? "-" : ruleset.getActive(),
                        shortDigest(ruleset.getDigest()),
                        ruleset.getRules(),
                        read(status, ruleset.getName()),
                        ruleset.getInstalledAt() == null ? "-" : ago(ruleset.getInstalledAt(), now));
            }
        }
        if (instances.stream().allMatch(status -> status.getRulesets().isEmpty())) {
            common.say("No ruleset is published. Publish one with 'sluice publish FILE'.");
        } else {
            rulesets.print(common.out());
        }
        printWindows(instances);
        instances.forEach(this::printRefused);
    }

    private void printWindows(List<InstanceStatus> instances) {
        if (instances.stream().allMatch(status -> status.getWindows().isEmpty())) {
            return;
        }
        Table windows = new Table("WINDOW STATE OF", "INSTANCE", "IN FORCE", "KEYS", "BYTES", "LATE");
        for (InstanceStatus status : instances) {
            for (WindowStatus window : status.getWindows()) {
                windows.row(
                        window.getRuleset() + "/" + window.getRule(),
                        status.getInstance(),
                        window.getInForce() ? "yes" : "no",
                        window.getKeys(),
                        window.getBytes(),
                        window.getLate());
            }
        }
        common.say("");
        windows.print(common.out());
    }

    private void printRefused(InstanceStatus status) {
        for (RulesetStatus ruleset : status.getRulesets()) {
            for (RefusedVersion refused : ruleset.getRefused()) {
                common.say("\nrefused: " + ruleset.getName() + " version " + refused.getVersion() + " by "
                        + status.getInstance() + " (control offset " + refused.getOffset() + ")");
                for (ProblemRecord problem : refused.getProblems()) {
                    String place = problem.getLine() == 0 ? "" : problem.getLine() + ":" + problem.getColumn() + ": ";
                    common.say("  " + place + problem.getCode() + ": " + problem.getMessage());
                }
            }
        }
        for (UnreadableControlRecord record : status.getUnreadable()) {
            common.say("\nunreadable control record '" + record.getKey() + "' at offset " + record.getOffset() + ": "
                    + record.getReason());
        }
    }

    private static String state(InstanceStatus status, Instant now) {
        String state = Fleet.isLive(status, now) ? status.getState().name() : "GONE";
        return status.getStateReason().isEmpty() ? state : state + " (" + status.getStateReason() + ")";
    }

    /** The digests that the evaluating threads last read: one when they agree. */
    private static String read(InstanceStatus status, String ruleset) {
        TreeSet<String> digests = new TreeSet<>();
        for (WorkerStatus worker : status.getWorkers()) {
            digests.add(shortDigest(worker.getDigests().get(ruleset)));
        }
        return digests.isEmpty() ? "no thread has partitions" : String.join(", ", digests);
    }

    private static int partitions(InstanceStatus status) {
        return status.getWorkers().stream()
                .mapToInt(w -> w.getPartitions().size())
                .sum();
    }

    private static long figure(InstanceStatus status, String name) {
        return status.getFigures().getOrDefault(name, 0L);
    }

    private static String shortDigest(@Nullable String digest) {
        return digest == null ? "-" : digest.substring(0, Math.min(DIGEST_CHARS, digest.length()));
    }

    private static String ago(Instant then, Instant now) {
        long seconds = Math.max(0, Duration.between(then, now).toSeconds());
        if (seconds < 120) {
            return seconds + " s ago";
        }
        return seconds < 7200 ? seconds / 60 + " min ago" : seconds / 3600 + " h ago";
    }
}
