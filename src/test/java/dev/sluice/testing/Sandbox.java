package dev.sluice.testing;

import dev.sluice.app.Cluster;
import dev.sluice.app.EventSender;
import dev.sluice.app.PoolLag;
import dev.sluice.app.Publication;
import dev.sluice.app.RulesEngine;
import dev.sluice.config.ConfigReader;
import dev.sluice.config.ConfigSources;
import dev.sluice.config.EventTopic;
import dev.sluice.config.SluiceConfig;
import dev.sluice.control.RulesetPublisher;
import dev.sluice.schema.Alert;
import dev.sluice.serde.InProcessRegistry;
import dev.sluice.serde.RegistryServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A world of its own on the broker under test: topics under a unique prefix, an event topic of flights, a registry, a
 * folder, and engines in this JVM or in processes of their own.
 */
public final class Sandbox implements AutoCloseable {
    public static final Duration LIMIT = Duration.ofSeconds(60);

    private final String prefix;
    private final String bootstrapServers;
    private final Path folder;
    private final InProcessRegistry schemas = new InProcessRegistry();
    private RegistryServer registry;
    private final int registryPort;
    private final List<AutoCloseable> opened = new ArrayList<>();
    private volatile @Nullable EventTopic events;

    /**
     * Its event topic.
     *
     * @param schema a file, {@code TYPE.avsc}
     */
    private record Events(Path schema, String key, String timestamp) {
        static final Events FLIGHTS = new Events(Path.of("schemas/events/Flight.avsc"), "origin", "departed_at");
        static final Events READINGS = new Events(Path.of("src/test/resources/events/Reading.avsc"), "k", "at");

        String file() {
            return schema.getFileName().toString();
        }
    }

