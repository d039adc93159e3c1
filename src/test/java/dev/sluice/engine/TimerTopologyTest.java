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
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two event topics and the handovers: three tasks of one instance look at one clock. */
final class TimerTopologyTest {
    private static final String SCOPE = "timer-topology";
    private static final Map<String, String> REGISTRY = Map.of("schema.registry.url", "mock://" + SCOPE);
    private static final TopicNames NAMES = new TopicNames("t");
    private static final long START_MS = 1_700_000_000_000L;
    private static final String FIGURES = """
              - id: figures
                every: 5s
                emit:
                  type: Figures
                  fields:
                    at: tick
                    "on": instance
                    active: pool_active('main')
                    queue: pool_queue('main')
                    done: pool_processed('main')
            """;

    private final AvroSerializer serializer = new AvroSerializer();
    private final AvroDeserializer alerts = new AvroDeserializer();
    private Schema schema;
    private Installations installations;
    private TopologyTestDriver driver;
    private TestInputTopic<byte[], byte[]> input;

    @BeforeEach
    void startTheTopology() throws IOException {
        schema = new Schema.Parser().parse(Path.of("schemas/events/Flight.avsc").toFile());
        EventTopic flights = new EventTopic("Flight", topic("flights"), schema, "origin", "departed_at");
        EventTopic more = new EventTopic("Flight", topic("more-flights"), schema, "origin", "departed_at");
        TopicsConfig topics = new TopicsConfig(NAMES, List.of(), List.of(flights, more), List.of(topic("special")));
        serializer.configure(REGISTRY, false);
        alerts.configure(Map.of("schema.registry.url", "mock://" + SCOPE, "specific.avro.reader", "true"), false);
        installations = new Installations(
                new EventTypes(Map.of("Flight", AvroEventTypes.eventType(schema)), Set.of("special")));
        Workers workers = new Workers(() -> {});
        EvaluateParts parts = new EvaluateParts(
                installations.current(),
                serializer,
                new DeadLetters("me"),
                workers,
                new RegistryWatch(() -> {}),
                NAMES,
                new WindowsConfig(WindowsConfig.StoreKind.MEMORY, 1_000, 5_000, 3_600_000),
                new WindowFigures(),
                new Timers("me", nowMs -> new PoolFigures(workers.active(nowMs), 7, workers.events())));
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "timer-topology");
        driver = new TopologyTestDriver(
                new DataTopology(topics, this::deserializer, parts), settings, Instant.ofEpochMilli(START_MS));
        input = driver.createInputTopic("flights", new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterEach
    void stopTheTopology() {
        driver.close();
        InProcessRegistry.forget(SCOPE);
    }

    @Test
    void firesOnceATickWhateverTheNumberOfTasks() {
        publish(1, FIGURES);
        pass(Duration.ofSeconds(20));

        assertThat(read(NAMES.alerts()))
                .extracting(alert -> alert.getEventTime().toEpochMilli() - START_MS)
                .containsExactly(5_000L, 10_000L, 15_000L, 20_000L);
    }

    @Test
    void stampsAlertsWithInstanceAndTick() {
        publish(3, FIGURES.replace("type:", "topic: special\n      type:"));
        send(5);
        send(6);
        pass(Duration.ofSeconds(4));
        send(7);
        pass(Duration.ofSeconds(1));

        TestRecord<byte[], byte[]> record = output("special").readRecord();
        Alert alert = (Alert) alerts.deserialize("special", record.headers(), record.value());
        long tick = START_MS + 5_000;
        assertThat(alert.getId()).isEqualTo("rules/figures/me@" + tick);
        assertThat(alert.getKey()).isEqualTo("me");
        assertThat(alert.getEventTime()).isEqualTo(Instant.ofEpochMilli(tick));
        assertThat(alert.getVersion()).isEqualTo(3);
        assertThat(alert.getWindow()).isNull();
        assertThat(alert.getSource().getTopic()).isEmpty();
        assertThat(alert.getSource().getOffset()).isEqualTo(-1);
        assertThat(alert.getFields())
                .isEqualTo(Map.of(
                        "at",
                        Instant.ofEpochMilli(tick).toString(),
                        "on",
                        "me",
                        "active",
                        0L,
                        "queue",
                        7L,
                        "done",
                        3L));
        assertThat(record.timestamp()).isEqualTo(tick);
        assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("me");
        assertThat(new String(record.headers().lastHeader("sluice-rule").value(), StandardCharsets.UTF_8))
                .isEqualTo("figures");
    }

    @Test
    void aThreadThatJustEvaluatedIsActive() {
        publish(1, FIGURES);
        pass(Duration.ofMillis(4_900));
        send(5);
        pass(Duration.ofMillis(100));
        pass(Duration.ofSeconds(5));

        assertThat(read(NAMES.alerts()))
                .extracting(alert -> alert.getFields().get("active"))
                .containsExactly(1L, 0L);
    }

    @Test
    void missedTicksAreNotMadeUp() {
        publish(1, FIGURES);
        pass(Duration.ofMillis(50));
        driver.advanceWallClockTime(Duration.ofSeconds(17));
        pass(Duration.ofSeconds(1));
        driver.advanceWallClockTime(Duration.ofHours(1));

        assertThat(read(NAMES.alerts()))
                .extracting(alert -> alert.getEventTime().toEpochMilli() - START_MS)
                .containsExactly(15_000L, 3_615_000L);
    }

    @Test
    void aNewVersionAppliesAtOnceAndAnUnchangedTimerFiresOnATickOnce() {
        String other = "  - id: other\n    every: 1s\n    emit: { type: Other, fields: { at: tick } }\n";
        publish(1, FIGURES);
        pass(Duration.ofSeconds(5));
        publish(2, FIGURES + other);
        pass(Duration.ofMillis(1_500));
        publish(3, FIGURES);
        pass(Duration.ofMillis(3_500));
        publish(4, "  []\n");
        pass(Duration.ofSeconds(10));

        assertThat(read(NAMES.alerts()))
                .extracting(alert -> alert.getRule() + " " + alert.getVersion() + " "
                        + (alert.getEventTime().toEpochMilli() - START_MS))
                .containsExactly("figures 1 5000", "other 2 6000", "figures 3 10000");
    }

    @Test
    void aFailureIsADeadLetter() {
        publish(1, """
                  - id: share
                    every: 5s
                    emit: { type: Share, fields: { share: 100 / pool_processed('main') } }
                """);
        pass(Duration.ofSeconds(5));
        send(1);
        pass(Duration.ofSeconds(5));

        TestRecord<byte[], byte[]> record = output(NAMES.deadLetters()).readRecord();
        DeadLetter letter = new SingleObject()
                .decode(record.headers().lastHeader("sluice-dead-letter").value(), DeadLetter.class);
        assertThat(letter.getCode()).isEqualTo(DeadLetterCode.RULE_FAILED);
        assertThat(letter.getTimestamp()).isEqualTo(Instant.ofEpochMilli(START_MS + 5_000));
        assertThat(record.value()).isNull();
        assertThat(read(NAMES.alerts()))
                .extracting(alert -> alert.getFields().get("share"))
                .containsExactly(100L);
    }

    private void publish(long version, String rules) {
        installations.publish("rules", version, "ruleset: rules\nrules:\n" + rules);
        assertThat(installations.current().read().rulesets().get("rules").refused())
                .isEmpty();
    }

    /** In the steps in which tasks look at the clock. */
    private void pass(Duration time) {
        for (long ms = 0; ms < time.toMillis(); ms += 50) {
            driver.advanceWallClockTime(Duration.ofMillis(50));
        }
    }

    private void send(int delay) {
        GenericRecord flight = new GenericData.Record(schema);
        flight.put("departed_at", 978_330_000_000L);
        flight.put("origin", "BNA");
        flight.put("destination", "MCI");
        flight.put("delay_minutes", delay);
        flight.put("distance_miles", 100);
        input.pipeInput(serializer.serialize("flights", flight));
    }

    private TestOutputTopic<byte[], byte[]> output(String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private List<Alert> read(String topic) {
        return output(topic).readRecordsToList().stream()
                .map(record -> (Alert) alerts.deserialize(topic, record.headers(), record.value()))
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
