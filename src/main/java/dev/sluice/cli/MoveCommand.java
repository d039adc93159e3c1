package dev.sluice.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.app.Rollout;
import dev.sluice.config.SluiceConfig;
import dev.sluice.control.Commands;
import dev.sluice.deployment.Command.Move;
import dev.sluice.deployment.Deployment;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A command to the deployment of a ruleset or about one of its rules: sent, answered, and told what it led to. */
abstract class MoveCommand implements Callable<Integer> {
    @Mixin
    final CommonOptions common = new CommonOptions();

    @Parameters(index = "0", paramLabel = "RULESET", description = "Name of the ruleset.")
    String ruleset = "";

    @Mixin
    final MoveOptions options = new MoveOptions();

    abstract Move move();

    /** What is to be told after an accepted command: to people at once, to scripts in {@code node}. */
    void conclude(SluiceConfig config, Rollout rollout, Optional<Deployment> before, ObjectNode node) {}

    /** How it stands after an accepted command; empty when that is not known here. */
    String standing(Rollout rollout, Optional<Deployment> deployment) {
        return deployment.map(RolloutText::standing).orElse("");
    }

    @Override
    public Integer call() {
        SluiceConfig config = common.load();
        try (Rollout rollout = new Rollout(config, ruleset)) {
            Optional<Deployment> before = rollout.deployment();
            Commands.Answer answer = ask(config);
            if (answer.isAccepted()) {
                // The answer and the deployment's record are committed together.
                rollout.poll(Duration.ofMillis(200));
            }
            ObjectNode node = json(answer, rollout.deployment());
            say(answer, standing(rollout, rollout.deployment()));
            if (answer.isAccepted()) {
                conclude(config, rollout, before, node);
            }
            if (common.json()) {
                common.printJson(node);
            }
            return answer.isAccepted() ? Exit.OK : Exit.REFUSED;
        }
    }

    private Commands.Answer ask(SluiceConfig config) {
        Commands.Topics topics = new Commands.Topics(
                config.topics().names().commands(), config.topics().names().audit());
        try (Commands commands = new Commands(topics, config.kafka(), Clock.systemUTC())) {
            Commands.Request request = new Commands.Request(ruleset, move(), options.actor(), options.reason());
            return commands.send(request, options.timeout())
                    .orElseThrow(() -> CommandException.late(move().word()
                            + " of " + ruleset + ": no answer within "
                            + options.timeout().toSeconds()
                            + " s; it stands, and is answered when an instance is there: see 'sluice audit " + ruleset
                            + "'"));
        }
    }

    private void say(Commands.Answer answer, String standing) {
        if (common.json()) {
            return;
        }
        if (!answer.isAccepted()) {
            common.err()
                    .println("sluice: " + move().word() + " of " + ruleset + " is refused: " + answer.code() + ": "
                            + answer.text());
            common.err().flush();
        } else {
            common.say(standing.isEmpty() ? ruleset + ": " + answer.text() : standing);
        }
    }

    private ObjectNode json(Commands.Answer answer, Optional<Deployment> deployment) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("ruleset", ruleset);
        node.put("move", move().word());
        node.put("accepted", answer.isAccepted());
        node.put("code", answer.code());
        node.put("text", answer.text());
        deployment.ifPresent(of -> node.set("deployment", DeploymentJson.of(of)));
        return node;
    }
}
