package dev.sluice.control;

import dev.sluice.rule.compile.SettingsReader;
import dev.sluice.settings.FleetSettings;
import java.time.Instant;

/**
 * The fleet's settings as they stand on the control topic.
 *
 * @param text the settings file, YAML
 * @param settings what the text says
 * @param revision number of the change, from 1
 */
public record PublishedSettings(
        String text, FleetSettings settings, long revision, String actor, String reason, Instant at) {

    /** @throws IllegalArgumentException when this build cannot read the text */
    static PublishedSettings of(dev.sluice.schema.Settings record) {
        SettingsReader.Reading reading = SettingsReader.read(record.getText());
        FleetSettings settings = reading.settings()
                .orElseThrow(() -> new IllegalArgumentException("the settings of revision " + record.getRevision()
                        + " cannot be read: "
                        + SettingsProblems.text(reading.problems().subList(0, 1))));
        return new PublishedSettings(
                record.getText(),
                settings,
                record.getRevision(),
                record.getActor(),
                record.getReason(),
                record.getAt());
    }

    dev.sluice.schema.Settings toRecord() {
        return new dev.sluice.schema.Settings(text, revision, actor, reason, at);
    }
}
