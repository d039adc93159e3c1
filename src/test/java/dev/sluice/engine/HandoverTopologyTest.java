package dev.sluice.engine;

import static dev.sluice.engine.FlightTopology.ms;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.WindowsConfig.StoreKind;
import dev.sluice.engine.FlightTopology.Flight;
import dev.sluice.schema.Alert;
import dev.sluice.schema.DeadLetter;
import dev.sluice.schema.DeadLetterCode;
import dev.sluice.serde.SingleObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules with windows in another task than the one that reads the events: by another key, behind another rule. */
final class HandoverTopologyTest {
    @TempDir
    Path folder;

    private FlightTopology topology;

    @BeforeEach
    void startTheTopology() {
        topology = new FlightTopology("handover-topology", StoreKind.MEMORY, folder);
    }

    @AfterEach
    void stopTheTopology() {
        topology.close();
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

    private static DeadLetter letter(TestRecord<byte[], byte[]> record) {
        return new SingleObject()
                .decode(record.headers().lastHeader("sluice-dead-letter").value(), DeadLetter.class);
    }

    @Test
    void countsByTheTopicsKeyAndByAnotherThroughTheHandovers() {
        topology.publish(1, """
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
        topology.send(new Flight("BNA", 0, 1, 100));
        topology.send(new Flight("BNA", 1, 1, 200));
        topology.send(new Flight("ATL", 2, 1, 100));

        assertThat(topology.numbers())
                .containsExactlyInAnyOrder(
                        "by-origin BNA 1",
                        "by-origin BNA 2",
                        "by-origin ATL 1",
                        "by-distance 100 1",
                        "by-distance 200 1",
                        "by-distance 100 2");
    }

    @Test
    void handsEventsOfAnotherKeyOver() {
        topology.publish(
                1, counting("destination", "sliding: 1h", "trigger: each, fields: { late: late, from: origin }"));
        topology.send("BNA", 10, 90);
        topology.send("BNA", 20, 30);
        topology.send("MDW", 15, 70);

        List<Alert> alerts = topology.alerts();
        assertThat(alerts)
                .extracting(Alert::getId)
                .containsExactly("flights-0-0/rules/trouble", "flights-0-2/rules/trouble");
        assertThat(alerts).extracting(Alert::getKey).containsOnly("MCI");
        assertThat(alerts.get(1).getFields()).isEqualTo(Map.of("late", 2L, "from", "MDW"));
        assertThat(alerts.get(1).getSource().getTopic()).isEqualTo("flights");
        assertThat(alerts.get(1).getSource().getOffset()).isEqualTo(2);
        assertThat(topology.workers().figures()).containsEntry("handovers", 2L).containsEntry("handoversDropped", 0L);
    }

    @Test
    void aRuleBehindAHandedOverRuleIsHandedOverAgain() {
        topology.publish(1, """
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
        topology.send(new Flight("BNA", 0, 1, 100));
        topology.send(new Flight("ATL", 1, 1, 200));
        topology.send(new Flight("ATL", 2, 1, 200));

        assertThat(topology.numbers())
                .containsExactlyInAnyOrder(
                        "by-distance 100 1",
                        "by-distance 200 1",
                        "by-distance 200 2",
                        "by-count 1 1",
                        "by-count 1 2",
                        "by-count 2 1");
    }

    @Test
    void feedsAWindowBehindAnotherFromTheEndsOfTheFirst() {
        topology.publish(
                1,
                counting("origin", "tumbling: 10m", "trigger: close, fields: { late: late, to: destination }") + """
                  - id: wide
                    from: Trouble
                    partitionBy: to
                    window: { tumbling: 1h, grace: 1h }
                    aggregate: { airports: count(), all: sum(late) }
                    emit: { type: Wide, trigger: each, fields: { airports: airports, all: all } }
                """);
        topology.send("BNA", 1, 90);
        topology.send("BNA", 2, 90);
        topology.send("MDW", 3, 90);
        topology.send("OAK", 20, 10);

        List<Alert> wide = topology.alerts().stream()
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
    void tellsOfAFailureWhereTheEventIsNotAtHandByItsPlace() {
        topology.publish(1, counting("destination", "count: 3", "trigger: each, fields: { v: 10 / (late - 2) }"));
        topology.send("BNA", 10, 90);
        topology.send("BNA", 20, 90);

        assertThat(topology.alerts()).hasSize(1);
        TestRecord<byte[], byte[]> record = topology.deadLetters().get(0);
        assertThat(record.value()).isNull();
        assertThat(letter(record).getCode()).isEqualTo(DeadLetterCode.RULE_FAILED);
        assertThat(letter(record).getSource().getTopic()).isEqualTo("flights");
        assertThat(letter(record).getSource().getOffset()).isEqualTo(1);
        assertThat(new String(record.headers().lastHeader("sluice-source").value(), StandardCharsets.UTF_8))
                .isEqualTo("flights-0-1");
    }
}
