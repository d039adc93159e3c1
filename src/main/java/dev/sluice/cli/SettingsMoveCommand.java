package dev.sluice.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.app.EngineParts;
import dev.sluice.app.FleetStanding;
import dev.sluice.config.SluiceConfig;
import dev.sluice.control.Commands;
import dev.sluice.control.PublishedSettings;
import dev.sluice.deployment.Command.Settings;
import dev.sluice.rule.ProblemText;
import dev.sluice.rule.compile.SettingsReader;
import dev.sluice.schema.InstanceStatus;
import dev.sluice.settings.FleetSettings;
import dev.sluice.settings.SettingsDifference;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A command to the fleet's settings: sent, answered, and waited for until every live instance has them. */
abstract class SettingsMoveCommand implements Callable<Integer> {
    private static final Duration POLL = Duration.ofMillis(100);

    @Mixin
    final CommonOptions common = new CommonOptions();

    @Mixin
    final MoveOptions options = new MoveOptions();

    /** {@code sluice settings apply FILE}. */
    @Command(
            name = "apply",
            description =
                    "Applies a settings file to the whole fleet: all of it, or nothing where anything is refused.")
    static final class ApplyCommand extends SettingsMoveCommand {
        @Parameters(paramLabel = "FILE", description = "The settings file.")
        @SuppressWarnings("NullAway.Init") // set by picocli
        private Path file;

        @Override
        String text() {
            return RuleFiles.read(file);
        }

        @Override
        void explain(@Nullable String text) {
            if (text != null) {
                SettingsReader.Reading reading = SettingsReader.read(text);
                common.err().print(ProblemText.of(file.toString(), text, reading.problems()));
            }
        }
    }

    /** {@code sluice settings reset}. */
    @Command(
            name = "reset",
            description = "Takes all settings of the fleet back: each instance has its own, or the default.")
    static final class ResetCommand extends SettingsMoveCommand {
        @Override
        @Nullable String text() {
            return null;
        }
    }

    /** Null to take all of them back. */
    abstract @Nullable String text();

    /** Shows people where the file is wrong, after a refusal. */
    void explain(@Nullable String text) {}

    @Override
    public Integer call() {
        String text = text();
        SluiceConfig config = common.load();
        try (FleetStanding fleet = new FleetStanding(config)) {
            FleetSettings before = fleet.said();
            Commands.Answer answer = ask(config, new Settings(text));
            if (!answer.isAccepted()) {
                return refused(answer, text);
            }
            List<InstanceStatus> waiting = await(fleet, text);
            told(
                    answer,
                    SettingsDifference.between(before, fleet.said()),
                    fleet.live().size());
            if (!waiting.isEmpty()) {
                throw CommandException.late(
                        "not in force within " + options.timeout().toSeconds() + " s on "
                                + String.join(
                                        ", ",
                                        waiting.stream()
                                                .map(InstanceStatus::getInstance)
                                                .toList())
                                + ": see 'sluice status'");
            }
            return Exit.OK;
        }
    }

    private Commands.Answer ask(SluiceConfig config, Settings move) {
        try (Commands commands = EngineParts.commands(config, Clock.systemUTC())) {
            return commands.send(new Commands.Request("", move, options.actor(), options.reason()), options.timeout())
                    .orElseThrow(() -> CommandException.late("settings: no answer within "
                            + options.timeout().toSeconds()
                            + " s; the command stands, and is answered when an instance is there: see 'sluice audit'"));
        }
    }

    /** The live instances that do not have the settings after all that time. */
    private List<InstanceStatus> await(FleetStanding fleet, @Nullable String text) {
        long deadline = System.nanoTime() + options.timeout().toNanos();
        while (true) {
            // The record is committed with the answer, and may be read after it.
            boolean isThere = Objects.equals(
                    text, fleet.settings().map(PublishedSettings::text).orElse(null));
            long revision = fleet.settings().map(PublishedSettings::revision).orElse(0L);
            List<InstanceStatus> waiting = fleet.live().stream()
                    .filter(status -> status.getSettings() != revision)
                    .toList();
            if ((isThere && waiting.isEmpty()) || System.nanoTime() > deadline) {
                return waiting;
            }
            fleet.poll(POLL);
        }
    }

    private int refused(Commands.Answer answer, @Nullable String text) {
        if (common.json()) {
            common.printJson(json(answer, new SettingsDifference(List.of())));
        } else {
            explain(text);
            common.err().println("sluice: settings are refused: " + answer.code() + ": " + answer.text());
            common.err().flush();
        }
        return Exit.REFUSED;
    }

    private void told(Commands.Answer answer, SettingsDifference difference, int instances) {
        if (common.json()) {
            common.printJson(json(answer, difference));
        } else {
            SettingsChanges.lines(difference).forEach(common::say);
            common.say(answer.text() + "; live: " + instances + (instances == 1 ? " instance" : " instances"));
        }
    }

    private static ObjectNode json(Commands.Answer answer, SettingsDifference difference) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("accepted", answer.isAccepted());
        node.put("code", answer.code());
        node.put("text", answer.text());
        node.set("changes", SettingsChanges.json(difference));
        return node;
    }
}
