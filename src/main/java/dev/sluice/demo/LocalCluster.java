package dev.sluice.demo;

import dev.sluice.serde.InProcessRegistry;
import dev.sluice.serde.RegistryServer;
import java.util.Map;

/** A broker and a schema registry in this process, on loopback: for {@code dev} and {@code demo}. */
public final class LocalCluster implements AutoCloseable {
    private final EmbeddedBroker broker;
    private final RegistryServer registry;

    private LocalCluster(EmbeddedBroker broker, RegistryServer registry) {
        this.broker = broker;
        this.registry = registry;
    }

    /**
     * Starts both. With a data folder that is kept, the registry's schemas are kept in it too.
     *
     * @param registryPort 0 for a free one
     * @throws BrokerStartException when the broker cannot start, for example because its port is taken
     */
    public static LocalCluster start(BrokerOptions broker, int registryPort) {
        EmbeddedBroker started = EmbeddedBroker.start(broker);
        try {
            return new LocalCluster(started, RegistryServer.start(registry(broker), registryPort));
        } catch (RuntimeException e) {
            started.close();
            throw e;
        }
    }

    private static InProcessRegistry registry(BrokerOptions broker) {
        return broker.dataFolder()
                .map(folder -> InProcessRegistry.keptIn(folder.resolve("registry.jsonl")))
                .orElseGet(InProcessRegistry::new);
    }

    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    public String registryUrl() {
        return registry.url();
    }

    /** What a configuration needs to say to use this cluster. */
    public Map<String, String> overrides() {
        return Map.of(
                "kafka.bootstrap.servers",
                bootstrapServers(),
                "serde.schema.registry.url",
                registryUrl(),
                "engine.stateDir",
                broker.stateFolder().toString());
    }

    @Override
    public void close() {
        registry.close();
        broker.close();
    }
}
