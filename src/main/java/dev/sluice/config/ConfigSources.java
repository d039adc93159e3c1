package dev.sluice.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where the configuration comes from; a later one wins over an earlier.
 *
 * @param file {@code sluice.yaml}; empty: the one of the working folder, if there is one
 * @param environment {@code SLUICE_KAFKA_BOOTSTRAP_SERVERS} is {@code kafka.bootstrap.servers}, and so on
 * @param overrides setting to value, for example {@code engine.workers} or {@code kafka.bootstrap.servers}
 */
public record ConfigSources(Optional<Path> file, Map<String, String> environment, Map<String, String> overrides) {
    public ConfigSources {
        environment = Map.copyOf(environment);
        overrides = Map.copyOf(overrides);
    }

    /** The working folder's file and this process's environment. */
    public static ConfigSources ofProcess() {
        return new ConfigSources(Optional.empty(), System.getenv(), Map.of());
    }

    public ConfigSources withFile(Path newFile) {
        return new ConfigSources(Optional.of(newFile), environment, overrides);
    }

    public ConfigSources withOverrides(Map<String, String> newOverrides) {
        return new ConfigSources(file, environment, newOverrides);
    }

    /** Without values: they may hold secrets. */
    @Override
    public String toString() {
        return "ConfigSources[" + file + ", " + overrides.keySet() + "]";
    }
}
