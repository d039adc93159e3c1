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
import org.apache.avro.SchemaBuilder;
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

class EvaluateTopologyTest {
    private static final String SCOPE = "evaluate-topology";
    /** 20 ms past a twentieth of a second. */
    private static final Instant STARTED = Instant.ofEpochMilli(1_700_000_000_020L);

    private static final Map<String, String> REGISTRY = Map.of("schema.registry.url", "mock://" + SCOPE);
    private static final TopicNames NAMES = new TopicNames("t");

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
        flights = new EventTopic("Flight", topic("flights"), schema, "origin", "departed_at");
        TopicsConfig topics = new TopicsConfig(NAMES, List.of(), List.of(flights), List.of(topic("special")));
        serializer.configure(REGISTRY, false);
        alerts.configure(Map.of("schema.registry.url", "mock://" + SCOPE, "specific.avro.reader", "true"), false);
        installations = new Installations(
                new EventTypes(Map.of("Flight", AvroEventTypes.eventType(schema)), Set.of("special")));
        workers = new Workers(() -> {});
        EvaluateParts parts = new EvaluateParts(
                installations.current(),
                serializer,
                new DeadLetters("me"),
                workers,
                new RegistryWatch(() -> {}),
                NAMES,
                new WindowsConfig(WindowsConfig.StoreKind.MEMORY, 1_000, 5_000, 3_600_000),
                new WindowFigures(),
                new Timers("me", nowMs -> PoolFigures.NONE));
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "evaluate-topology");
        driver = new TopologyTestDriver(new DataTopology(topics, this::deserializer, parts), settings, STARTED);
        input = driver.createInputTopic("flights", new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterEach
    void stopTheTopology() {
        driver.close();
        InProcessRegistry.forget(SCOPE);
    }

    @Test
    void stampsAlertsWithVersionRuleKeyAndSource() {
        publish(
                1,
                rule(
                        "late",
                        "delay_minutes > 60",
                        "{ type: Late, fields: { d: delay_minutes, far: distance_miles > 500 } }"));
        send(flight("BNA", 90, 491));

        TestRecord<byte[], byte[]> record = output(NAMES.alerts()).readRecord();
        Alert alert = (Alert) alerts.deserialize(NAMES.alerts(), record.headers(), record.value());
        assertThat(alert.getId()).isEqualTo("flights-0-0/rules/late");
        assertThat(alert.getType()).isEqualTo("Late");
        assertThat(alert.getRuleset()).isEqualTo("rules");
        assertThat(alert.getVersion()).isEqualTo(1);
        assertThat(alert.getRule()).isEqualTo("late");
        assertThat(alert.getArm()).isEqualTo("stable");
        assertThat(alert.getKey()).isEqualTo("BNA");
        assertThat(alert.getEventTime()).hasToString("2001-01-01T06:20:00Z");
        assertThat(alert.getWindow()).isNull();
        assertThat(alert.getFields()).isEqualTo(Map.of("d", 90L, "far", false));
        assertThat(alert.getSource().getOffset()).isZero();
        assertThat(header(record, "sluice-ruleset")).isEqualTo("rules");
        assertThat(header(record, "sluice-version")).isEqualTo("1");
        assertThat(header(record, "sluice-rule")).isEqualTo("late");
        assertThat(header(record, "sluice-arm")).isEqualTo("stable");
        assertThat(header(record, "sluice-source")).isEqualTo("flights-0-0");
        assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("BNA");
    }

    @Test
    void evaluatesTheNextEventWithTheNextVersion() {
        publish(1, rule("late", "delay_minutes > 60", "{ type: Late, fields: { d: delay_minutes } }"));
        send(flight("A", 50, 1));
        publish(2, rule("late", "delay_minutes > 40", "{ type: Late, fields: { d: delay_minutes } }"));
        send(flight("B", 50, 1));

        assertThat(readAlerts(NAMES.alerts())).extracting(Alert::getVersion).containsExactly(2L);
        assertThat(workers.list().get(0).lastRead())
                .isSameAs(installations.current().read());
    }

    /** Whenever a task started, so that all tasks of a thread look at once. */
    @Test
    void looksAtTheRulesAtEachWholeTwentiethOfASecond() {
        publish(1, rule("late", "delay_minutes > 60", "{ type: Late, fields: { d: delay_minutes } }"));

        driver.advanceWallClockTime(Duration.ofMillis(29));
        assertThat(workers.list())
                .allSatisfy(worker -> assertThat(worker.lastRead())
                        .isNotSameAs(installations.current().read()));
        driver.advanceWallClockTime(Duration.ofMillis(1));
        assertThat(workers.list())
                .isNotEmpty()
                .allSatisfy(worker -> assertThat(worker.lastRead())
                        .isSameAs(installations.current().read()));
    }

    @Test
    void sendsMatchesToTheTopicThatTheRuleNames() {
        publish(1, rule("late", "true", "{ type: Late, topic: special, fields: { d: delay_minutes } }"));
        send(flight("A", 50, 1));

        assertThat(readAlerts("special")).hasSize(1);
        assertThat(output(NAMES.alerts()).isEmpty()).isTrue();
    }

    @Test
    void setsGarbageAsideWithItsBytesAndGoesOn() {
        publish(1, rule("all", "true", "{ type: All, fields: { d: delay_minutes } }"));
        input.pipeInput(new byte[] {9}, "garbage".getBytes(StandardCharsets.UTF_8));
        send(flight("A", 50, 1));

        TestRecord<byte[], byte[]> record = output(NAMES.deadLetters()).readRecord();
        assertThat(new String(record.value(), StandardCharsets.UTF_8)).isEqualTo("garbage");
        assertThat(record.key()).containsExactly(9);
        assertThat(header(record, "sluice-code")).isEqualTo("UNDECODABLE");
        assertThat(header(record, "sluice-reason")).isNotBlank();
        assertThat(header(record, "sluice-source")).isEqualTo("flights-0-0");
        assertThat(letter(record).getInstance()).isEqualTo("me");
        assertThat(readAlerts(NAMES.alerts())).hasSize(1);
    }

    @Test
    void setsAnUnknownSchemaIdAside() {
        input.pipeInput(new byte[] {0, 0, 0, 99, 99, 1, 2, 3});

        TestRecord<byte[], byte[]> record = output(NAMES.deadLetters()).readRecord();
        assertThat(letter(record).getCode()).isEqualTo(DeadLetterCode.UNKNOWN_SCHEMA);
        assertThat(letter(record).getReason()).contains("25443"); // 0x6363
    }

    @Test
    void setsARecordOfAnotherTypeAside() {
        Schema other =
                SchemaBuilder.record("Payment").fields().requiredString("id").endRecord();
        GenericRecord payment = new GenericData.Record(other);
        payment.put("id", "p-1");
        send(payment);

        assertThat(letter(output(NAMES.deadLetters()).readRecord()).getCode()).isEqualTo(DeadLetterCode.MISTYPED);
    }

    @Test
    void setsTruncatedEventsAside() {
        byte[] whole = serializer.serialize("flights", flight("A", 1, 1));
        input.pipeInput(java.util.Arrays.copyOf(whole, whole.length - 3));

        assertThat(letter(output(NAMES.deadLetters()).readRecord()).getCode()).isEqualTo(DeadLetterCode.UNDECODABLE);
    }

    @Test
    void aRuleThatThrowsCostsOneDeadLetterAndTheOthersGoOn() {
        publish(
                1,
                rule("divides", "100 / delay_minutes > 1", "{ type: A, fields: { d: delay_minutes } }")
                        + rule(
                                "indexes",
                                "([1, 2][delay_minutes + 5] == 1)",
                                "{ type: B, fields: { d: delay_minutes } }")
                        + rule("works", "delay_minutes == 0", "{ type: C, fields: { d: delay_minutes } }"));
        send(flight("A", 0, 1));

        assertThat(readAlerts(NAMES.alerts())).extracting(Alert::getRule).containsExactly("works");
        TestRecord<byte[], byte[]> record = output(NAMES.deadLetters()).readRecord();
        DeadLetter letter = letter(record);
        assertThat(letter.getCode()).isEqualTo(DeadLetterCode.RULE_FAILED);
        assertThat(letter.getFailures()).extracting(f -> f.getRule()).containsExactly("divides", "indexes");
        assertThat(letter.getFailures()).extracting(f -> f.getVersion()).containsOnly(1L);
        assertThat(record.value()).isEqualTo(serializer.serialize("flights", flight("A", 0, 1)));
        assertThat(output(NAMES.deadLetters()).isEmpty()).isTrue();
    }

    @Test
    void tombstonesAreNoEvents() {
        input.pipeInput("key".getBytes(StandardCharsets.UTF_8), (byte[]) null);

        assertThat(output(NAMES.deadLetters()).isEmpty()).isTrue();
    }

    private void publish(long version, String rules) {
        installations.publish("rules", version, "ruleset: rules\nrules:\n" + rules);
        assertThat(installations.current().read().rulesets().get("rules").refused())
                .isEmpty();
    }

    private static String rule(String id, String when, String emit) {
        return "  - id: " + id + "\n    from: Flight\n    when: " + when + "\n    emit: " + emit + "\n";
    }

    private GenericRecord flight(String origin, int delay, int miles) {
        GenericRecord flight = new GenericData.Record(flights.schema());
        flight.put("departed_at", 978_330_000_000L);
        flight.put("origin", origin);
        flight.put("destination", "MCI");
        flight.put("delay_minutes", delay);
        flight.put("distance_miles", miles);
        return flight;
    }

    private void send(GenericRecord event) {
        input.pipeInput(serializer.serialize("flights", event));
    }

    private TestOutputTopic<byte[], byte[]> output(String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private List<Alert> readAlerts(String topic) {
        return output(topic).readRecordsToList().stream()
                .map(record -> (Alert) alerts.deserialize(topic, record.headers(), record.value()))
                .toList();
    }

    private AvroDeserializer deserializer(EventTopic topic) {
        AvroDeserializer deserializer = AvroDeserializer.withReaderSchema(topic.schema());
        deserializer.configure(REGISTRY, false);
        return deserializer;
    }

    private static DeadLetter letter(TestRecord<byte[], byte[]> record) {
        return new SingleObject()
                .decode(record.headers().lastHeader("sluice-dead-letter").value(), DeadLetter.class);
    }

    private static String header(TestRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static TopicSpec topic(String name) {
        return new TopicSpec(name, 1, (short) -1, Map.of());
    }
}
