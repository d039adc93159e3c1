package dev.sluice.cli;

import dev.sluice.app.Cluster;
import dev.sluice.app.EngineParts;
import dev.sluice.config.SluiceConfig;
import dev.sluice.control.AuditLog;
import dev.sluice.control.ControlImage;
import dev.sluice.control.RulesetImage;
import dev.sluice.deployment.Deployment;
import dev.sluice.schema.AuditEvent;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice history RULESET}: its versions, when each was active, and what happened to its deployments. */
@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        description = {
            "Shows the versions of a ruleset: by whom, when, why, when each was active;",
            "and what happened to its deployments, the newest last.",
        })
final class HistoryCommand implements Callable<Integer> {
    private static final Duration READ_LIMIT = Duration.ofSeconds(30);

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "RULESET", description = "Name of the ruleset.")
    private String name = "";

    @Option(names = "--show", paramLabel = "VERSION", description = "Print the text of this version instead.")
    private @Nullable Long show;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many versions and how many steps at most (default: 20).")
    private int limit;

    @Override
    public Integer call() {
        SluiceConfig config = common.load();
        Cluster.checkReachable(config);
        ControlImage image = EngineParts.publisher(config, Clock.systemUTC()).readImage();
        RulesetImage ruleset = image.rulesets().get(name);
        if (ruleset == null) {
            throw new CommandException("there is no ruleset " + name + " on topic "
                    + config.topics().names().control());
        }
        if (show != null) {
            common.out().print(source(ruleset, show));
            common.out().flush();
            return Exit.OK;
        }
        Optional<Deployment> deployment =
                Optional.ofNullable(image.deployments().get(name));
        History history = History.of(ruleset, deployment, events(config), limit);
        if (common.json()) {
            common.printJson(history.json());
        } else {
            history.print(common.out());
        }
        return Exit.OK;
    }

    private List<AuditEvent> events(SluiceConfig config) {
        try (AuditLog log = AuditLog.fromBeginning(config.topics().names().audit(), config.kafka(), READ_LIMIT)) {
            return log.poll(Duration.ZERO).stream()
                    .filter(event -> event.getRuleset().equals(name))
                    .toList();
        }
    }

    private String source(RulesetImage ruleset, long version) {
        return ruleset.accepted().stream()
                .map(RulesetImage.Accepted::published)
                .filter(published -> published.version() == version)
                .findFirst()
                .orElseThrow(() -> new CommandException("ruleset " + name + " has no accepted version " + version))
                .source();
    }
}
