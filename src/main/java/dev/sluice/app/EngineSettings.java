package dev.sluice.app;

import dev.sluice.config.SluiceConfig;
import dev.sluice.engine.DataPlane;
import dev.sluice.engine.RocksLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The Kafka settings of the two planes. What the configuration says goes over the defaults here. */
final class EngineSettings {
    private static final String COMMIT_INTERVAL_MS = "100";

    private EngineSettings() {}

    static Properties control(SluiceConfig config, Path stateFolder) {
        Properties settings = new Properties();
        settings.putAll(config.kafka());
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, config.application() + "-control");
        settings.put(
                StreamsConfig.STATE_DIR_CONFIG, stateFolder.resolve("control").toString());
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, "1");
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        // A change of rules should not wait for a fetch to fill.
        settings.put(StreamsConfig.globalConsumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG), "100");
        settings.put(StreamsConfig.POLL_MS_CONFIG, "50");
        settings.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG, "true");
        settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, "true");
        // What is decided is committed at once; reports need no transaction each, which would hold the next one up.
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, "50");
        // A transaction that begins while the broker still ends the one before is tried again soon.
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MS_CONFIG), "10");
        // Commands and reports need no common order: neither waits for the other's fetch.
        settings.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, "-1");
        // Another instance goes on with deployments when the one that decides is gone for so long.
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), "1000");
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), "6000");
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        String replication = config.engine().streams().get(StreamsConfig.REPLICATION_FACTOR_CONFIG);
        if (replication != null) {
            settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, replication);
        }
        return settings;
    }

    static Properties data(SluiceConfig config, Path stateFolder) {
        Properties settings = new Properties();
        settings.putAll(config.kafka());
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, config.application() + "-" + DataPlane.MAIN_POOL);
        settings.put(StreamsConfig.STATE_DIR_CONFIG, stateFolder.resolve("data").toString());
        settings.put(
                StreamsConfig.NUM_STREAM_THREADS_CONFIG,
                Integer.toString(config.engine().workers()));
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL_MS);
        // An idle thread reads the current rules between two polls.
        settings.put(StreamsConfig.POLL_MS_CONFIG, "20");
        // No two topics share rules' state, so none waits for the other's fetch; and asking costs a tenth of an event.
        settings.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, "-1");
        settings.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG, "true");
        settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, "true");
        settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksLimits.class.getName());
        // Short heartbeats keep the stall of a rebalance under half a second; a crash costs one session.
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), "300");
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), "6000");
        // New event topics are read from their beginning, so that no event is missed between two starts.
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        // A dead letter is its event and more: it needs room that an event does not.
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), "4194304");
        settings.putAll(config.engine().streams());
        return settings;
    }

    /** How long what an event led to may be held back. */
    static Duration commitInterval(SluiceConfig config) {
        return Duration.ofMillis(Long.parseLong(
                config.engine().streams().getOrDefault(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL_MS)));
    }
}