    private Sandbox(String bootstrapServers, Events events, Map<String, String> settings) {
        this.prefix = BrokerUnderTest.uniquePrefix();
        this.bootstrapServers = bootstrapServers;
        this.registry = RegistryServer.start(schemas, 0);
        this.registryPort = registry.port();
        try {
            Path sandboxes =
                    Files.createDirectories(Path.of("target", "sandboxes").toAbsolutePath());
            this.folder = Files.createTempDirectory(sandboxes, "sandbox");
            Files.createDirectories(folder.resolve("schemas"));
            Files.copy(events.schema(), folder.resolve("schemas").resolve(events.file()));
            Files.writeString(topicsFile(), topicsYaml(events));
            Files.writeString(configFile(), configYaml(settings));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** On the broker under test, with its topics created. */
    public static Sandbox create() {
        return on(BrokerUnderTest.bootstrapServers());
    }

    /** The same, with more settings for its engines, by their dotted names. */
    public static Sandbox with(Map<String, String> settings) {
        return on(BrokerUnderTest.bootstrapServers(), settings);
    }

    /** The same with an event topic of readings instead of flights. */
    public static Sandbox ofReadings(Map<String, String> settings) {
        return on(BrokerUnderTest.bootstrapServers(), Events.READINGS, settings);
    }

    public static Sandbox on(String bootstrapServers) {
        return on(bootstrapServers, Map.of());
    }

    /** On a broker of its own, with more settings for its engines. */
    public static Sandbox on(String bootstrapServers, Map<String, String> settings) {
        return on(bootstrapServers, Events.FLIGHTS, settings);
    }

    private static Sandbox on(String bootstrapServers, Events events, Map<String, String> settings) {
        Sandbox sandbox = new Sandbox(bootstrapServers, events, settings);
        Cluster.createTopics(sandbox.config("setup"));
        return sandbox;
    }

    private String topicsYaml(Events events) {
        return """
                prefix: %1$s
                own:
                  alerts: { settings: { retention.ms: "-1" } }
                  dead-letters: { settings: { retention.ms: "-1" } }
                events:
                  - type: %2$s
                    topic: %1$s.flights
                    schema: schemas/%2$s.avsc
                    key: %3$s
                    timestamp: %4$s
                    partitions: 4
                    settings: { retention.ms: "-1" }
                outputs:
                  - topic: %1$s.special
                    partitions: 2
                    settings: { retention.ms: "-1" }
                """.formatted(prefix, events.file().replace(".avsc", ""), events.key(), events.timestamp());
    }

    private String configYaml(Map<String, String> settings) {
        String more = settings.entrySet().stream()
                .map(each -> each.getKey() + ": " + each.getValue() + "\n")
                .collect(Collectors.joining());
        return more + """
                application: %s
                kafka:
                  bootstrap.servers: %s
                serde:
                  schema.registry.url: %s
                engine:
                  workers: 2
                  stateDir: %s
                  heartbeatMs: 500
                """.formatted(prefix, bootstrapServers, registry.url(), folder.resolve("state"));
    }

    public Path folder() {
        return folder;
    }

    public RegistryServer registry() {
        return registry;
    }

    /** Takes the registry away; {@link #startRegistry} brings it back with what it held, at the same port. */
    public void stopRegistry() {
        registry.close();
    }

    public void startRegistry() {
        registry = RegistryServer.start(schemas, registryPort);
    }

    public Path topicsFile() {
        return folder.resolve("topics.yaml");
    }

    public Path configFile() {
        return folder.resolve("sluice.yaml");
    }

    public SluiceConfig config(String instance) {
        return config(instance, Map.of());
    }

    public SluiceConfig config(String instance, Map<String, String> more) {
        Map<String, String> overrides = new HashMap<>(more);
        overrides.put("instance", instance);
        overrides.putIfAbsent("topics", topicsFile().toString());
        ConfigSources sources = new ConfigSources(Optional.of(configFile()), Map.of(), overrides);
        return ConfigReader.read(sources).orThrow();
    }

    /** An engine in this JVM. */
    public RulesEngine start(String instance) {
        return start(instance, Map.of());
    }

    /** An engine in this JVM with settings of its own. */
    public RulesEngine start(String instance, Map<String, String> more) {
        RulesEngine engine = RulesEngine.start(config(instance, more));
        opened.add(engine);
        return engine;
    }

    /** An engine in a process of its own. */
    public ChildEngine startChild(String instance) {
        return startChild(instance, Map.of());
    }

    /** The same with settings of its own, as variables of its environment. */
    public ChildEngine startChild(String instance, Map<String, String> environment) {
        return startChild(instance, environment, ChildEngine.BRIEF);
    }

    /** The same with options of its own for {@code java}. */
    public ChildEngine startChild(String instance, Map<String, String> environment, List<String> javaOptions) {
        ChildEngine child = ChildEngine.start(this, instance, environment, javaOptions);
        opened.add(child);
        return child;
    }

    /** Publishes a rule file and waits until the live instances run it. */
    public RulesetPublisher.Published publish(String name, String rules) {
        try (Publication publication = new Publication(config("publisher"))) {
            RulesetPublisher.Published published = publishUnwaited(publication, name, rules);
            Publication.Result result = publication.await(published, LIMIT);
            if (result.kind() != Publication.Kind.ACTIVE) {
                throw new AssertionError(result.text());
            }
            return published;
        }
    }

    public RulesetPublisher.Published publishUnwaited(Publication publication, String name, String rules) {
        RulesetPublisher.Outcome outcome =
                publication.publish(new RulesetPublisher.Request(name, rules, "test", "", OptionalLong.empty()));
        if (outcome instanceof RulesetPublisher.Published published) {
            return published;
        }
        throw new AssertionError("not published: " + outcome);
    }

    /** The topic beside the alerts topic that a rule may name. */
    public String special() {
        return prefix + ".special";
    }

    public EventTopic flights() {
        return events();
    }

    /** Topic of its events, whatever they are, as it was declared when this was first asked. */
    public EventTopic events() {
        EventTopic known = events;
        if (known == null) {
            known = config("test").topics().events().get(0);
            events = known;
        }
        return known;
    }

    public EventSender sender() {
        EventSender sender = new EventSender(config("sender"), events());
        opened.add(sender);
        return sender;
    }

    /** A flight from one of 26 airports. */
    public GenericRecord flight(long number, int delayMinutes) {
        GenericRecord flight = new GenericData.Record(flights().schema());
        flight.put("departed_at", 978_307_200_000L + number * 1000);
        flight.put("origin", String.valueOf((char) ('A' + number % 26)));
        flight.put("destination", "ZZZ");
        flight.put("delay_minutes", delayMinutes);
        flight.put("distance_miles", (int) (number % 3000));
        return flight;
    }

    /** Waits until every event sent is evaluated and committed. */
    public void awaitEvaluated() {
        try (PoolLag lag = new PoolLag(config("lag"))) {
            Awaitility.await()
                    .atMost(LIMIT)
                    .until(() -> lag.read().stream().mapToLong(PoolLag.Row::lag).sum() == 0);
        }
    }

    /** How many events the pool's group has committed. */
    public long committed() {
        try (PoolLag lag = new PoolLag(config("lag"))) {
            return committed(lag);
        }
    }

    /** Waits until the pool's group has committed at least {@code events}. */
    public void awaitCommittedBeyond(long events) {
        try (PoolLag lag = new PoolLag(config("lag"))) {
            Awaitility.await().atMost(LIMIT).until(() -> committed(lag) >= events);
        }
    }

    private static long committed(PoolLag lag) {
        return lag.read().stream().mapToLong(PoolLag.Row::committed).sum();
    }

    /** All committed alerts of the alerts topic. */
    public List<Alert> alerts() {
        return alerts(config("reader").topics().names().alerts());
    }

    public List<Alert> alerts(String topic) {
        return recordsOf(topic).alerts();
    }

    private CommittedRecords recordsOf(String topic) {
        return new CommittedRecords(config("reader"), topic);
    }

    /** A killed engine's transaction hides later records until the broker aborts it, ten seconds after its begin. */
    public void awaitNoOpenTransaction(String topic) {
        recordsOf(topic).awaitNoOpenTransaction();
    }

    /** How many records a topic holds: markers of transactions, and records of aborted ones, are none. */
    public long records(String topic) {
        return committed(topic).size();
    }

    /** The committed records of a topic, each partition's in order. */
    public List<ConsumerRecord<byte[], byte[]>> committed(String topic) {
        return recordsOf(topic).read();
    }

    @Override
    public void close() {
        for (int i = opened.size() - 1; i >= 0; i--) {
            try {
                opened.get(i).close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        opened.clear();
        registry.close();
    }
}
