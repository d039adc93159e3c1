package dev.sluice.control;

import dev.sluice.deployment.Answer;
import dev.sluice.deployment.Decision;
import dev.sluice.deployment.Deployment;
import dev.sluice.deployment.DeploymentState;
import dev.sluice.deployment.Quarantine;
import dev.sluice.deployment.QuarantineDecision;
import dev.sluice.schema.AuditEvent;
import dev.sluice.serde.SingleObject;
import dev.sluice.settings.SettingsDifference;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what was decided: to the store, to the control topic and to the audit topic, and commits what somebody
 * waits for.
 *
 * <p>Threading: confined to the thread that has the task.
 */
final class DeciderOutput {
    private static final Logger LOG = LoggerFactory.getLogger(DeciderOutput.class);

    private final ProcessorContext<byte[], byte[]> context;
    private final DeciderStore store;

    DeciderOutput(ProcessorContext<byte[], byte[]> context, DeciderStore store) {
        this.context = context;
        this.store = store;
    }

    /**
     * What follows by itself. That a version is being prepared is for people to know: it waits for the next commit, so that it
     * is in no way of the record that follows it; unless it takes the place of a version that has keys.
     */
    void write(String ruleset, Decision decision, Instant now) {
        boolean isSplit = store.deployment(ruleset)
                .filter(before -> before.routing().candidate() != null)
                .isPresent();
        write(ruleset, decision, null, now);
        boolean isAwaited = decision.next()
                .filter(next -> isSplit || !(next.state() instanceof DeploymentState.Preparing))
                .isPresent();
        if (isAwaited) {
            context.commit();
        }
    }

    void answer(dev.sluice.schema.Command command, Decision decision, Instant now) {
        String ruleset = command.getRuleset();
        write(ruleset, decision, command.getId(), now);
        Answer answer = decision.answer();
        if (answer == null) {
            throw new IllegalStateException("a command has an answer");
        }
        AuditEvents events = new AuditEvents(now, ruleset);
        audit(events.answer(command, answer, store.deployment(ruleset).orElse(null)));
        context.commit();
    }

    void answer(dev.sluice.schema.Command command, QuarantineDecision decision, Instant now) {
        write(decision, command.getId(), now);
        Answer answer = decision.answer();
        if (answer == null) {
            throw new IllegalStateException("a command has an answer");
        }
        audit(new AuditEvents(now, command.getRuleset()).answer(command, answer));
        context.commit();
    }

    void write(QuarantineDecision decision, Instant now) {
        write(decision, null, now);
        if (!decision.changes().isEmpty()) {
            context.commit();
        }
    }

    private void write(QuarantineDecision decision, @Nullable String command, Instant now) {
        for (QuarantineDecision.Change change : decision.changes()) {
            Quarantine subject = change.subject();
            if (change.next() == null) {
                store.remove(subject);
                control(key(subject), null, now);
            } else {
                put(change.next(), now);
            }
            audit(new AuditEvents(now, subject.ruleset()).quarantine(change, command));
            LOG.atInfo()
                    .addKeyValue("ruleset", subject.ruleset())
                    .addKeyValue("version", subject.version())
                    .addKeyValue("rule", subject.rule())
                    .addKeyValue("by", change.origin().actor())
                    .log("quarantine {}: {}", change.to(), change.origin().reason());
        }
    }

    void put(Quarantine quarantine, Instant now) {
        control(key(quarantine), store.put(quarantine), now);
        context.commit();
    }

    private static String key(Quarantine quarantine) {
        return new ControlKey.OfQuarantine(quarantine.ruleset(), quarantine.rule()).text();
    }

    void refuse(dev.sluice.schema.Command command, String code, String text, Instant now) {
        audit(new AuditEvents(now, command.getRuleset()).refusal(command, code, text));
        context.commit();
    }

    private void write(String ruleset, Decision decision, @Nullable String command, Instant now) {
        decision.next().ifPresent(next -> store(next, now));
        AuditEvents events = new AuditEvents(now, ruleset);
        for (Decision.Transition transition : decision.transitions()) {
            audit(events.transition(transition, command));
            LOG.atInfo()
                    .addKeyValue("ruleset", ruleset)
                    .addKeyValue("version", transition.version())
                    .addKeyValue("attempt", transition.attempt())
                    .addKeyValue("by", transition.by())
                    .log("deployment {}: {}", transition.to(), transition.reason());
        }
    }

    void put(Deployment deployment, Instant now) {
        store(deployment, now);
        context.commit();
    }

    private void store(Deployment deployment, Instant now) {
        byte[] value = store.put(deployment);
        control(new ControlKey.OfDeployment(deployment.ruleset()).text(), value, now);
    }

    void put(PublishedSettings settings, Instant now) {
        control(ControlKey.OfSettings.TEXT, store.put(settings), now);
        context.commit();
    }

    void forgetSettings(Instant now) {
        store.removeSettings();
        control(ControlKey.OfSettings.TEXT, null, now);
        context.commit();
    }

    /** @param standing the settings that hold now */
    void answerSettings(dev.sluice.schema.Command command, String standing, Instant now) {
        audit(new AuditEvents(now, "").accepted(command, standing));
        context.commit();
    }

    void changed(dev.sluice.schema.Command command, SettingsDifference difference, Instant now) {
        audit(new AuditEvents(now, "").settings(command, difference));
        LOG.atInfo()
                .addKeyValue(
                        "revision",
                        store.settings().map(PublishedSettings::revision).orElse(0L))
                .addKeyValue("scope", AuditEvents.scope(difference))
                .addKeyValue("changes", difference.changes().size())
                .addKeyValue("by", command.getActor())
                .log("settings changed");
    }

    /** The ruleset is as if it had never been deployed. */
    void forget(Deployment deployment, String reason, Instant now) {
        store.remove(deployment.ruleset());
        control(new ControlKey.OfDeployment(deployment.ruleset()).text(), null, now);
        audit(new AuditEvents(now, deployment.ruleset()).removed(deployment.version(), reason));
        context.commit();
    }

    void removeVersion(String ruleset, long version, String reason, Instant now) {
        control(new ControlKey.OfVersion(ruleset, version).text(), null, now);
        audit(new AuditEvents(now, ruleset).removed(version, reason));
        context.commit();
    }

    private void control(String key, byte @Nullable [] value, Instant now) {
        forward(ControlTopology.CONTROL_SINK, key, value, now);
    }

    private void audit(AuditEvent event) {
        forward(ControlTopology.AUDIT_SINK, event.getRuleset(), SingleObject.encode(event), event.getAt());
    }

    @SuppressWarnings("NullAway") // a null value is a tombstone; Kafka Streams says so nowhere
    private void forward(String sink, String key, byte @Nullable [] value, Instant now) {
        context.forward(new Record<>(key.getBytes(StandardCharsets.UTF_8), value, now.toEpochMilli()), sink);
    }
}
