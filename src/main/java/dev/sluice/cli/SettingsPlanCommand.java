package dev.sluice.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.app.FleetStanding;
import dev.sluice.rule.ProblemText;
import dev.sluice.rule.compile.SettingsReader;
import dev.sluice.settings.Scope;
import dev.sluice.settings.SettingsDifference;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sluice settings plan FILE}: what it would change; nothing is changed. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = "Shows what a settings file would change, how far that reaches, and what would be refused.")
final class SettingsPlanCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "FILE", description = "The settings file.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    @Override
    public Integer call() {
        String text = RuleFiles.read(file);
        SettingsReader.Reading reading = SettingsReader.read(text);
        if (reading.settings().isEmpty()) {
            refuse(reading, text);
            return Exit.REFUSED;
        }
        try (FleetStanding fleet = new FleetStanding(common.load())) {
            SettingsDifference difference =
                    SettingsDifference.between(fleet.said(), reading.settings().get());
            if (common.json()) {
                common.printJson(json(reading, difference));
            } else {
                print(difference);
            }
        }
        return Exit.OK;
    }

    private void refuse(SettingsReader.Reading reading, String text) {
        if (common.json()) {
            common.printJson(json(reading, new SettingsDifference(List.of())));
        } else {
            common.say(ProblemText.of(file.toString(), text, reading.problems()));
            common.say(file + ": would be refused" + (reading.needsOnlyRestart() ? ": it needs a restart" : "")
                    + "; nothing would change");
        }
    }

    private void print(SettingsDifference difference) {
        if (difference.isEmpty()) {
            common.say("nothing would change");
            return;
        }
        SettingsChanges.lines(difference).forEach(common::say);
        common.say("scope: " + scope(difference) + "; in force on every instance without a restart");
    }

    private static ObjectNode json(SettingsReader.Reading reading, SettingsDifference difference) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("ok", reading.settings().isPresent());
        node.put("scope", reading.needsOnlyRestart() ? Scope.FULL.word() : scope(difference));
        node.set("changes", SettingsChanges.json(difference));
        node.set("problems", JSON.valueToTree(reading.problems()));
        return node;
    }

    private static String scope(SettingsDifference difference) {
        return difference.scope().map(Scope::word).orElse("none");
    }
}
