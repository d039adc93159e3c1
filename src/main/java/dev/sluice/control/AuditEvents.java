package dev.sluice.control;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sluice.deployment.Answer;
import dev.sluice.deployment.Decision;
import dev.sluice.deployment.Deployment;
import dev.sluice.deployment.Quarantine;
import dev.sluice.deployment.QuarantineDecision;
import dev.sluice.deployment.RuleFigures;
import dev.sluice.schema.AuditEvent;
import dev.sluice.schema.AuditKind;
import dev.sluice.settings.Scope;
import dev.sluice.settings.SettingsDifference;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the decider writes to the audit topic. */
final class AuditEvents {
    /** Who does what happens by itself. */
    static final String ITSELF = "sluice";

    private final Instant at;
    private final String ruleset;

    /** Events of one ruleset at one time. */
    AuditEvents(Instant at, String ruleset) {
        this.at = at;
        this.ruleset = ruleset;
    }

    /** @param command id of the command that it follows from; null for none */
    AuditEvent transition(Decision.Transition transition, @Nullable String command) {
        return event(AuditKind.TRANSITION, transition.by())
                .setVersion(transition.version())
                .setAttempt(transition.attempt())
                .setCommand(command)
                .setWhat(transition.to())
                .setBefore(transition.from())
                .setReason(transition.reason())
                .build();
    }

    /** @param command id of the command that it follows from; null for none */
    AuditEvent quarantine(QuarantineDecision.Change change, @Nullable String command) {
        Quarantine subject = change.subject();
        return event(AuditKind.QUARANTINE, change.origin().actor())
                .setVersion(subject.version())
                .setRule(subject.rule())
                .setCommand(command)
                .setWhat(change.to())
                .setBefore(change.from())
                .setReason(change.origin().reason())
                .setFigures(json(change.seen()))
                .build();
    }

    private static String json(RuleFigures seen) {
        return seen.equals(RuleFigures.NONE)
                ? ""
                : "{\"evaluations\":%d,\"errors\":%d,\"timeouts\":%d}"
                        .formatted(
                                seen.evaluations(),
                                seen.failures().errors(),
                                seen.failures().timeouts());
    }

    /** The answer to a command about a rule in quarantine. */
    AuditEvent answer(dev.sluice.schema.Command command, Answer answer) {
        AuditEvent.Builder event = answer(command).setCode(code(answer)).setReason(text(command, answer));
        if (answer instanceof Answer.Released released) {
            event.setVersion(released.quarantine().version())
                    .setState(released.quarantine().state().word());
        }
        return event.build();
    }

    /** @param deployment as it is after the command; null where there is none */
    AuditEvent answer(dev.sluice.schema.Command command, Answer answer, @Nullable Deployment deployment) {
        AuditEvent.Builder event = answer(command).setCode(code(answer)).setReason(text(command, answer));
        if (deployment != null) {
            event.setVersion(deployment.version())
                    .setAttempt(deployment.attempt())
                    .setState(deployment.state().word());
        }
        return event.build();
    }

    /** The answer to a command that no deployment can be asked about. */
    AuditEvent refusal(dev.sluice.schema.Command command, String code, String text) {
        return answer(command).setCode(code).setReason(text).build();
    }

    /** @param state what holds after the command */
    AuditEvent accepted(dev.sluice.schema.Command command, String state) {
        return answer(command)
                .setCode(Commands.ACCEPTED)
                .setState(state)
                .setReason(command.getReason())
                .build();
    }

    AuditEvent settings(dev.sluice.schema.Command command, SettingsDifference difference) {
        return event(AuditKind.SETTINGS, command.getActor())
                .setCommand(command.getId())
                .setWhat(scope(difference))
                .setReason(command.getReason())
                .setFigures(json(difference))
                .build();
    }

    /** {@code none} for a text that says the same. */
    static String scope(SettingsDifference difference) {
        return difference.scope().map(Scope::word).orElse("none");
    }

    private static String json(SettingsDifference difference) {
        ArrayNode changes = JsonNodeFactory.instance.arrayNode();
        difference
                .changes()
                .forEach(change -> changes.addObject()
                        .put("key", change.path())
                        .put("before", change.before())
                        .put("after", change.after()));
        return changes.toString();
    }

    AuditEvent removed(long version, String reason) {
        return event(AuditKind.REMOVED, ITSELF)
                .setVersion(version)
                .setWhat("removed")
                .setReason(reason)
                .build();
    }

    private AuditEvent.Builder answer(dev.sluice.schema.Command command) {
        return event(AuditKind.COMMAND, command.getActor())
                .setCommand(command.getId())
                .setRule(command.getRule())
                .setWhat(command.getMove());
    }

    private AuditEvent.Builder event(AuditKind kind, String actor) {
        return AuditEvent.newBuilder()
                .setId(UUID.randomUUID().toString())
                .setAt(at)
                .setKind(kind)
                .setRuleset(ruleset)
                .setActor(actor);
    }

    private static String code(Answer answer) {
        return answer instanceof Answer.Refused refused
                ? refused.code().name().toLowerCase(Locale.ROOT).replace('_', '-')
                : Commands.ACCEPTED;
    }

    private static String text(dev.sluice.schema.Command command, Answer answer) {
        return answer instanceof Answer.Refused refused ? refused.message() : command.getReason();
    }
}
