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
    static final String SETTLE = "engine.settleMs";
    static final String VERSIONS_KEPT = "engine.versionsKept";
    static final String EVALUATION_BUDGET = "engine.evaluationBudgetUs";
    static final String WINDOWS_STORE = "engine.windows.store";
    static final String WINDOWS_CACHE_KEYS = "engine.windows.cacheKeys";
    static final String WINDOWS_IDLE_CLOSE = "engine.windows.idleCloseMs";
    static final String WINDOWS_KEEP = "engine.windows.keepStateOfPrevious";
    static final String KAFKA = "kafka.";
    static final String SERDE = "serde.";
    static final String STREAMS = "engine.streams.";

    static final List<String> FIXED = List.of(
            APPLICATION,
            INSTANCE,
            TOPICS,
            PREFIX,
            WORKERS,
            STATE_DIR,
            HEARTBEAT,
            SETTLE,
            VERSIONS_KEPT,
            EVALUATION_BUDGET,
            WINDOWS_STORE,
            WINDOWS_CACHE_KEYS,
            WINDOWS_IDLE_CLOSE,
            WINDOWS_KEEP);
    private static final List<String> OPEN = List.of(KAFKA, SERDE, STREAMS);
    private static final Map<String, String> BY_VARIABLE = Map.ofEntries(
            Map.entry("SLUICE_APPLICATION", APPLICATION),
            Map.entry("SLUICE_INSTANCE", INSTANCE),
            Map.entry("SLUICE_TOPICS", TOPICS),
            Map.entry("SLUICE_PREFIX", PREFIX),
            Map.entry("SLUICE_ENGINE_WORKERS", WORKERS),
            Map.entry("SLUICE_ENGINE_STATE_DIR", STATE_DIR),
            Map.entry("SLUICE_ENGINE_HEARTBEAT_MS", HEARTBEAT),
            Map.entry("SLUICE_ENGINE_SETTLE_MS", SETTLE),
            Map.entry("SLUICE_ENGINE_VERSIONS_KEPT", VERSIONS_KEPT),
            Map.entry("SLUICE_ENGINE_EVALUATION_BUDGET_US", EVALUATION_BUDGET),
            Map.entry("SLUICE_ENGINE_WINDOWS_STORE", WINDOWS_STORE),
            Map.entry("SLUICE_ENGINE_WINDOWS_CACHE_KEYS", WINDOWS_CACHE_KEYS),
            Map.entry("SLUICE_ENGINE_WINDOWS_IDLE_CLOSE_MS", WINDOWS_IDLE_CLOSE),
            Map.entry("SLUICE_ENGINE_WINDOWS_KEEP_STATE_OF_PREVIOUS", WINDOWS_KEEP));
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
