package dev.sluice.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.EventTopic;
import dev.sluice.config.TopicNames;
import dev.sluice.config.TopicSpec;
import dev.sluice.config.TopicsConfig;
import dev.sluice.config.WindowsConfig;
import dev.sluice.control.Installations;
import dev.sluice.evaluation.PoolFigures;
import dev.sluice.event.AvroEventTypes;
import dev.sluice.rule.EventTypes;
import dev.sluice.schema.Alert;
import dev.sluice.serde.AvroDeserializer;
import dev.sluice.serde.AvroSerializer;
import dev.sluice.serde.InProcessRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules with windows through the whole topology: stores, handovers and the clock. */
class WindowTopologyTest {
    private static final String SCOPE = "window-topology";
    private static final Map<String, String> REGISTRY = Map.of("schema.registry.url", "mock://" + SCOPE);
    private static final TopicNames NAMES = new TopicNames("t");
    private static final long START_MS = 978_307_200_000L;

    @TempDir
    Path folder;

    private final AvroSerializer serializer = new AvroSerializer();
    private final AvroDeserializer alerts = new AvroDeserializer();
    private EventTopic flights;
    private Installations installations;
    private final WindowFigures figures = new WindowFigures();
    private TopologyTestDriver driver;
    private TestInputTopic<byte[], byte[]> input;

    @BeforeEach
    void startTheTopology() throws IOException {
        Schema schema =
                new Schema.Parser().parse(Path.of("schemas/events/Flight.avsc").toFile());
        flights = new EventTopic("Flight", topic("flights"), schema, "origin", "departed_at");
        TopicsConfig topics = new TopicsConfig(NAMES, List.of(), List.of(flights), List.of());
        serializer.configure(REGISTRY, false);
        alerts.configure(Map.of("schema.registry.url", "mock://" + SCOPE, "specific.avro.reader", "true"), false);
        installations = new Installations(new EventTypes(Map.of("Flight", AvroEventTypes.eventType(schema)), Set.of()));
        EvaluateParts parts = new EvaluateParts(
                installations.current(),
                serializer,
                new DeadLetters("me"),
                new Workers(() -> {}),
                new RegistryWatch(() -> {}),
                NAMES,
                new WindowsConfig(WindowsConfig.StoreKind.ROCKSDB, 10, 5_000, 60_000),
                figures,
                new Timers("me", nowMs -> PoolFigures.NONE));
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "window-topology");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksLimits.class.getName());
        driver = new TopologyTestDriver(new DataTopology(topics, this::deserializer, parts), settings);
        input = driver.createInputTopic("flights", new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterEach
    void stopTheTopology() {
        driver.close();
        InProcessRegistry.forget(SCOPE);
    }

    @Test
    void countsByTheTopicsKeyAndByAnotherThroughTheHandovers() {
        publish(1, """
                  - id: by-origin
                    from: Flight
                    partitionBy: origin
                    window: { sliding: 1h }
                    aggregate: { n: count() }
                    emit: { trigger: each, type: A, fields: { n: n } }
                  - id: by-distance
                    from: Flight
                    partitionBy: distance_miles
                    window: { sliding: 1h }
                    aggregate: { n: count() }
                    emit: { trigger: each, type: B, fields: { n: n } }
                """);
        send(0, "BNA", 100);
        send(1, "BNA", 200);
        send(2, "ATL", 100);

        assertThat(read())
                .containsExactlyInAnyOrder(
                        "by-origin BNA 1",
                        "by-origin BNA 2",
                        "by-origin ATL 1",
                        "by-distance 100 1",
                        "by-distance 200 1",
                        "by-distance 100 2");
    }

    @Test
    void aRuleBehindAHandedOverRuleIsHandedOverAgain() {
        publish(1, """
                  - id: by-distance
                    from: Flight
                    partitionBy: distance_miles
                    window: { sliding: 1h }
                    aggregate: { n: count() }
                    emit: { trigger: each, type: Seen, fields: { n: n } }
                  - id: by-count
                    from: Seen
                    partitionBy: n
                    window: { sliding: 1h }
                    aggregate: { m: count() }
                    emit: { trigger: each, type: C, fields: { n: m } }
                """);
        send(0, "BNA", 100);
        send(1, "ATL", 200);
        send(2, "ATL", 200);

        assertThat(read())
                .containsExactlyInAnyOrder(
                        "by-distance 100 1",
                        "by-distance 200 1",
                        "by-distance 200 2",
                        "by-count 1 1",
                        "by-count 1 2",
                        "by-count 2 1");
    }

    @Test
    void anIdleTopicEndsItsWindowsByTheWallClock() {
        publish(1, """
                  - id: minutes
                    from: Flight
                    window: { tumbling: 1m }
                    aggregate: { n: count() }
                    emit: { trigger: close, type: A, fields: { n: n } }
                """);
        send(0, "BNA", 100);
        send(1, "BNA", 100);
        driver.advanceWallClockTime(Duration.ofSeconds(58));
        assertThat(read()).as("before the end of the minute").isEmpty();
        driver.advanceWallClockTime(Duration.ofSeconds(1));

        assertThat(read()).containsExactly("minutes BNA 2");
    }

    @Test
    void anotherVersionGoesOnWithTheStateAndItsSizeIsTold() {
        String rule = """
                  - id: r
                    from: Flight
                    when: distance_miles > %d
                    window: { sliding: 1h }
                    aggregate: { n: count() }
                    emit: { trigger: each, type: A, fields: { n: n } }
                """;
        publish(1, rule.formatted(10));
        send(0, "BNA", 100);
        publish(2, rule.formatted(20));
        send(1, "BNA", 100);
        driver.advanceWallClockTime(Duration.ofSeconds(2));

        assertThat(read()).containsExactly("r BNA 1", "r BNA 2");
        assertThat(figures.sizes()).singleElement().satisfies(size -> {
            assertThat(size.rule()).isEqualTo("r");
            assertThat(size.keys()).isEqualTo(1);
        });
    }

    private void publish(long version, String rules) {
        installations.publish("rules", version, "ruleset: rules\nrules:\n" + rules);
        assertThat(installations.current().read().rulesets().get("rules").refused())
                .isEmpty();
    }

    private void send(int second, String origin, int miles) {
        GenericRecord flight = new GenericData.Record(flights.schema());
        flight.put("departed_at", START_MS + second * 1_000L);
        flight.put("origin", origin);
        flight.put("destination", "MCI");
        flight.put("delay_minutes", 1);
        flight.put("distance_miles", miles);
        input.pipeInput(serializer.serialize("flights", flight));
    }

    /** RULE KEY N of each alert. */
    private List<String> read() {
        return driver
                .createOutputTopic(NAMES.alerts(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList()
                .stream()
                .map(record -> (Alert) alerts.deserialize(NAMES.alerts(), record.headers(), record.value()))
                .map(alert -> alert.getRule() + " " + alert.getKey() + " "
                        + alert.getFields().get("n"))
                .toList();
    }

    private AvroDeserializer deserializer(EventTopic topic) {
        AvroDeserializer deserializer = AvroDeserializer.withReaderSchema(topic.schema());
        deserializer.configure(REGISTRY, false);
        return deserializer;
    }

    private static TopicSpec topic(String name) {
        return new TopicSpec(name, 1, (short) -1, Map.of());
    }
}
