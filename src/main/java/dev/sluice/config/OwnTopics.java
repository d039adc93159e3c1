package dev.sluice.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sluice's own topics as they are declared unless {@code topics.yaml} says otherwise. */
final class OwnTopics {
    static final String CONTROL = "control";
    /** Partitions follow the event topics. */
    static final int AS_EVENTS = 0;

    private static final Map<String, String> COMPACTED = Map.of("cleanup.policy", "compact");

    /** Name without prefix, in the order of creation. */
    static final List<String> NAMES = List.of(CONTROL, "commands", "status", "audit", "dead-letters", "alerts");

    private static final Map<String, Map<String, String>> SETTINGS = Map.of(
            // An overwritten version stays readable for a week, for whoever joins or looks back. The largest rule file
            // must fit, in an encoding of up to four bytes a character.
            CONTROL,
            with(with(COMPACTED, "min.compaction.lag.ms", days(7)), "max.message.bytes", "16777216"),
            "commands",
            Map.of("retention.ms", days(7)),
            "status",
            COMPACTED,
            "audit",
            Map.of("retention.ms", "-1"),
            "dead-letters",
            // A dead letter is its event and more: an event that a broker's default just admits must fit.
            Map.of("retention.ms", days(14), "max.message.bytes", "4194304"),
            "alerts",
            Map.of("retention.ms", days(7)));

    private OwnTopics() {}

    static Map<String, String> settings(String name) {
        return SETTINGS.getOrDefault(name, Map.of());
    }

    /** Order counts on these: every reader must see one sequence. */
    static boolean hasOnePartition(String name) {
        return !name.equals("dead-letters") && !name.equals("alerts");
    }

    static Map<String, String> with(Map<String, String> settings, String name, String value) {
        Map<String, String> result = new LinkedHashMap<>(settings);
        result.put(name, value);
        return result;
    }

    private static String days(int days) {
        return Long.toString(Duration.ofDays(days).toMillis());
    }
}
