package dev.sluice.config;

import java.nio.file.Path;
import java.util.Map;

/**
 * {@code sluice.yaml} with the environment laid over it, validated.
 *
 * @param application prefix of the application ids and consumer groups: {@code APP-control}, {@code APP-main}
 * @param instance id of this instance, unique in the fleet
 * @param kafka settings for every Kafka client: {@code bootstrap.servers}, security
 * @param serde {@code value.serde} (a class name) and its settings: {@code schema.registry.url} ...
 */
public record SluiceConfig(
        String application,
        String instance,
        Map<String, String> kafka,
        Map<String, String> serde,
        EngineConfig engine,
        TopicsConfig topics) {

    /**
     * How the engine runs.
     *
     * @param workers stream threads of the main pool
     * @param stateDir folder of Kafka Streams
     * @param heartbeatMs interval of status reports
     * @param deployments how versions come into force
     * @param evaluationBudgetUs an evaluation that takes longer is counted as a timeout, microseconds
     * @param windows how the state of windows is kept
     * @param streams further settings of the data plane's Kafka Streams client, such as {@code processing.guarantee}
     */
    public record EngineConfig(
            int workers,
            Path stateDir,
            long heartbeatMs,
            DeploymentsConfig deployments,
            long evaluationBudgetUs,
            WindowsConfig windows,
            Map<String, String> streams) {
        public EngineConfig {
            streams = Map.copyOf(streams);
        }
    }

    /**
     * How versions come into force.
     *
     * @param settleMs how long a starting engine waits at most until the newest versions are decided about
     * @param versionsKept accepted versions of a ruleset that stay on the control topic
     */
    public record DeploymentsConfig(long settleMs, int versionsKept) {}

    public SluiceConfig {
        kafka = Map.copyOf(kafka);
        serde = Map.copyOf(serde);
    }

    /** Without any value of {@code kafka} and {@code serde}: they may hold secrets. */
    @Override
    public String toString() {
        return "SluiceConfig[" + application + ", " + instance + "]";
    }
}
