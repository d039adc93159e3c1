package dev.sluice.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.app.AlertStamps;
import dev.sluice.app.Rollout;
import dev.sluice.app.Standing;
import dev.sluice.app.VersionAlerts;
import dev.sluice.config.SluiceConfig;
import dev.sluice.deployment.Command.Move;
import dev.sluice.deployment.Command.Rollback;
import dev.sluice.deployment.Deployment;
import dev.sluice.deployment.DeploymentState.Active;
import dev.sluice.deployment.DeploymentState.Paused;
import dev.sluice.deployment.DeploymentState.RollingOut;
import dev.sluice.event.AvroJson;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sluice rollback RULESET}: back to the version before, and what the bad one left behind. */
@Command(
        name = "rollback",
        description = {
            "Goes back to the version that was active before, at once, and lists the alerts of the version taken back.",
        })
final class RollbackCommand extends MoveCommand {
    private static final int SHOWN = 5;

    @Option(names = "--to", paramLabel = "N", description = "The version to go back to (default: the last one).")
    private @Nullable Long to;

    @Override
    Move move() {
        return new Rollback(to);
    }

    /** Waits until no instance uses the version any more: only then its alerts are all there. */
    @Override
    void conclude(SluiceConfig config, Rollout rollout, Optional<Deployment> before, ObjectNode node) {
        if (before.isEmpty() || !hadKeys(before.get())) {
            return;
        }
        Optional<Deployment> answered = rollout.deployment();
        long bad = answered.orElse(before.get()).version();
        if (await(rollout, bad).phase() == Standing.Phase.UNDER_WAY) {
            throw CommandException.late("not every instance has said within " + TimeText.of(options.timeout())
                    + " that it is back: see 'sluice status'");
        }
        VersionAlerts alerts = VersionAlerts.read(config, AlertStamps.of(ruleset, bad), SHOWN);
        rollout.deployment().ifPresent(of -> node.set("deployment", DeploymentJson.of(of)));
        put(node.putObject("alerts"), alerts);
        if (!common.json()) {
            rollout.deployment()
                    .filter(of -> !Optional.of(of).equals(answered))
                    .map(RolloutText::standing)
                    .ifPresent(common::say);
            list(alerts, bad);
        }
    }

    private static void put(ObjectNode node, VersionAlerts alerts) {
        node.put("count", alerts.count());
        node.put("complete", alerts.isComplete());
        ArrayNode first = node.putArray("first");
        alerts.first().forEach(entry -> first.add(AvroJson.of(entry.alert())));
    }

    private static boolean hadKeys(Deployment of) {
        return of.state() instanceof Active || of.state() instanceof RollingOut || of.state() instanceof Paused;
    }

    private Standing await(Rollout rollout, long version) {
        Instant deadline = Instant.now().plus(options.timeout());
        while (true) {
            Standing standing = rollout.standing(version);
            if (standing.phase() != Standing.Phase.UNDER_WAY || Instant.now().isAfter(deadline)) {
                return standing;
            }
            rollout.poll(Duration.ofMillis(100));
        }
    }

    private void list(VersionAlerts alerts, long version) {
        String count = String.format("%,d", alerts.count()) + (alerts.count() == 1 ? " alert" : " alerts");
        common.say((alerts.isComplete() ? "" : "at least ") + count + " by version " + version);
        alerts.first().forEach(entry -> common.say("  " + AlertText.line(AvroJson.of(entry.alert()))));
        if (alerts.count() > 0) {
            common.say("all of them: sluice alerts tail --ruleset " + ruleset + " --version " + version
                    + " --from-beginning");
        }
    }
}
