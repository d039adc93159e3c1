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
import dev.sluice.schema.DeadLetter;
import dev.sluice.schema.DeadLetterCode;
import dev.sluice.serde.AvroDeserializer;
import dev.sluice.serde.AvroSerializer;
import dev.sluice.serde.InProcessRegistry;
import dev.sluice.serde.SingleObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Windowed rules through the whole topology: at home, handed over, behind one another, at the end of a window. */
final class WindowedTopologyTest {
    private static final String SCOPE = "windowed-topology";
    private static final Map<String, String> REGISTRY = Map.of("schema.registry.url", "mock://" + SCOPE);
    private static final TopicNames NAMES = new TopicNames("t");
    private static final Instant MORNING = Instant.parse("2001-01-01T06:00:00Z");
    private static final long IDLE_MS = 5_000;

    private final AvroSerializer serializer = new AvroSerializer();
    private final AvroDeserializer alerts = new AvroDeserializer();
    private EventTopic flights;
    private Installations installations;
    private Workers workers;
    private TopologyTestDriver driver;
    private TestInputTopic<byte[], byte[]> input;

    @BeforeEach
    void startTheTopology() throws IOException {
        Schema schema =
                new Schema.Parser().parse(Path.of("schemas/events/Flight.avsc").toFile());
        TopicSpec topic = new TopicSpec("flights", 1, (short) -1, Map.of());
        flights = new EventTopic("Flight", topic, schema, "origin", "departed_at");
        TopicsConfig topics = new TopicsConfig(NAMES, List.of(), List.of(flights), List.of());
        serializer.configure(REGISTRY, false);
        alerts.configure(Map.of("schema.registry.url", "mock://" + SCOPE, "specific.avro.reader", "true"), false);
        installations = new Installations(new EventTypes(Map.of("Flight", AvroEventTypes.eventType(schema)), Set.of()));
        workers = new Workers(() -> {});
        EvaluateParts parts = new EvaluateParts(
                installations.current(),
                serializer,
                new DeadLetters("me"),
                workers,
                new RegistryWatch(() -> {}),
                NAMES,
                new WindowsConfig(WindowsConfig.StoreKind.MEMORY, 1_000, IDLE_MS, 3_600_000),
                new WindowFigures(),
                new Timers("me", nowMs -> PoolFigures.NONE));
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "windowed-topology");
        driver = new TopologyTestDriver(new DataTopology(topics, this::deserializer, parts), settings);
        input = driver.createInputTopic("flights", new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterEach
    void stopTheTopology() {
        driver.close();
        InProcessRegistry.forget(SCOPE);
    }

    private AvroDeserializer deserializer(EventTopic topic) {
        AvroDeserializer deserializer = AvroDeserializer.withReaderSchema(topic.schema());
        deserializer.configure(REGISTRY, false);
        return deserializer;
    }

    private void publish(long version, String rules) {
        installations.publish("rules", version, "ruleset: rules\nrules:\n" + rules);
        assertThat(installations.current().read().rulesets().get("rules").refused())
                .isEmpty();
    }

    /** Delays of a key, counted. */
    private static String counting(String key, String window, String emit) {
        return """
                  - id: trouble
                    from: Flight
                    when: delay_minutes > 60
                    partitionBy: %s
                    window: { %s }
                    aggregate: { late: count(), worst: max(delay_minutes) }
                    emit: { type: Trouble, %s }
                """.formatted(key, window, emit);
    }

    /** A departure so many minutes into the morning. */
    private void send(String origin, int minute, int delay) {
        GenericRecord flight = new GenericData.Record(flights.schema());
        flight.put("departed_at", MORNING.plus(Duration.ofMinutes(minute)).toEpochMilli());
        flight.put("origin", origin);
        flight.put("destination", "MCI");
        flight.put("delay_minutes", delay);
        flight.put("distance_miles", 100);
        input.pipeInput(serializer.serialize("flights", flight));
    }

    private List<Alert> alerts() {
        // A task may leave some of much that is due for a little later.
        driver.advanceWallClockTime(Duration.ofMillis(50));
        return driver
                .createOutputTopic(NAMES.alerts(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList()
                .stream()
                .map(record -> (Alert) alerts.deserialize(NAMES.alerts(), record.headers(), record.value()))
                .toList();
    }

    private TestRecord<byte[], byte[]> deadLetter() {
        return driver.createOutputTopic(NAMES.deadLetters(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecord();
    }

    private static DeadLetter letter(TestRecord<byte[], byte[]> record) {
        return new SingleObject()
                .decode(record.headers().lastHeader("sluice-dead-letter").value(), DeadLetter.class);
    }

    private static long ms(int minute) {
        return MORNING.plus(Duration.ofMinutes(minute)).toEpochMilli();
    }

    @Test
    void stampsAlertsWithWindowAndKey() {
        publish(1, counting("origin", "tumbling: 1h", "trigger: each, fields: { late: late, worst: worst }"));
        send("BNA", 10, 90);
        send("BNA", 20, 30);
        send("MDW", 15, 70);
        send("BNA", 30, 80);

        List<Alert> alerts = alerts();
        assertThat(alerts)
                .extracting(Alert::getId)
                .containsExactly(
                        "flights-0-0/rules/trouble@" + ms(0),
                        "flights-0-2/rules/trouble@" + ms(0),
                        "flights-0-3/rules/trouble@" + ms(0));
        Alert last = alerts.get(2);
        assertThat(last.getKey()).isEqualTo("BNA");
        assertThat(last.getEventTime()).isEqualTo(MORNING.plus(Duration.ofMinutes(30)));
        assertThat(last.getWindow().getStart()).isEqualTo(MORNING);
        assertThat(last.getWindow().getEnd()).isEqualTo(MORNING.plus(Duration.ofHours(1)));
        assertThat(last.getFields()).isEqualTo(Map.of("late", 2L, "worst", 90L));
        assertThat(last.getSource().getOffset()).isEqualTo(3);
        assertThat(workers.figures()).containsEntry("handovers", 0L).containsEntry("events", 4L);
    }

    @Test
    void handsEventsOfAnotherKeyOver() {
        publish(1, counting("destination", "sliding: 1h", "trigger: each, fields: { late: late, from: origin }"));
        send("BNA", 10, 90);
        send("BNA", 20, 30);
        send("MDW", 15, 70);

        List<Alert> alerts = alerts();
        assertThat(alerts)
                .extracting(Alert::getId)
                .containsExactly("flights-0-0/rules/trouble", "flights-0-2/rules/trouble");
        assertThat(alerts).extracting(Alert::getKey).containsOnly("MCI");
        assertThat(alerts.get(1).getFields()).isEqualTo(Map.of("late", 2L, "from", "MDW"));
        assertThat(alerts.get(1).getSource().getTopic()).isEqualTo("flights");
        assertThat(alerts.get(1).getSource().getOffset()).isEqualTo(2);
        assertThat(workers.figures()).containsEntry("handovers", 2L).containsEntry("handoversDropped", 0L);
    }

    @Test
    void emitsAtTheEndOfAWindowAsTheStreamPassesIt() {
        publish(
                1,
                counting(
                        "origin",
                        "tumbling: 1h, grace: 5m",
                        "trigger: close, fields: { late: late, to: destination }"));
        send("BNA", 10, 90);
        send("BNA", 62, 90);
        send("BNA", 50, 90);
        assertThat(alerts()).isEmpty();
        send("MDW", 65, 10);

        List<Alert> alerts = alerts();
        assertThat(alerts).extracting(Alert::getId).containsExactly("rules/trouble/BNA@" + ms(0));
        assertThat(alerts.get(0).getEventTime()).isEqualTo(Instant.ofEpochMilli(ms(60) - 1));
        assertThat(alerts.get(0).getFields()).isEqualTo(Map.of("late", 2L, "to", "MCI"));
        assertThat(alerts.get(0).getSource().getOffset()).isEqualTo(1);
    }

    @Test
    void emitsAtTheEndOfAWindowByTheClockWhenTheTopicIsIdle() {
        publish(1, counting("origin", "tumbling: 10s", "trigger: close, fields: { late: late }"));
        send("BNA", 0, 90);
        driver.advanceWallClockTime(Duration.ofMillis(IDLE_MS - 51));
        assertThat(alerts()).isEmpty();
        driver.advanceWallClockTime(Duration.ofSeconds(10));
        assertThat(alerts()).extracting(Alert::getId).containsExactly("rules/trouble/BNA@" + ms(0));
    }

    @Test
    void feedsAWindowBehindAnotherFromTheEndsOfTheFirst() {
        publish(
                1,
                counting("origin", "tumbling: 10m", "trigger: close, fields: { late: late, to: destination }") + """
                  - id: wide
                    from: Trouble
                    partitionBy: to
                    window: { tumbling: 1h, grace: 1h }
                    aggregate: { airports: count(), all: sum(late) }
                    emit: { type: Wide, trigger: each, fields: { airports: airports, all: all } }
                """);
        send("BNA", 1, 90);
        send("BNA", 2, 90);
        send("MDW", 3, 90);
        send("OAK", 20, 10);

        List<Alert> wide = alerts().stream()
                .filter(alert -> alert.getRule().equals("wide"))
                .toList();
        assertThat(wide)
                .extracting(Alert::getId)
                .containsExactly(
                        "rules/trouble>wide/BNA@" + ms(0) + "@" + ms(0),
                        "rules/trouble>wide/MDW@" + ms(0) + "@" + ms(0));
        assertThat(wide.get(1).getFields()).isEqualTo(Map.of("airports", 2L, "all", 3L));
        assertThat(wide.get(1).getKey()).isEqualTo("MCI");
        assertThat(wide.get(1).getEventTime()).isEqualTo(Instant.ofEpochMilli(ms(10) - 1));
        assertThat(wide.get(1).getSource().getOffset()).isEqualTo(2);
    }

    @Test
    void countsLateEventsAndSetsThemAsideOnWish() {
        publish(1, counting("origin", "tumbling: 1h", "trigger: each, fields: { late: late }"));
        send("BNA", 130, 90);
        send("BNA", 10, 90);
        assertThat(deadLetters()).isEmpty();
        publish(2, counting("origin", "tumbling: 1h, late: dead-letter", "trigger: each, fields: { late: late }"));
        send("BNA", 20, 90);

        TestRecord<byte[], byte[]> record = deadLetter();
        assertThat(letter(record).getCode()).isEqualTo(DeadLetterCode.LATE);
        assertThat(letter(record).getSource().getOffset()).isEqualTo(2);
        assertThat(letter(record).getFailures()).extracting(f -> f.getRule()).containsExactly("trouble");
        assertThat(record.value()).isNotEmpty();
        assertThat(alerts()).hasSize(1);
        assertThat(workers.figures()).containsEntry("lateEvents", 2L).containsEntry("ruleFailures", 0L);
        assertThat(workers.lateByRule()).isEqualTo(Map.of("rules/trouble", 2L));
    }

    private List<TestRecord<byte[], byte[]>> deadLetters() {
        return driver.createOutputTopic(NAMES.deadLetters(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    @Test
    void tellsOfAFailureWhereTheEventIsNotAtHandByItsPlace() {
        publish(1, counting("destination", "count: 3", "trigger: each, fields: { v: 10 / (late - 2) }"));
        send("BNA", 10, 90);
        send("BNA", 20, 90);

        assertThat(alerts()).hasSize(1);
        TestRecord<byte[], byte[]> record = deadLetter();
        assertThat(record.value()).isNull();
        assertThat(letter(record).getCode()).isEqualTo(DeadLetterCode.RULE_FAILED);
        assertThat(letter(record).getSource().getTopic()).isEqualTo("flights");
        assertThat(letter(record).getSource().getOffset()).isEqualTo(1);
        assertThat(new String(record.headers().lastHeader("sluice-source").value(), StandardCharsets.UTF_8))
                .isEqualTo("flights-0-1");
    }

    @Test
    void goesOnWithTheWindowsAsTheRuleChanges() {
        publish(1, counting("origin", "sliding: 1h", "trigger: each, fields: { late: late }"));
        send("BNA", 10, 90);
        send("BNA", 20, 90);
        publish(2, counting("origin", "sliding: 30m", "trigger: each, fields: { late: late, worst: worst }"));
        send("BNA", 41, 70);

        List<Alert> alerts = alerts();
        assertThat(alerts).extracting(Alert::getVersion).containsExactly(1L, 1L, 2L);
        assertThat(alerts.get(2).getFields()).isEqualTo(Map.of("late", 2L, "worst", 90L));
    }
}
