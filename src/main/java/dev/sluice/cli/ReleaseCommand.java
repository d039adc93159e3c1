package dev.sluice.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.app.Rollout;
import dev.sluice.config.SluiceConfig;
import dev.sluice.deployment.Command.Move;
import dev.sluice.deployment.Command.Release;
import dev.sluice.deployment.Deployment;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code sluice release RULESET RULE}: a rule that was set apart is evaluated again, on trial. */
@Command(
        name = "release",
        description = {
            "Lets a rule that was set apart for its failures be evaluated again, on trial:",
            "when it fails again it is set apart again; after a while without that it is as any other.",
        })
final class ReleaseCommand extends MoveCommand {
    @Parameters(index = "1", paramLabel = "RULE", description = "Id of the rule, as 'sluice status' shows it.")
    private String rule = "";

    @Override
    Move move() {
        return new Release(rule);
    }

    @Override
    String standing(Rollout rollout, Optional<Deployment> deployment) {
        return rollout.quarantine(rule).map(QuarantineText::standing).orElse(ruleset + " rule " + rule + ": released");
    }

    @Override
    void conclude(SluiceConfig config, Rollout rollout, Optional<Deployment> before, ObjectNode node) {
        node.put("rule", rule);
        rollout.quarantine(rule).ifPresent(of -> node.set("quarantine", QuarantineText.json(of)));
    }
}
