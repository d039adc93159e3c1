package dev.sluice.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.app.Catalog;
import dev.sluice.app.Publication;
import dev.sluice.app.Rollout;
import dev.sluice.app.Standing;
import dev.sluice.config.SluiceConfig;
import dev.sluice.control.RulesetPublisher;
import dev.sluice.deployment.DeploymentSpec;
import dev.sluice.rule.ProblemText;
import dev.sluice.rule.RulesetDefinition;
import dev.sluice.rule.compile.Compilation;
import dev.sluice.rule.compile.RuleCompiler;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice publish FILE}: the next version of a ruleset, and its way until it is active or taken back. */
@Command(
        name = "publish",
        mixinStandardHelpOptions = true,
        description = {
            "Publishes the next version of a ruleset and shows how it is deployed.",
            "Returns when it is active, staged, rolled back or failed; Ctrl-C ends the waiting, not the deployment.",
        })
final class PublishCommand implements Callable<Integer> {
    private static final Duration IN_USE_LIMIT = Duration.ofSeconds(30);

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final DeploymentOptions deployment = new DeploymentOptions();

    @Parameters(paramLabel = "FILE", description = "The rule file.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    @Option(
            names = {"--author", "--actor"},
            description = "Who publishes (default: the user's name).")
    private String author = System.getProperty("user.name", "unknown");

    @Option(names = "--reason", description = "Why, for the history.")
    private String reason = "";

    @Option(
            names = "--base",
            paramLabel = "VERSION",
            description = "Refuse when this is not the last version any more.")
    private @Nullable Long base;

    @Option(names = "--stage-only", description = "Only prepare it; 'sluice activate' lets it go on.")
    private boolean stageOnly;

    @Option(names = "--no-wait", description = "Do not wait for the instances.")
    private boolean noWait;

