package dev.sluice.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.app.Outlook;
import dev.sluice.app.Preview;
import dev.sluice.config.SluiceConfig;
import dev.sluice.rule.ProblemText;
import dev.sluice.ruleset.ReloadReport;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice plan FILE}: what publishing the file would change. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = {
            "Shows what publishing a rule file would change, how it would be deployed and what stands against it.",
            "Changes nothing. Exit code 1 when the file would be refused.",
        })
final class PlanCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final DeploymentOptions deployment = new DeploymentOptions();

    @Option(names = "--stage-only", description = "As if it were published to be prepared only.")
    private boolean stageOnly;

    @Parameters(paramLabel = "FILE", description = "The rule file.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    @Override
    public Integer call() {
        SluiceConfig config = common.load();
        String source = RuleFiles.read(file);
        Preview preview = Preview.of(config, source);
        Optional<Outlook> outlook = preview.report()
                .map(report -> Outlook.of(
                        config,
                        report.ruleset(),
                        StrategyCheck.spec(deployment.text(), preview.deployment(), preview.templates())));
        if (common.json()) {
            common.printJson(json(preview, outlook));
        } else {
            print(preview, outlook, source);
        }
        return preview.report().isPresent() ? Exit.OK : Exit.REFUSED;
    }

    private void print(Preview preview, Optional<Outlook> outlook, String source) {
        if (!preview.problems().isEmpty()) {
            common.say(ProblemText.of(file.toString(), source, preview.problems()));
        }
        if (preview.report().isEmpty() || outlook.isEmpty()) {
            common.say(file + ": would be refused; nothing would change");
            return;
        }
        ReloadReport report = preview.report().get();
        common.say(heading(preview, report));
        ReportText.changes(report).forEach(line -> common.say("  " + line));
        preview.sizes().forEach((rule, size) -> common.say("  # " + rule + "  holds " + size));
        OutlookText.lines(outlook.get()).forEach(common::say);
        if (stageOnly) {
            common.say("  prepared only: it gets no key before 'sluice activate " + report.ruleset() + "'");
        }
    }

    private static String heading(Preview preview, ReloadReport report) {
        String version = report.ruleset() + " version " + preview.next();
        if (preview.running() == 0) {
            return version + " would be the first";
        }
        return preview.changesNothing()
                ? version + " would do the same as version " + preview.running()
                : version + " would take the place of version " + preview.running() + "; scope: rules";
    }

    private static ObjectNode json(Preview preview, Optional<Outlook> outlook) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("ok", preview.report().isPresent());
        node.put("running", preview.running());
        node.put("next", preview.next());
        node.put("scope", preview.report().isEmpty() || preview.changesNothing() ? "none" : "rules");
        node.set("report", JSON.valueToTree(preview.report().orElse(null)));
        node.set("state", JSON.valueToTree(preview.sizes()));
        node.set("problems", JSON.valueToTree(preview.problems()));
        outlook.ifPresent(of -> node.set("deployment", OutlookText.json(of)));
        return node;
    }
}
