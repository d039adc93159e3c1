package dev.sluice.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sluice.settings.SettingsDifference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes of settings: {@code +} added, {@code -} removed, {@code ~} changed. */
final class SettingsChanges {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SettingsChanges() {}

    static List<String> lines(SettingsDifference difference) {
        List<String> lines = new ArrayList<>();
        for (SettingsDifference.Change change : difference.changes()) {
            if (change.before() == null) {
                lines.add("+ " + change.path() + ": " + change.after());
            } else if (change.after() == null) {
                lines.add("- " + change.path() + ": " + change.before());
            } else {
                lines.add("~ " + change.path() + ": " + change.before() + "  ->  " + change.after());
            }
        }
        return lines;
    }

    static ArrayNode json(SettingsDifference difference) {
        ArrayNode changes = JsonNodeFactory.instance.arrayNode();
        difference
                .changes()
                .forEach(change -> changes.addObject()
                        .put("key", change.path())
                        .put("before", change.before())
                        .put("after", change.after())
                        .put("scope", change.scope().word()));
        return changes;
    }

    /** The changes of an event of the audit on one line; empty for none, and for those of another build. */
    static String line(String figures) {
        try {
            List<String> parts = new ArrayList<>();
            for (JsonNode change : JSON.readTree(figures)) {
                parts.add(change.path("key").asText() + " " + text(change.get("before")) + " -> "
                        + text(change.get("after")));
            }
            return String.join(", ", parts);
        } catch (JsonProcessingException e) {
            return "";
        }
    }

    private static String text(@Nullable JsonNode value) {
        return value == null || value.isNull() ? "(none)" : value.asText();
    }
}
