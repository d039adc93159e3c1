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
import dev.sluice.ruleset.Ruleset;
import dev.sluice.schema.Alert;
import dev.sluice.serde.AvroDeserializer;
import dev.sluice.serde.AvroSerializer;
import dev.sluice.serde.InProcessRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** The data plane's topology over one partition of flights of a morning, with the rules that are published to it. */
final class FlightTopology implements AutoCloseable {
    static final Instant MORNING = Instant.parse("2001-01-01T06:00:00Z");
    static final long IDLE_MS = 5_000;
    private static final long KEEP_PREVIOUS_MS = 3_600_000;
    private static final TopicNames NAMES = new TopicNames("t");

    private final String scope;
    private final AvroSerializer serializer = new AvroSerializer();
    private final AvroDeserializer alerts = new AvroDeserializer();
    private final EventTopic flights;
    private final Installations installations;
    private final Workers workers;
    private final WindowFigures figures = new WindowFigures();
    private final TopologyTestDriver driver;
    private final TestInputTopic<byte[], byte[]> input;

    /** A flight at a minute of the morning. */
    record Flight(String origin, int minute, int delay, int miles) {}

    /** @param scope of the registry, one of its own for each test class */
    FlightTopology(String scope, WindowsConfig.StoreKind store, Path folder) {
        this(scope, store, folder, new Workers(() -> {}));
    }

    /** The same with a clock of its own for the times of evaluations. */
    FlightTopology(String scope, WindowsConfig.StoreKind store, Path folder, Workers workers) {
        this.scope = scope;
        this.workers = workers;
        Schema schema = schema();
        TopicSpec topic = new TopicSpec("flights", 1, (short) -1, Map.of());
        flights = new EventTopic("Flight", topic, schema, "origin", "departed_at");
        serializer.configure(registry(), false);
        alerts.configure(Map.of("schema.registry.url", "mock://" + scope, "specific.avro.reader", "true"), false);
        installations = new Installations(new EventTypes(Map.of("Flight", AvroEventTypes.eventType(schema)), Set.of()));
        EvaluateParts parts = new EvaluateParts(
                installations.current(),
                serializer,
                new DeadLetters("me"),
                workers,
                new RegistryWatch(() -> {}),
                NAMES,
                new WindowsConfig(store, 10, IDLE_MS, KEEP_PREVIOUS_MS),
                figures,
                new Timers("me", nowMs -> PoolFigures.NONE));
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, scope);
        settings.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksLimits.class.getName());
        driver = new TopologyTestDriver(new DataTopology(topics(), this::deserializer, parts), settings);
        input = driver.createInputTopic("flights", new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static Schema schema() {
        try {
            return new Schema.Parser()
                    .parse(Path.of("schemas/events/Flight.avsc").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> registry() {
        return Map.of("schema.registry.url", "mock://" + scope);
    }

    private AvroDeserializer deserializer(EventTopic topic) {
        AvroDeserializer deserializer = AvroDeserializer.withReaderSchema(topic.schema());
        deserializer.configure(registry(), false);
        return deserializer;
    }

    /** @param rules a list of rules, as in a file */
    void publish(long version, String rules) {
        installations.publish("rules", version, "ruleset: rules\nrules:\n" + rules);
        assertThat(installations.current().read().rulesets().get("rules").refused())
                .isEmpty();
    }

    /** @param weight buckets that are the version's */
    void rollOut(long version, String rules, int weight) {
        installations.rollOut("rules", version, "ruleset: rules\nrules:\n" + rules, weight);
    }

    /**
     * Sets rules apart, and no others.
     *
     * @param rules {@code VERSION/RULE}
     */
    void apart(String... rules) {
        installations.apart(rules);
    }

    /** The version in force. */
    Ruleset running() {
        return installations.current().read().active().byName().get("rules");
    }

    TopicsConfig topics() {
        return new TopicsConfig(NAMES, List.of(), List.of(flights), List.of());
    }

    DataPlane.Serdes serdes() {
        return new DataPlane.Serdes(this::deserializer, serializer);
    }

    Alert alert(byte[] value, Headers headers) {
        return (Alert) alerts.deserialize(NAMES.alerts(), headers, value);
    }

    void rollBack() {
        installations.rollBack();
    }

    /** A departure so many minutes into the morning. */
    void send(String origin, int minute, int delay) {
        send(new Flight(origin, minute, delay, 100));
    }

    void send(Flight flight) {
        GenericRecord event = new GenericData.Record(flights.schema());
        event.put("departed_at", ms(flight.minute()));
        event.put("origin", flight.origin());
        event.put("destination", "MCI");
        event.put("delay_minutes", flight.delay());
        event.put("distance_miles", flight.miles());
        input.pipeInput(serializer.serialize("flights", event));
    }

    void advanceWallClock(Duration by) {
        driver.advanceWallClockTime(by);
    }

    /** What was emitted since the last time. */
    List<Alert> alerts() {
        // A task may leave some of much that is due for a little later.
        driver.advanceWallClockTime(Duration.ofMillis(50));
        return driver
                .createOutputTopic(NAMES.alerts(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList()
                .stream()
                .map(record -> (Alert) alerts.deserialize(NAMES.alerts(), record.headers(), record.value()))
                .toList();
    }

    /** RULE KEY N of each alert since the last time, with the field {@code n}. */
    List<String> numbers() {
        return alerts().stream()
                .map(alert -> alert.getRule() + " " + alert.getKey() + " "
                        + alert.getFields().get("n"))
                .toList();
    }

    List<TestRecord<byte[], byte[]>> deadLetters() {
        return driver.createOutputTopic(NAMES.deadLetters(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    Workers workers() {
        return workers;
    }

    WindowFigures figures() {
        return figures;
    }

    static long ms(int minute) {
        return MORNING.plus(Duration.ofMinutes(minute)).toEpochMilli();
    }

    @Override
    public void close() {
        driver.close();
        InProcessRegistry.forget(scope);
    }
}
