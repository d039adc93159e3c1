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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is handed over from two sources, one a day behind the other. */
final class WatermarkTopologyTest {
    private static final String SCOPE = "watermark-topology";
    private static final Map<String, String> REGISTRY = Map.of("schema.registry.url", "mock://" + SCOPE);
    private static final TopicNames NAMES = new TopicNames("t");
    private static final Instant MORNING = Instant.parse("2001-01-01T06:00:00Z");
    private static final int DAY = 24 * 60;
    private static final long IDLE_MS = 5_000;

    private final AvroSerializer serializer = new AvroSerializer();
    private final AvroDeserializer alerts = new AvroDeserializer();
    private final Workers workers = new Workers(() -> {});
    private EventTopic east;
    private EventTopic west;
    private Installations installations;
    private TopologyTestDriver driver;

    @BeforeEach
    void startTheTopology() throws IOException {
        Schema schema =
                new Schema.Parser().parse(Path.of("schemas/events/Flight.avsc").toFile());
        east = topic("east", schema);
        west = topic("west", schema);
        serializer.configure(REGISTRY, false);
        alerts.configure(Map.of("schema.registry.url", "mock://" + SCOPE, "specific.avro.reader", "true"), false);
        installations = new Installations(new EventTypes(Map.of("Flight", AvroEventTypes.eventType(schema)), Set.of()));
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
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, SCOPE);
        TopicsConfig topics = new TopicsConfig(NAMES, List.of(), List.of(east, west), List.of());
        driver = new TopologyTestDriver(new DataTopology(topics, this::deserializer, parts), settings);
    }

    private static EventTopic topic(String name, Schema schema) {
        return new EventTopic("Flight", new TopicSpec(name, 1, (short) -1, Map.of()), schema, "origin", "departed_at");
    }

    private AvroDeserializer deserializer(EventTopic topic) {
        AvroDeserializer deserializer = AvroDeserializer.withReaderSchema(topic.schema());
        deserializer.configure(REGISTRY, false);
        return deserializer;
    }

    @AfterEach
    void stopTheTopology() {
        driver.close();
        InProcessRegistry.forget(SCOPE);
    }

    private void publish(String key) {
        installations.publish("rules", 1, """
                ruleset: rules
                rules:
                  - id: arrivals
                    from: Flight
                    when: delay_minutes > 60
                    partitionBy: %s
                    window: { tumbling: 1h }
                    aggregate: { n: count() }
                    emit: { type: Arrivals, trigger: close, fields: { n: n } }
                """.formatted(key));
        assertThat(installations.current().read().rulesets().get("rules").refused())
                .isEmpty();
    }

    /** A late departure so many minutes into the first morning. */
    private void send(EventTopic topic, int minute) {
        send(topic, minute, 90);
    }

    private void send(EventTopic topic, int minute, int delay) {
        GenericRecord flight = new GenericData.Record(topic.schema());
        flight.put("departed_at", MORNING.plus(Duration.ofMinutes(minute)).toEpochMilli());
        flight.put("origin", "BNA");
        flight.put("destination", "MCI");
        flight.put("delay_minutes", delay);
        flight.put("distance_miles", 100);
        String name = topic.topic().name();
        TestInputTopic<byte[], byte[]> input =
                driver.createInputTopic(name, new ByteArraySerializer(), new ByteArraySerializer());
        input.pipeInput(serializer.serialize(name, flight));
    }

    private void aSecondPasses() {
        driver.advanceWallClockTime(Duration.ofSeconds(1));
    }

    /** Both flow for six seconds, an event a second: longer than new sources are waited for. */
    private void bothFlow() {
        for (int second = 0; second < 6; second++) {
            send(east, DAY + second);
            send(west, second);
            aSecondPasses();
        }
    }

    private List<Alert> alerts() {
        return driver
                .createOutputTopic(NAMES.alerts(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList()
                .stream()
                .map(record -> (Alert) alerts.deserialize(NAMES.alerts(), record.headers(), record.value()))
                .toList();
    }

    @Test
    void nothingIsLateThatIsNotLateInItsOwnSource() {
        publish("destination");
        bothFlow();
        assertThat(alerts()).isEmpty();
        send(west, 59);
        send(west, 60);

        List<Alert> alerts = alerts();
        assertThat(alerts).hasSize(1);
        assertThat(alerts.get(0).getWindow().getStart()).isEqualTo(MORNING);
        assertThat(alerts.get(0).getFields()).isEqualTo(Map.of("n", 7L));
        assertThat(workers.figures()).containsEntry("lateEvents", 0L);
    }

    @Test
    void whatIsLateInItsOwnSourceIsLateWhereverTheOthersAre() {
        publish("destination");
        send(east, DAY + 130);
        send(west, 1);
        send(east, DAY + 59);
        assertThat(workers.figures()).containsEntry("lateEvents", 1L);
        bothFlow();
        assertThat(workers.lateByRule()).isEqualTo(Map.of("rules/arrivals", 7L));
    }

    @Test
    void aSourceWithoutEventsHoldsNothingBackForLong() {
        publish("destination");
        bothFlow();
        for (int second = 0; second < 4; second++) {
            send(east, DAY + 6);
            aSecondPasses();
        }
        assertThat(alerts()).isEmpty();
        for (int second = 0; second < 2; second++) {
            send(east, DAY + 6);
            aSecondPasses();
        }
        send(east, DAY + 6);

        List<Alert> alerts = alerts();
        assertThat(alerts).extracting(alert -> alert.getWindow().getStart()).containsExactly(MORNING);
        assertThat(alerts.get(0).getFields()).isEqualTo(Map.of("n", 6L));
        send(west, 7);
        assertThat(workers.figures()).containsEntry("lateEvents", 1L);
    }

    @Test
    void aSourceWhoseEventsMeetNoConditionGoesOnAllTheSame() {
        publish("destination");
        bothFlow();
        for (int hour = 1; hour < 4; hour++) {
            send(west, hour * 60, 10);
            aSecondPasses();
        }

        assertThat(alerts()).extracting(alert -> alert.getFields().get("n")).containsExactly(6L);
    }

    @Test
    void allWindowsEndWhenNoEventsComeAnyMore() {
        publish("destination");
        bothFlow();
        for (int second = 0; second < 60 * 60 + 10; second++) {
            aSecondPasses();
        }

        assertThat(alerts()).extracting(alert -> alert.getFields().get("n")).containsExactly(6L, 6L);
    }

    @Test
    void whatEndsAtHomeIsNotLateForTheWindowBehindIt() {
        installations.publish("rules", 1, """
                ruleset: rules
                rules:
                  - id: departures
                    from: Flight
                    window: { tumbling: 1h }
                    aggregate: { n: count() }
                    emit: { type: Departures, trigger: close, fields: { n: n, to: destination } }
                  - id: arrivals
                    from: Departures
                    partitionBy: to
                    window: { tumbling: 1h }
                    aggregate: { all: sum(n) }
                    emit: { type: Arrivals, trigger: close, fields: { all: all } }
                """);
        bothFlow();
        send(west, 60);
        send(east, DAY + 60);
        aSecondPasses();
        send(west, 120);
        aSecondPasses();

        assertThat(workers.figures()).containsEntry("lateEvents", 0L);
        assertThat(alerts().stream().filter(alert -> alert.getRule().equals("arrivals")))
                .extracting(alert -> alert.getFields().get("all"))
                .as("the hour that began with the day, and the next")
                .containsExactly(6L, 1L);
    }

    @Test
    void sourcesTellOfThemselvesOnlyForRulesThatAreHandedOverTo() {
        publish("origin");
        bothFlow();
        assertThat(workers.figures()).containsEntry("handoverMarks", 0L);
        installations.publish("rules", 2, """
                ruleset: rules
                rules:
                  - { id: slow, from: Flight, when: delay_minutes > 60, emit: { type: Slow, fields: { to: destination } } }
                  - id: arrivals
                    from: Slow
                    partitionBy: to
                    window: { tumbling: 1h }
                    aggregate: { n: count() }
                    emit: { type: Arrivals, trigger: close, fields: { n: n } }
                """);
        bothFlow();
        assertThat(workers.figures()).containsEntry("handoverMarks", 12L);
    }
}
