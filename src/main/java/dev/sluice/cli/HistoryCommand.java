package dev.sluice.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.app.Cluster;
import dev.sluice.app.EngineParts;
import dev.sluice.config.SluiceConfig;
import dev.sluice.control.PublishedVersion;
import dev.sluice.control.RulesetImage;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice history RULESET}: its versions on the control topic: by whom, when, why, and what was refused. */
@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        description = "Shows the versions of a ruleset on the control topic: by whom, when and why.")
final class HistoryCommand implements Callable<Integer> {
    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "RULESET", description = "Name of the ruleset.")
    private String name = "";

    @Option(names = "--show", paramLabel = "VERSION", description = "Print the text of this version instead.")
    private @Nullable Long show;

    @Override
    public Integer call() {
        SluiceConfig config = common.load();
        Cluster.checkReachable(config);
        RulesetImage ruleset = EngineParts.publisher(config, Clock.systemUTC())
                .readImage()
                .rulesets()
                .get(name);
        if (ruleset == null) {
            throw new CommandException("there is no ruleset " + name + " on topic "
                    + config.topics().names().control());
        }
        if (show != null) {
            common.out().print(source(ruleset, show));
            common.out().flush();
        } else if (common.json()) {
            common.printJson(json(ruleset));
        } else {
            print(ruleset);
        }
        return Exit.OK;
    }

    private String source(RulesetImage ruleset, long version) {
        return ruleset.accepted().stream()
                .map(RulesetImage.Accepted::published)
                .filter(published -> published.version() == version)
                .findFirst()
                .orElseThrow(() -> new CommandException("ruleset " + name + " has no accepted version " + version))
                .source();
    }

    private void print(RulesetImage ruleset) {
        Table table = new Table("VERSION", "PUBLISHED", "AUTHOR", "DIGEST", "REASON");
        for (RulesetImage.Accepted accepted : ruleset.accepted()) {
            PublishedVersion published = accepted.published();
            table.row(
                    published.version(),
                    published.publishedAt().truncatedTo(ChronoUnit.SECONDS),
                    published.author(),
                    published.digest().substring(0, 19),
                    published.reason().isEmpty() ? "-" : published.reason());
        }
        table.print(common.out());
        List<RulesetImage.Refusal> refused = ruleset.refused();
        refused.forEach(r -> common.say("refused: version " + r.version() + " at offset " + r.offset() + ": "
                + r.problems().get(0).message()));
        common.say("Whether a version compiled on an instance, and which one it runs: sluice status");
    }

    private static ArrayNode json(RulesetImage ruleset) {
        ArrayNode nodes = JsonNodeFactory.instance.arrayNode();
        for (RulesetImage.Accepted accepted : ruleset.accepted()) {
            PublishedVersion published = accepted.published();
            ObjectNode node = nodes.addObject();
            node.put("version", published.version())
                    .put("offset", accepted.offset())
                    .put("accepted", true)
                    .put("publishedAt", published.publishedAt().toString())
                    .put("author", published.author())
                    .put("reason", published.reason())
                    .put("digest", published.digest());
        }
        for (RulesetImage.Refusal refusal : ruleset.refused()) {
            nodes.addObject()
                    .put("version", refusal.version())
                    .put("offset", refusal.offset())
                    .put("accepted", false)
                    .put("problem", refusal.problems().get(0).message());
        }
        return nodes;
    }
}
