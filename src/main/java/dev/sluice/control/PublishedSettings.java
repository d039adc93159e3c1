package dev.sluice.control;

import java.time.Instant;

/**
 * The fleet's settings as they stand on the control topic.
 *
 * @param text the settings file, YAML
 * @param revision number of the change, from 1
 */
public record PublishedSettings(String text, long revision, String actor, String reason, Instant at) {
    static PublishedSettings of(dev.sluice.schema.Settings record) {
        return new PublishedSettings(
                record.getText(), record.getRevision(), record.getActor(), record.getReason(), record.getAt());
    }

    dev.sluice.schema.Settings toRecord() {
        return new dev.sluice.schema.Settings(text, revision, actor, reason, at);
    }
}
