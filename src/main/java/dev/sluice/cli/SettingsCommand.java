package dev.sluice.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.app.EngineParts;
import dev.sluice.app.FleetStanding;
import dev.sluice.config.SluiceConfig;
import dev.sluice.control.PublishedSettings;
import dev.sluice.settings.FleetSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluice settings}: what is in force on the whole fleet, and where it comes from. */
@Command(
        name = "settings",
        mixinStandardHelpOptions = true,
        description = {
            "Shows the settings in force and where each comes from;",
            "plan, apply and reset change those of the whole fleet without a restart.",
        },
        subcommands = {
            SettingsPlanCommand.class,
            SettingsMoveCommand.ApplyCommand.class,
            SettingsMoveCommand.ResetCommand.class
        })
final class SettingsCommand implements Callable<Integer> {
    private static final String OWN = "sluice.yaml or default";

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Override
    public Integer call() {
        SluiceConfig config = common.load();
        try (FleetStanding fleet = new FleetStanding(config)) {
            Optional<PublishedSettings> settings = fleet.settings();
            if (common.json()) {
                common.printJson(json(config, settings));
            } else {
                print(config, settings);
            }
        }
        return Exit.OK;
    }

    /** Every setting with its value, those of the fleet over those of this configuration. */
    private static Map<String, String> inForce(SluiceConfig config, FleetSettings said) {
        Map<String, String> all =
                new LinkedHashMap<>(said.over(EngineParts.settings(config)).definition());
        said.definition().forEach(all::putIfAbsent);
        return all;
    }

    private void print(SluiceConfig config, Optional<PublishedSettings> settings) {
        FleetSettings said = settings.map(PublishedSettings::settings).orElse(FleetSettings.NONE);
        Table table = new Table("SETTING", "VALUE", "FROM");
        inForce(config, said)
                .forEach((key, value) -> table.row(
                        key,
                        value,
                        said.definition().containsKey(key)
                                ? "fleet, revision "
                                        + settings.map(PublishedSettings::revision)
                                                .orElse(0L)
                                : OWN));
        table.print(common.out());
        common.say("");
        common.say(settings.map(SettingsCommand::origin)
                .orElse("No settings of the fleet are applied; 'sluice settings apply FILE' does."));
    }

    private static String origin(PublishedSettings settings) {
        String reason = settings.reason().isEmpty() ? "" : ": " + settings.reason();
        return "revision " + settings.revision() + ", applied " + settings.at() + " by " + settings.actor() + reason;
    }

    private static ObjectNode json(SluiceConfig config, Optional<PublishedSettings> settings) {
        FleetSettings said = settings.map(PublishedSettings::settings).orElse(FleetSettings.NONE);
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("revision", settings.map(PublishedSettings::revision).orElse(0L));
        settings.ifPresent(of -> node.put("actor", of.actor())
                .put("reason", of.reason())
                .put("at", of.at().toString())
                .put("text", of.text()));
        ArrayNode values = node.putArray("settings");
        inForce(config, said)
                .forEach((key, value) -> values.addObject()
                        .put("key", key)
                        .put("value", value)
                        .put("from", said.definition().containsKey(key) ? "fleet" : "instance"));
        return node;
    }
}
