package dev.sluice.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.app.Catalog;
import dev.sluice.app.Publication;
import dev.sluice.config.SluiceConfig;
import dev.sluice.control.RulesetPublisher;
import dev.sluice.rule.ProblemText;
import dev.sluice.rule.compile.Compilation;
import dev.sluice.rule.compile.RuleCompiler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice publish FILE}: the next version of a ruleset, and the wait until the fleet runs it. */
@Command(
        name = "publish",
        mixinStandardHelpOptions = true,
        description = "Publishes the next version of a ruleset and waits until every live instance runs it.")
final class PublishCommand implements Callable<Integer> {
    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "FILE", description = "The rule file.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    @Option(names = "--author", description = "Who publishes (default: the user's name).")
    private String author = System.getProperty("user.name", "unknown");

    @Option(names = "--reason", description = "Why, for the history.")
    private String reason = "";

    @Option(
            names = "--base",
            paramLabel = "VERSION",
            description = "Refuse when this is not the last version any more.")
    private @Nullable Long base;

    @Option(names = "--no-wait", description = "Do not wait for the instances.")
    private boolean noWait;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "How long to wait (default: 30).")
    private long timeoutSeconds;

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
        String name = compilation.definition().get().name();
        OptionalLong from = base == null ? OptionalLong.empty() : OptionalLong.of(base);
        try (Publication publication = new Publication(config)) {
            return publish(publication, new RulesetPublisher.Request(name, source, author, reason, from));
        }
    }

    private int publish(Publication publication, RulesetPublisher.Request request) {
        String name = request.name();
        RulesetPublisher.Outcome outcome = publication.publish(request);
        if (outcome instanceof RulesetPublisher.Rejected rejected) {
            return answer(name, "rejected", 0, rejected.code() + ": " + rejected.text(), Exit.REFUSED);
        }
        if (outcome instanceof RulesetPublisher.Unchanged unchanged) {
            long last = unchanged.last().version();
            return answer(name, "unchanged", last, "has this very text already; nothing to publish", Exit.OK);
        }
        RulesetPublisher.Published published = (RulesetPublisher.Published) outcome;
        return noWait
                ? answer(name, "published", published.version().version(), "published, not waited for", Exit.OK)
                : wait(publication, published);
    }

    private int wait(Publication publication, RulesetPublisher.Published published) {
        String name = published.version().name();
        long version = published.version().version();
        Publication.Result result = publication.await(published, Duration.ofSeconds(timeoutSeconds));
        if (!common.json()) {
            result.report().ifPresent(report -> ReportText.lines(report).forEach(line -> common.say("  " + line)));
        }
        return switch (result.kind()) {
            case ACTIVE -> answer(name, "active", version, result.text(), Exit.OK);
            case NO_INSTANCE -> answer(name, "published", version, result.text(), Exit.OK);
            case REFUSED -> answer(name, "refused", version, result.text(), Exit.REFUSED);
            case DEADLINE -> answer(name, "waiting", version, result.text(), Exit.DEADLINE);
        };
    }

    private int answer(String name, String outcome, long version, String text, int code) {
        if (common.json()) {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            common.printJson(node.put("ruleset", name)
                    .put("version", version)
                    .put("outcome", outcome)
                    .put("text", text));
        } else {
            common.say(name + (version == 0 ? "" : " version " + version) + ": " + text);
        }
        return code;
    }
}
