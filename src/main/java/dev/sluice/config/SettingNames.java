package dev.sluice.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The names that settings have in {@code sluice.yaml}, dotted, and in the environment. */
final class SettingNames {
    static final String APPLICATION = "application";
    static final String INSTANCE = "instance";
    static final String TOPICS = "topics";
    static final String PREFIX = "prefix";
    static final String WORKERS = "engine.workers";
    static final String STATE_DIR = "engine.stateDir";
    static final String HEARTBEAT = "engine.heartbeatMs";
    static final String KAFKA = "kafka.";
    static final String SERDE = "serde.";
    static final String STREAMS = "engine.streams.";

    static final List<String> FIXED = List.of(APPLICATION, INSTANCE, TOPICS, PREFIX, WORKERS, STATE_DIR, HEARTBEAT);
    private static final List<String> OPEN = List.of(KAFKA, SERDE, STREAMS);
    private static final Map<String, String> BY_VARIABLE = Map.of(
            "SLUICE_APPLICATION", APPLICATION,
            "SLUICE_INSTANCE", INSTANCE,
            "SLUICE_TOPICS", TOPICS,
            "SLUICE_PREFIX", PREFIX,
            "SLUICE_ENGINE_WORKERS", WORKERS,
            "SLUICE_ENGINE_STATE_DIR", STATE_DIR,
            "SLUICE_ENGINE_HEARTBEAT_MS", HEARTBEAT);
    private static final Map<String, String> OPEN_BY_VARIABLE =
            Map.of("SLUICE_KAFKA_", KAFKA, "SLUICE_SERDE_", SERDE, "SLUICE_ENGINE_STREAMS_", STREAMS);

    private SettingNames() {}

    static boolean isKnown(String name) {
        return FIXED.contains(name) || OPEN.stream().anyMatch(open -> name.startsWith(open) && !name.equals(open));
    }

    /** For hints: the fixed names and the open groups, {@code kafka.*}. */
    static List<String> known() {
        return Stream.concat(FIXED.stream(), OPEN.stream().map(open -> open + "*"))
                .toList();
    }

    static List<String> variables() {
        return BY_VARIABLE.keySet().stream().sorted().toList();
    }

    /** {@code SLUICE_KAFKA_SASL_MECHANISM} is {@code kafka.sasl.mechanism}; empty for a variable of another purpose. */
    static Optional<String> ofVariable(String variable) {
        String fixed = BY_VARIABLE.get(variable);
        if (fixed != null) {
            return Optional.of(fixed);
        }
        return OPEN_BY_VARIABLE.entrySet().stream()
                .filter(open -> variable.startsWith(open.getKey())
                        && variable.length() > open.getKey().length())
                .map(open -> open.getValue()
                        + variable.substring(open.getKey().length())
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '.'))
                .findFirst();
    }
}
