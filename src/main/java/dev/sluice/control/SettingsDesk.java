package dev.sluice.control;

import dev.sluice.deployment.DeploymentTemplates;
import dev.sluice.rule.compile.SettingsReader;
import dev.sluice.schema.Command;
import dev.sluice.settings.FleetSettings;
import dev.sluice.settings.SettingsDifference;
import dev.sluice.settings.SettingsInForce;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The decider's part that has the fleet's settings: it takes a file as a whole, or refuses it as a whole.
 *
 * <p>Threading: confined to the thread that has the task.
 */
final class SettingsDesk {
    static final String BAD_SETTINGS = "bad-settings";

    private final DeciderStore store;
    private final DeciderOutput output;
    private final SettingsInForce own;

    /** @param own what holds where the fleet's settings say nothing */
    SettingsDesk(DeciderStore store, DeciderOutput output, SettingsInForce own) {
        this.store = store;
        this.output = output;
        this.own = own;
    }

    SettingsInForce inForce() {
        return store.inForce(own);
    }

    DeploymentTemplates templates() {
        return store.said().templates();
    }

    void answer(Command command, @Nullable String text, Instant now) {
        if (text == null) {
            reset(command, now);
            return;
        }
        if (store.settings().filter(standing -> standing.text().equals(text)).isPresent()) {
            output.answerSettings(command, standing() + ", unchanged", now);
            return;
        }
        SettingsReader.Reading reading = SettingsReader.read(text);
        Optional<FleetSettings> settings = reading.settings();
        if (settings.isEmpty()) {
            String code = reading.needsOnlyRestart() ? SettingsReader.RESTART_NEEDED : BAD_SETTINGS;
            output.refuse(command, code, SettingsProblems.text(reading.problems()), now);
            return;
        }
        SettingsDifference difference = SettingsDifference.between(store.said(), settings.get());
        PublishedSettings next = new PublishedSettings(
                text, settings.get(), store.settingsRevision() + 1, command.getActor(), command.getReason(), now);
        output.put(next, now);
        output.changed(command, difference, now);
        output.answerSettings(command, standing(), now);
    }

    private void reset(Command command, Instant now) {
        SettingsDifference difference = SettingsDifference.between(store.said(), FleetSettings.NONE);
        if (store.settings().isEmpty()) {
            output.answerSettings(command, standing() + ", unchanged", now);
            return;
        }
        output.forgetSettings(now);
        output.changed(command, difference, now);
        output.answerSettings(command, standing(), now);
    }

    private String standing() {
        return store.settings()
                .map(standing -> "revision " + standing.revision())
                .orElse("no settings of the fleet");
    }
}
