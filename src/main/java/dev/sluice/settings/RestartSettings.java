package dev.sluice.settings;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The settings of an instance that it reads as it starts, by their names in {@code sluice.yaml}. */
public final class RestartSettings {
    private static final List<String> NAMES = List.of(
            "application",
            "instance",
            "topics",
            "prefix",
            "engine.stateDir",
            "engine.workers",
            "engine.settleMs",
            "engine.windows.store",
            "engine.windows.cacheKeys",
            "engine.windows.idleCloseMs",
            "engine.windows.keepStateOfPrevious");

    private static final List<String> GROUPS = List.of("kafka", "serde", "engine.streams");

    /** Where the fleet's settings have what an instance has under another name. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "engine.heartbeatMs", "monitoring.heartbeatMs",
            "engine.versionsKept", "limits.versionsKept",
            "engine.evaluationBudgetUs", "limits.evaluationBudgetUs");

    private RestartSettings() {}

    /** Whether the name is that of a setting that needs a restart: {@code engine.workers}, {@code kafka.acks}. */
    public static boolean contains(String name) {
        return NAMES.contains(name)
                || GROUPS.stream().anyMatch(group -> name.equals(group) || name.startsWith(group + "."));
    }

    /** The name among the fleet's settings of what instances have under {@code name}. */
    public static Optional<String> elsewhere(String name) {
        return Optional.ofNullable(ELSEWHERE.get(name));
    }

    /** For hints: every name, groups as {@code kafka.*}. */
    public static List<String> names() {
        return Stream.concat(NAMES.stream(), GROUPS.stream().map(group -> group + ".*"))
                .toList();
    }
}
