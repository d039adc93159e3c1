package dev.sluice.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.sluice.config.ConfigReader;
import dev.sluice.config.ConfigSources;
import dev.sluice.config.SluiceConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that every command takes, and what follows from them. */
final class CommonOptions {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration file (default: ./sluice.yaml if there is one).")
    private @Nullable Path config;

    @Option(names = "--topics", paramLabel = "FILE", description = "The topics file (default: ./topics.yaml).")
    private @Nullable Path topics;

    @Option(
            names = "--bootstrap-server",
            paramLabel = "HOST:PORT",
            description = "Brokers to begin with; over the configuration.")
    private @Nullable String bootstrapServer;

    @Option(names = "--registry", paramLabel = "URL", description = "Schema registry; over the configuration.")
    private @Nullable String registry;

    @Option(
            names = "--output",
            paramLabel = "table|json",
            defaultValue = "table",
            description = "For people, or for scripts (default: table).")
    private OutputFormat output = OutputFormat.TABLE;

    /** The configuration of file, environment and options. @throws dev.sluice.config.ConfigException on bad ones */
    SluiceConfig load() {
        return load(Map.of());
    }

    /** The same with {@code more} laid over it. */
    SluiceConfig load(Map<String, String> more) {
        return load(topics, more);
    }

    /** The same with {@code topicsFile} where no option names another. */
    SluiceConfig loadWithTopics(Path topicsFile, Map<String, String> more) {
        return load(topics == null ? topicsFile : topics, more);
    }

    private SluiceConfig load(@Nullable Path topicsFile, Map<String, String> more) {
        Map<String, String> overrides = overrides();
        overrides.putAll(more);
        if (topicsFile != null) {
            overrides.put("topics", topicsFile.toString());
        }
        ConfigSources sources = ConfigSources.ofProcess().withOverrides(overrides);
        return ConfigReader.read(config == null ? sources : sources.withFile(config))
                .orThrow();
    }

    private Map<String, String> overrides() {
        Map<String, String> overrides = new LinkedHashMap<>();
        if (bootstrapServer != null) {
            overrides.put("kafka.bootstrap.servers", bootstrapServer);
        }
        if (registry != null) {
            overrides.put("serde.schema.registry.url", registry);
        }
        return overrides;
    }

    boolean json() {
        return output == OutputFormat.JSON;
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** Prints a value as JSON, indented. */
    void printJson(Object value) {
        out().println(toJson(value));
        out().flush();
    }

    private static String toJson(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the output is made of plain values", e);
        }
    }

    void say(String line) {
        out().println(line);
        out().flush();
    }
}
