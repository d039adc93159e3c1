package dev.sluice.engine;

import static dev.sluice.engine.FlightTopology.IDLE_MS;
import static dev.sluice.engine.FlightTopology.MORNING;
import static dev.sluice.engine.FlightTopology.ms;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.WindowsConfig.StoreKind;
import dev.sluice.engine.FlightTopology.Flight;
import dev.sluice.schema.Alert;
import dev.sluice.schema.DeadLetter;
import dev.sluice.schema.DeadLetterCode;
import dev.sluice.serde.SingleObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules with windows in the task that reads the events: stamps, ends, late events, other versions, figures. */
final class WindowTopologyTest {
    @TempDir
    Path folder;

    private FlightTopology topology;

    @BeforeEach
    void startTheTopology() {
        topology = new FlightTopology("window-topology", StoreKind.ROCKSDB, folder);
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
    void stampsAlertsWithWindowAndKey() {
        topology.publish(1, counting("origin", "tumbling: 1h", "trigger: each, fields: { late: late, worst: worst }"));
        topology.send("BNA", 10, 90);
        topology.send("BNA", 20, 30);
        topology.send("MDW", 15, 70);
        topology.send("BNA", 30, 80);

        List<Alert> alerts = topology.alerts();
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
        assertThat(topology.workers().figures()).containsEntry("handovers", 0L).containsEntry("events", 4L);
    }

    @Test
    void emitsAtTheEndOfAWindowAsTheStreamPassesIt() {
        topology.publish(
                1,
                counting(
                        "origin",
                        "tumbling: 1h, grace: 5m",
                        "trigger: close, fields: { late: late, to: destination }"));
        topology.send("BNA", 10, 90);
        topology.send("BNA", 62, 90);
        topology.send("BNA", 50, 90);
        assertThat(topology.alerts()).isEmpty();
        topology.send("MDW", 65, 10);

        List<Alert> alerts = topology.alerts();
        assertThat(alerts).extracting(Alert::getId).containsExactly("rules/trouble/BNA@" + ms(0));
        assertThat(alerts.get(0).getEventTime()).isEqualTo(Instant.ofEpochMilli(ms(60) - 1));
        assertThat(alerts.get(0).getFields()).isEqualTo(Map.of("late", 2L, "to", "MCI"));
        assertThat(alerts.get(0).getSource().getOffset()).isEqualTo(1);
    }

    @Test
    void emitsAtTheEndOfAWindowByTheClockWhenTheTopicIsIdle() {
        topology.publish(1, counting("origin", "tumbling: 10s", "trigger: close, fields: { late: late }"));
        topology.send("BNA", 0, 90);
        topology.advanceWallClock(Duration.ofMillis(IDLE_MS - 51));
        assertThat(topology.alerts()).isEmpty();
        topology.advanceWallClock(Duration.ofSeconds(10));
        assertThat(topology.alerts()).extracting(Alert::getId).containsExactly("rules/trouble/BNA@" + ms(0));
    }

    @Test
    void countsLateEventsAndSetsThemAsideOnWish() {
        topology.publish(1, counting("origin", "tumbling: 1h", "trigger: each, fields: { late: late }"));
        topology.send("BNA", 130, 90);
        topology.send("BNA", 10, 90);
        assertThat(topology.deadLetters()).isEmpty();
        topology.publish(
                2, counting("origin", "tumbling: 1h, late: dead-letter", "trigger: each, fields: { late: late }"));
        topology.send("BNA", 20, 90);

        TestRecord<byte[], byte[]> record = topology.deadLetters().get(0);
        assertThat(letter(record).getCode()).isEqualTo(DeadLetterCode.LATE);
        assertThat(letter(record).getSource().getOffset()).isEqualTo(2);
        assertThat(letter(record).getFailures()).extracting(f -> f.getRule()).containsExactly("trouble");
        assertThat(record.value()).isNotEmpty();
        assertThat(topology.alerts()).hasSize(1);
        assertThat(topology.workers().figures()).containsEntry("lateEvents", 2L).containsEntry("ruleFailures", 0L);
        assertThat(topology.workers().lateByRule()).isEqualTo(Map.of("rules/trouble", 2L));
    }

    @Test
    void goesOnWithTheWindowsAsTheRuleChanges() {
        topology.publish(1, counting("origin", "sliding: 1h", "trigger: each, fields: { late: late }"));
        topology.send("BNA", 10, 90);
        topology.send("BNA", 20, 90);
        topology.publish(2, counting("origin", "sliding: 30m", "trigger: each, fields: { late: late, worst: worst }"));
        topology.send("BNA", 41, 70);

        List<Alert> alerts = topology.alerts();
        assertThat(alerts).extracting(Alert::getVersion).containsExactly(1L, 1L, 2L);
        assertThat(alerts.get(2).getFields()).isEqualTo(Map.of("late", 2L, "worst", 90L));
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
        topology.publish(1, rule.formatted(10));
        topology.send(new Flight("BNA", 0, 1, 100));
        topology.publish(2, rule.formatted(20));
        topology.send(new Flight("BNA", 1, 1, 100));
        topology.advanceWallClock(Duration.ofSeconds(2));

        assertThat(topology.numbers()).containsExactly("r BNA 1", "r BNA 2");
        assertThat(topology.figures().sizes()).singleElement().satisfies(size -> {
            assertThat(size.rule()).isEqualTo("r");
            assertThat(size.keys()).isEqualTo(1);
        });
    }
}
