package dev.sluice.control;

import dev.sluice.deployment.Deployment;
import dev.sluice.deployment.Quarantine;

/** One record of the control topic, decoded: what {@link ControlImage#apply} folds. */
sealed interface ControlRecord {

    /** The key of the record on the control topic. */
    String key();

    /** A version of a ruleset. */
    record VersionPublished(PublishedVersion published) implements ControlRecord {
        @Override
        public String key() {
            return new ControlKey.OfVersion(published.name(), published.version()).text();
        }
    }

    /** A version's value that says nothing: garbage, an unknown schema, or another version than the key says. */
    record VersionUnreadable(ControlKey.OfVersion of, String reason) implements ControlRecord {
        @Override
        public String key() {
            return of.text();
        }
    }

    /** A tombstone: the version is taken back. */
    record VersionDeleted(ControlKey.OfVersion of) implements ControlRecord {
        @Override
        public String key() {
            return of.text();
        }
    }

    /** Where a deployment stands. */
    record DeploymentChanged(Deployment deployment) implements ControlRecord {
        @Override
        public String key() {
            return new ControlKey.OfDeployment(deployment.ruleset()).text();
        }
    }

    /** A tombstone: the ruleset is as if it had never been deployed. */
    record DeploymentDeleted(ControlKey.OfDeployment of) implements ControlRecord {
        @Override
        public String key() {
            return of.text();
        }
    }

    /** Where a rule in quarantine stands. */
    record QuarantineChanged(Quarantine quarantine) implements ControlRecord {
        @Override
        public String key() {
            return new ControlKey.OfQuarantine(quarantine.ruleset(), quarantine.rule()).text();
        }
    }

    /** A tombstone: the rule is as any other. */
    record QuarantineDeleted(ControlKey.OfQuarantine of) implements ControlRecord {
        @Override
        public String key() {
            return of.text();
        }
    }

    /** Settings of the fleet. */
    record SettingsChanged(PublishedSettings settings) implements ControlRecord {
        @Override
        public String key() {
            return ControlKey.OfSettings.TEXT;
        }
    }

    /** A tombstone: every instance goes by its own settings. */
    record SettingsDeleted() implements ControlRecord {
        @Override
        public String key() {
            return ControlKey.OfSettings.TEXT;
        }
    }

    /** A record whose key names nothing that this build knows. */
    record Unknown(String key, String reason) implements ControlRecord {}

    /** A tombstone of such a key. */
    record UnknownDeleted(String key) implements ControlRecord {}
}
