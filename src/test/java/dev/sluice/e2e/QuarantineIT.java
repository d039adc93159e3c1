package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.app.RulesEngine;
import dev.sluice.config.SluiceConfig;
import dev.sluice.schema.Alert;
import dev.sluice.testing.CommandRun;
import dev.sluice.testing.Sandbox;
import dev.sluice.testing.Traffic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A rule that throws, on two engines, while events go on. */
class QuarantineIT {
    private static final String NAME = "watched";

    /** Divides by zero for every second event. */
    private static final String FAILING = rules("""
                when: 100 / (distance_miles % 2) > 0
                emit: { type: Shaky, fields: { d: delay_minutes } }
            """);

    private static final String FIXED = rules("""
                emit: { type: Fixed, fields: { d: delay_minutes } }
            """);

    @Test
    void aRuleThatThrowsIsSetApartOnTheWholeFleetTriedAndEvaluatedAgainWhenItIsFixed() {
        try (Sandbox sandbox = Sandbox.create()) {
            List<RulesEngine> fleet = List.of(sandbox.start("one"), sandbox.start("two"));
            sandbox.publish(NAME, FAILING);
            Traffic traffic = Traffic.start(sandbox);
            awaitApart(sandbox, fleet);
            String status = CommandRun.in(sandbox, "status").out();
            assertThat(status).contains("IN QUARANTINE", "2 of 2", "within 1m it failed");
            awaitLetters(sandbox, "QUARANTINED", 1);

            CommandRun release = CommandRun.in(
                    sandbox, "release", NAME, "shaky", "--reason", "the data is mended", "--actor", "bea");
            assertThat(release.code()).as(release.out() + release.err()).isZero();
            assertThat(release.out()).contains("watched rule shaky: Trial until", "the data is mended");
            Awaitility.await()
                    .atMost(Sandbox.LIMIT)
                    .untilAsserted(() -> assertThat(
                                    CommandRun.in(sandbox, "audit", NAME).out())
                            .contains(
                                    "watched version 1 rule shaky  release accepted by bea",
                                    "watched version 1 rule shaky  quarantine Apart -> Trial by bea: the data is mended",
                                    "watched version 1 rule shaky  quarantine Trial -> Apart by sluice: on trial it"));
            awaitApart(sandbox, fleet);
            assertRefused(sandbox);

            sandbox.publish(NAME, FIXED);
            Awaitility.await()
                    .atMost(Sandbox.LIMIT)
                    .untilAsserted(() -> assertThat(fleet)
                            .allSatisfy(engine ->
                                    assertThat(engine.current().apart(NAME)).isEmpty()));
            Awaitility.await()
                    .atMost(Sandbox.LIMIT)
                    .until(() -> sandbox.alerts().stream()
                            .anyMatch(alert -> alert.getRule().equals("shaky") && alert.getVersion() == 2));
            traffic.close();
            sandbox.awaitEvaluated();
            assertNothingIsLost(sandbox);
        }
    }

    /** Every event has an alert of the rule that never fails, and of the other one an alert or a dead letter. */
    private static void assertNothingIsLost(Sandbox sandbox) {
        long events = sandbox.records(sandbox.flights().topic().name());
        List<Alert> alerts = sandbox.alerts();
        Map<String, Long> letters = letters(sandbox);
        long shaky =
                alerts.stream().filter(alert -> alert.getRule().equals("shaky")).count();
        assertThat(alerts.stream().filter(alert -> alert.getRule().equals("steady")))
                .hasSize((int) events);
        assertThat(letters.get("RULE_FAILED")).isGreaterThanOrEqualTo(20);
        assertThat(letters.get("QUARANTINED")).isPositive();
        assertThat(shaky + letters.values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(events);
    }

    private static void assertRefused(Sandbox sandbox) {
        CommandRun other = CommandRun.in(sandbox, "release", NAME, "steady", "--output", "json");
        assertThat(other.code()).isEqualTo(1);
        assertThat(other.json().path("code").asText()).isEqualTo("rule-not-in-quarantine");
        assertThat(other.json().path("text").asText()).contains("those that are: shaky");
    }

    /** As both engines' threads read it. */
    private static void awaitApart(Sandbox sandbox, List<RulesEngine> fleet) {
        Awaitility.await().atMost(Sandbox.LIMIT).untilAsserted(() -> {
            assertThat(fleet)
                    .allSatisfy(
                            engine -> assertThat(engine.current().apart(NAME)).containsExactly("shaky"));
            JsonNode status =
                    CommandRun.in(sandbox, "status", "--output", "json").json();
            assertThat(status.path("quarantines").path(0).path("state").asText())
                    .isEqualTo("Apart");
            assertThat(status.path("instances"))
                    .hasSize(2)
                    .allSatisfy(instance -> assertThat(instance.path("rulesets")
                                    .path(0)
                                    .path("quarantined")
                                    .path(0)
                                    .asText())
                            .isEqualTo("shaky"));
        });
    }

    private static void awaitLetters(Sandbox sandbox, String code, long atLeast) {
        Awaitility.await().atMost(Sandbox.LIMIT).until(() -> letters(sandbox).getOrDefault(code, 0L) >= atLeast);
    }

    /** Dead letters by code. */
    private static Map<String, Long> letters(Sandbox sandbox) {
        SluiceConfig config = sandbox.config("reader");
        Map<String, Object> settings = new HashMap<>(config.kafka());
        settings.put("isolation.level", "read_committed");
        Map<String, Long> letters = new TreeMap<>();
        try (Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer
                    .partitionsFor(config.topics().names().deadLetters())
                    .stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(letter -> letters.merge(
                                new String(
                                        letter.headers()
                                                .lastHeader("sluice-code")
                                                .value(),
                                        StandardCharsets.UTF_8),
                                1L,
                                Long::sum));
            }
        }
        return letters;
    }

    private static String rules(String shaky) {
        return """
                ruleset: watched
                rules:
                  - id: shaky
                    from: Flight
                """ + shaky + """
                  - id: steady
                    from: Flight
                    emit: { type: Steady, fields: { d: delay_minutes } }
                """;
    }
}
