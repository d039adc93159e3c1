package dev.sluice.bench;

import dev.sluice.app.Cluster;
import dev.sluice.config.ConfigReader;
import dev.sluice.config.ConfigSources;
import dev.sluice.config.SluiceConfig;
import dev.sluice.testing.BrokerUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Topics of payments on the broker under test, and the configuration of engines that read them with two workers. */
final class PaymentTopics {
    static final int WORKERS = 2;
    static final int PARTITIONS = 4;
    private static final int MAX_RULES_BYTES = 16_777_216;

    private final String prefix = BrokerUnderTest.uniquePrefix();
    private final Path folder;

    PaymentTopics() throws IOException {
        folder = Files.createTempDirectory("sluice-payments");
        Files.writeString(folder.resolve("Payment.avsc"), Payments.SCHEMA.toString());
        Files.writeString(folder.resolve("topics.yaml"), topicsYaml());
        Files.writeString(folder.resolve("sluice.yaml"), configYaml());
        Cluster.createTopics(config("setup", Map.of()));
    }

    private String topicsYaml() {
        return """
                prefix: %1$s
                own:
                  alerts: { settings: { retention.ms: "-1" } }
                  dead-letters: { settings: { retention.ms: "-1" } }
                events:
                  - type: Payment
                    topic: %1$s.payments
                    schema: Payment.avsc
                    key: account
                    timestamp: paid_at
                    partitions: %2$d
                    settings: { retention.ms: "-1" }
                """.formatted(prefix, PARTITIONS);
    }

    /** Rules are compressed on their way: a broker's limit is for what it gets. */
    private String configYaml() {
        return """
                kafka:
                  bootstrap.servers: %s
                  max.request.size: "%d"
                serde:
                  schema.registry.url: mock://%s
                engine:
                  workers: %d
                  stateDir: %s
                """.formatted(
                        BrokerUnderTest.bootstrapServers(), MAX_RULES_BYTES, prefix, WORKERS, folder.resolve("state"));
    }

    /**
     * The configuration of an application that has read nothing yet.
     *
     * @param name unique here
     */
    SluiceConfig config(String name, Map<String, String> more) {
        Map<String, String> overrides = new HashMap<>(more);
        overrides.put("application", prefix + "-" + name);
        overrides.put("instance", name);
        overrides.put("topics", folder.resolve("topics.yaml").toString());
        return ConfigReader.read(new ConfigSources(Optional.of(folder.resolve("sluice.yaml")), Map.of(), overrides))
                .orThrow();
    }

    Path folder() {
        return folder;
    }
}
