package dev.sluice.control;

import dev.sluice.deployment.Answer;
import dev.sluice.deployment.Decision;
import dev.sluice.deployment.Deployment;
import dev.sluice.schema.AuditEvent;
import dev.sluice.schema.AuditKind;
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
