package dev.sluice.control;

import dev.sluice.deployment.Answer;
import dev.sluice.deployment.Decision;
import dev.sluice.deployment.Deployment;
import dev.sluice.schema.AuditEvent;
import dev.sluice.serde.SingleObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what was decided: to the store, to the control topic and to the audit topic, and commits soon.
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

    void write(String ruleset, Decision decision, Instant now) {
        write(ruleset, decision, null, now);
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

    void refuse(dev.sluice.schema.Command command, String code, String text, Instant now) {
        audit(new AuditEvents(now, command.getRuleset()).refusal(command, code, text));
        context.commit();
    }

    private void write(String ruleset, Decision decision, @Nullable String command, Instant now) {
        decision.next().ifPresent(next -> put(next, now));
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
        byte[] value = store.put(deployment);
        control(new ControlKey.OfDeployment(deployment.ruleset()).text(), value, now);
    }

    /** The ruleset is as if it had never been deployed. */
    void forget(Deployment deployment, String reason, Instant now) {
        store.remove(deployment.ruleset());
        control(new ControlKey.OfDeployment(deployment.ruleset()).text(), null, now);
        audit(new AuditEvents(now, deployment.ruleset()).removed(deployment.version(), reason));
    }

    void removeVersion(String ruleset, long version, String reason, Instant now) {
        control(new ControlKey.OfVersion(ruleset, version).text(), null, now);
        audit(new AuditEvents(now, ruleset).removed(version, reason));
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
        context.commit();
    }
}
