package dev.sluice.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** An alert on one line. */
final class AlertText {
    private AlertText() {}

    static String line(ObjectNode alert) {
        return String.format(
                "%s  %s v%s  %-20s  %-10s  %s  %s",
                alert.path("eventTime").asText(),
                alert.path("ruleset").asText(),
                alert.path("version").asText(),
                alert.path("rule").asText(),
                alert.path("key").asText("-"),
                alert.path("type").asText(),
                alert.path("fields"));
    }
}
