package dev.sluice.control;

import dev.sluice.deployment.Deployment;
import dev.sluice.deployment.Quarantine;
import dev.sluice.schema.RulesetVersion;
import dev.sluice.serde.RegistryException;
import dev.sluice.serde.SingleObject;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of the control topic to {@link ControlRecord}s and back.
 *
 * <p>Versions are written in Avro's single-object encoding, so that neither publishing nor starting needs a schema
 * registry; values in the Confluent wire format, from any other producer, are read too.
 *
 * <p>Threading: confined to the thread that folds; the deserializer inside is not shared.
 */
final class ControlCodec {
    private final String topic;
    private final Deserializer<?> confluent;
    private final SingleObject singleObject = new SingleObject();

    ControlCodec(String topic, Deserializer<?> confluent) {
        this.topic = topic;
        this.confluent = confluent;
    }

    static byte[] encode(Deployment deployment) {
        return SingleObject.encode(DeploymentCodec.record(deployment));
    }

    static byte[] encode(Quarantine quarantine) {
        return SingleObject.encode(QuarantineCodec.record(quarantine));
    }

    static byte[] encode(PublishedSettings settings) {
        return SingleObject.encode(settings.toRecord());
    }

    static byte[] encode(PublishedVersion published) {
        return SingleObject.encode(published.toRecord());
    }

    /**
     * Never throws on bad bytes: they become a record that says why.
     *
     * @throws RegistryException when the value needs a schema and no registry answers, or none to these credentials
     */
    ControlRecord decode(byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        String text = key == null ? "" : new String(key, StandardCharsets.UTF_8);
        ControlKey parsed = ControlKey.parse(text);
        if (parsed instanceof ControlKey.Unknown unknown) {
            return value == null
                    ? new ControlRecord.UnknownDeleted(text)
                    : new ControlRecord.Unknown(text, unknown.reason());
        }
        if (parsed instanceof ControlKey.OfDeployment of) {
            return value == null ? new ControlRecord.DeploymentDeleted(of) : decodeDeployment(of, value);
        }
        if (parsed instanceof ControlKey.OfQuarantine of) {
            return value == null ? new ControlRecord.QuarantineDeleted(of) : decodeQuarantine(of, value);
        }
        if (parsed instanceof ControlKey.OfSettings) {
            return value == null ? new ControlRecord.SettingsDeleted() : decodeSettings(value);
        }
        ControlKey.OfVersion of = (ControlKey.OfVersion) parsed;
        return value == null ? new ControlRecord.VersionDeleted(of) : decodeVersion(of, value, headers);
    }

    private ControlRecord decodeDeployment(ControlKey.OfDeployment of, byte[] value) {
        try {
            Deployment deployment = DeploymentCodec.of(singleObject.decode(value, dev.sluice.schema.Deployment.class));
            return deployment.ruleset().equals(of.name())
                    ? new ControlRecord.DeploymentChanged(deployment)
                    : new ControlRecord.Unknown(of.text(), "the value is of ruleset " + deployment.ruleset());
        } catch (SerializationException | IllegalArgumentException e) {
            return new ControlRecord.Unknown(of.text(), "the value cannot be read: " + e.getMessage());
        }
    }

    private ControlRecord decodeQuarantine(ControlKey.OfQuarantine of, byte[] value) {
        try {
            Quarantine quarantine = QuarantineCodec.of(singleObject.decode(value, dev.sluice.schema.Quarantine.class));
            return quarantine.ruleset().equals(of.name()) && quarantine.rule().equals(of.rule())
                    ? new ControlRecord.QuarantineChanged(quarantine)
                    : new ControlRecord.Unknown(
                            of.text(),
                            "the value is of rule " + quarantine.rule() + " of ruleset " + quarantine.ruleset());
        } catch (SerializationException | IllegalArgumentException e) {
            return new ControlRecord.Unknown(of.text(), "the value cannot be read: " + e.getMessage());
        }
    }

    private ControlRecord decodeSettings(byte[] value) {
        try {
            return new ControlRecord.SettingsChanged(
                    PublishedSettings.of(singleObject.decode(value, dev.sluice.schema.Settings.class)));
        } catch (SerializationException | IllegalArgumentException e) {
            return new ControlRecord.Unknown(ControlKey.OfSettings.TEXT, "the value cannot be read: " + e.getMessage());
        }
    }

    private ControlRecord decodeVersion(ControlKey.OfVersion of, byte[] value, Headers headers) {
        Object decoded;
        try {
            decoded = SingleObject.isSingleObject(value)
                    ? singleObject.decode(value, RulesetVersion.class)
                    : confluent.deserialize(topic, headers, value);
        } catch (RegistryException | InterruptException e) {
            throw e;
        } catch (SerializationException e) {
            return new ControlRecord.VersionUnreadable(of, "the value cannot be read: " + e.getMessage());
        } catch (RuntimeException e) {
            // A drop-in serde may throw anything; the loader must go on.
            return new ControlRecord.VersionUnreadable(of, "the value cannot be read: " + e);
        }
        if (!(decoded instanceof RulesetVersion version)) {
            return new ControlRecord.VersionUnreadable(of, "the value is not a RulesetVersion record");
        }
        if (!version.getName().equals(of.name()) || version.getVersion() != of.version()) {
            return new ControlRecord.VersionUnreadable(
                    of,
                    "the key says " + of.name() + " version " + of.version() + " and the value " + version.getName()
                            + " version " + version.getVersion());
        }
        return new ControlRecord.VersionPublished(PublishedVersion.of(version));
    }
}
