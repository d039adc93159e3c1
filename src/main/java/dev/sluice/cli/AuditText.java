package dev.sluice.cli;

import dev.sluice.control.Commands;
import dev.sluice.schema.AuditEvent;
import dev.sluice.schema.AuditKind;
import java.util.Locale;

/** An event of the audit topic on one line. */
final class AuditText {
    private AuditText() {}

    /** When, about what, what, by whom, and why. */
    static String line(AuditEvent event) {
        String reason = event.getReason().isEmpty() ? "" : ": " + event.getReason();
        if (event.getKind() == AuditKind.SETTINGS) {
            String changes = SettingsChanges.line(event.getFigures());
            reason += changes.isEmpty() ? "" : " (" + changes + ")";
        }
        return event.getAt() + "  " + subject(event) + "  " + what(event) + " by " + event.getActor() + reason;
    }

    private static String subject(AuditEvent event) {
        StringBuilder subject = new StringBuilder(event.getRuleset().isEmpty() ? "-" : event.getRuleset());
        if (event.getVersion() != null) {
            subject.append(" version ").append(event.getVersion());
        }
        if (event.getRule() != null) {
            subject.append(" rule ").append(event.getRule());
        }
        return subject.toString();
    }

    private static String what(AuditEvent event) {
        if (event.getKind() == AuditKind.COMMAND) {
            return event.getWhat() + " " + (isAccepted(event) ? "accepted" : "refused (" + event.getCode() + ")");
        }
        String change = (event.getBefore().isEmpty() ? "" : event.getBefore() + " -> ") + event.getWhat();
        if (event.getKind() == AuditKind.TRANSITION) {
            return change;
        }
        if (event.getKind() == AuditKind.QUARANTINE) {
            return "quarantine " + change;
        }
        return event.getKind().name().toLowerCase(Locale.ROOT)
                + (event.getWhat().isEmpty() ? "" : " " + event.getWhat());
    }

    private static boolean isAccepted(AuditEvent event) {
        return event.getCode().equals(Commands.ACCEPTED);
    }
}