    @Option(names = "--follow", description = "Also wait for the time of a scheduled version, and for its end.")
    private boolean follow;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "How long to wait at most (default: until the version is active or taken back).")
    private @Nullable Long timeoutSeconds;

    @Override
    public Integer call() {
        SluiceConfig config = common.load();
        String source = RuleFiles.read(file);
        Compilation compilation = new RuleCompiler(Catalog.of(config.topics())).compile(source);
        if (!compilation.problems().isEmpty()) {
            common.err().println(ProblemText.of(file.toString(), source, compilation.problems()));
            common.err().flush();
        }
        if (compilation.definition().isEmpty()) {
            return Exit.REFUSED;
        }
        RulesetDefinition definition = compilation.definition().get();
        Optional<String> strategy = stageOnly ? Optional.of(deployment.textOfStaged()) : deployment.text();
        StrategyCheck.check(strategy, definition.deployment());
        OptionalLong from = base == null ? OptionalLong.empty() : OptionalLong.of(base);
        try (Publication publication = new Publication(config);
                Rollout rollout = new Rollout(config, definition.name())) {
            DeploymentSpec spec = StrategyCheck.spec(strategy, definition.deployment(), rollout.templates());
            RulesetPublisher.Outcome outcome = publication.publish(new RulesetPublisher.Request(
                    definition.name(), source, author, reason, from, strategy.orElse(null)));
            return outcome instanceof RulesetPublisher.Published published && !noWait
                    ? wait(publication, rollout, published, spec)
                    : answer(definition.name(), outcome);
        }
    }

    private int answer(String name, RulesetPublisher.Outcome outcome) {
        if (outcome instanceof RulesetPublisher.Rejected rejected) {
            return answer(new Answer(name, 0, "rejected"), rejected.code() + ": " + rejected.text(), Exit.REFUSED);
        }
        if (outcome instanceof RulesetPublisher.Unchanged unchanged) {
            long last = unchanged.last().version();
            String otherwise = deployment.text().isEmpty()
                    ? ""
                    : "; 'sluice activate " + name + " --version " + last + "' deploys it again";
            return answer(
                    new Answer(name, last, "unchanged"),
                    "has this very text already; nothing to publish" + otherwise,
                    Exit.OK);
        }
        RulesetPublisher.Published published = (RulesetPublisher.Published) outcome;
        return answer(
                new Answer(name, published.version().version(), "published"), "published, not waited for", Exit.OK);
    }

    private int wait(
            Publication publication, Rollout rollout, RulesetPublisher.Published published, DeploymentSpec spec) {
        String name = published.version().name();
        long version = published.version().version();
        if (!rollout.hasInstances()) {
            return unheard(name, version);
        }
        Patience patience = new Patience(
                spec, Optional.ofNullable(timeoutSeconds).map(Duration::ofSeconds), extent(), Instant.now());
        Standing standing = new RolloutWatch(common, rollout, version).until(patience::isOver);
        boolean isDecided = standing.phase() != Standing.Phase.WAITING && standing.phase() != Standing.Phase.UNDER_WAY;
        if (isDecided) {
            return told(publication, published, standing);
        }
        if (patience.isForSomebody(standing)) {
            return paused(name, standing);
        }
        return patience.isUnheard(standing) ? unheard(name, version) : late(name, standing, patience);
    }

    private Patience.Extent extent() {
        if (follow) {
            return Patience.Extent.WHOLE;
        }
        return Terminal.isThere() && !common.json() ? Patience.Extent.WATCHED : Patience.Extent.USUAL;
    }

    /** Nobody looks on: whoever started this has to know that it does not go on by itself. */
    private int paused(String name, Standing standing) {
        String where = RolloutText.standing(standing.deployment().orElseThrow());
        return answer(
                new Answer(name, standing.version(), "paused"),
                where.substring(where.indexOf(": ") + 2) + "; it waits for 'sluice resume', 'promote' or 'abort'",
                Exit.REFUSED);
    }

    private int unheard(String name, long version) {
        return answer(
                new Answer(name, version, "published"),
                "published; no instance is running, the next one to start decides about it",
                Exit.OK);
    }

    /** Active is what the decider said: now the evaluating threads have to say so, too. */
    private int told(Publication publication, RulesetPublisher.Published published, Standing standing) {
        Duration waited = Duration.between(published.version().publishedAt(), Instant.now());
        Publication.Result result = publication.await(published, waited.plus(IN_USE_LIMIT));
        if (!common.json()) {
            result.report().ifPresent(report -> ReportText.lines(report).forEach(line -> common.say("  " + line)));
        }
        String name = published.version().name();
        String hint = standing.phase() == Standing.Phase.STAGED
                        && standing.deployment().flatMap(StateText::until).isEmpty()
                ? ": 'sluice activate " + name + "'"
                : "";
        return answer(
                new Answer(name, published.version().version(), word(result.kind())),
                result.text() + hint,
                code(result.kind(), standing));
    }

    private static int code(Publication.Kind kind, Standing standing) {
        return switch (kind) {
            case ACTIVE, NO_INSTANCE, STAGED, ROLLING_OUT -> Exit.OK;
            case SUPERSEDED -> standing.phase() == Standing.Phase.ACTIVE ? Exit.OK : Exit.REFUSED;
            case REFUSED, ROLLED_BACK -> Exit.REFUSED;
            case DEADLINE -> Exit.DEADLINE;
        };
    }

    private static String word(Publication.Kind kind) {
        return switch (kind) {
            case NO_INSTANCE -> "published";
            case DEADLINE -> "waiting";
            default -> kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
        };
    }

    private int late(String name, Standing standing, Patience patience) {
        long waitedMs = Duration.between(patience.start(), standing.now()).toMillis();
        String state = standing.deployment()
                .filter(of -> of.version() == standing.version())
                .map(of -> of.state().word())
                .orElse("not begun");
        return answer(
                new Answer(name, standing.version(), "waiting"),
                "published, but " + state + " after " + waitedMs + " ms, prepared on " + standing.prepared() + " of "
                        + standing.instances() + " instances: see 'sluice status'",
                Exit.DEADLINE);
    }

    private record Answer(String ruleset, long version, String outcome) {}

    private int answer(Answer answer, String text, int code) {
        if (common.json()) {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            common.printJson(node.put("ruleset", answer.ruleset())
                    .put("version", answer.version())
                    .put("outcome", answer.outcome())
                    .put("text", text));
        } else {
            String version = answer.version() == 0 ? "" : " version " + answer.version();
            common.say(answer.ruleset() + version + ": " + text);
        }
        return code;
    }
}
