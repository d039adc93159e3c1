package dev.sluice.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.app.Replay;
import dev.sluice.config.SluiceConfig;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice replay RULESET --rule RULE}: the alerts that a rule owes. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Evaluates the dead letters of a rule once more, with the version that serves now, and sends the alerts that",
            "are not there yet. The letters stay. Exit code 1 when a rule still fails on some of them.",
        })
final class ReplayCommand implements Callable<Integer> {
    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "RULESET", description = "Name of the ruleset.")
    private String ruleset = "";

    @Option(names = "--rule", paramLabel = "RULE", required = true, description = "Id of the rule.")
    private String rule = "";

    @Option(
            names = "--since",
            paramLabel = "INSTANT",
            description = "Only letters of events from then on, such as 2026-12-01T08:00:00Z.")
    private @Nullable Instant since;

    @Option(names = "--dry-run", description = "Tell what would be sent, and send nothing.")
    private boolean dryRun;

    @Override
    public Integer call() {
        SluiceConfig config = common.load();
        Replay.Request request = new Replay.Request(ruleset, rule, since);
        Replay.Outcome outcome = dryRun ? Replay.preview(config, request) : Replay.run(config, request);
        if (outcome instanceof Replay.Done done) {
            tell(done);
            return done.failing().count() == 0 ? Exit.OK : Exit.REFUSED;
        }
        refuse((Replay.Refused) outcome);
        return Exit.REFUSED;
    }

    private void refuse(Replay.Refused refused) {
        if (common.json()) {
            common.printJson(
                    node().put("accepted", false).put("code", refused.code()).put("text", refused.text()));
        } else {
            common.err()
                    .println("sluice: replay of " + ruleset + "/" + rule + " is refused: " + refused.code() + ": "
                            + refused.text());
            common.err().flush();
        }
    }

    private void tell(Replay.Done done) {
        if (common.json()) {
            common.printJson(json(done));
        } else {
            ReplayText.lines(ruleset + "/" + rule, done, dryRun ? ReplayText.Manner.PREVIEW : ReplayText.Manner.DONE)
                    .forEach(common::say);
        }
    }

    private ObjectNode node() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("ruleset", ruleset)
                .put("rule", rule)
                .put("dryRun", dryRun);
    }

    private ObjectNode json(Replay.Done done) {
        ObjectNode node = node().put("accepted", true)
                .put("version", done.version())
                .put("letters", done.letters())
                .put("sent", done.sent())
                .put("alreadyThere", done.present())
                .put("unmatched", done.unmatched())
                .put("windowsUntold", done.untold());
        put(node.putObject("failing"), done.failing());
        put(node.putObject("notReplayable"), done.impossible());
        return node;
    }

    private static void put(ObjectNode node, Replay.Some some) {
        node.put("letters", some.count()).put("first", some.first());
    }
}
