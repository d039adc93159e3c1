package dev.sluice.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.WindowsConfig.StoreKind;
import dev.sluice.deployment.KeySplit;
import dev.sluice.engine.FlightTopology.Flight;
import dev.sluice.schema.Alert;
import dev.sluice.schema.DeadLetter;
import dev.sluice.schema.DeadLetterCode;
import dev.sluice.serde.SingleObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules in quarantine: the dead letters of what they were not asked, and their windows. */
final class QuarantineTopologyTest {
    private static final KeySplit SPLIT = new KeySplit("rules/2/1");
    private static final String BOTH = """
              - id: ratio
                from: Flight
                when: delay_minutes > 60
                emit: { type: Ratio, fields: { n: 1000 / distance_miles } }
              - id: long
                from: Flight
                when: delay_minutes > 120
                emit: { type: Long, fields: { n: delay_minutes } }
            """;

    @TempDir
    Path folder;

    private FlightTopology topology;

    @BeforeEach
    void startTheTopology() {
        topology = new FlightTopology("quarantine-topology", StoreKind.ROCKSDB, folder);
    }

    @AfterEach
    void stopTheTopology() {
        topology.close();
    }

    private static DeadLetter letter(TestRecord<byte[], byte[]> record) {
        return new SingleObject()
                .decode(record.headers().lastHeader("sluice-dead-letter").value(), DeadLetter.class);
    }

    private static List<String> headers(TestRecord<byte[], byte[]> record, String name) {
        List<String> values = new ArrayList<>();
        for (Header header : record.headers().headers(name)) {
            values.add(new String(header.value(), StandardCharsets.UTF_8));
        }
        return values;
    }

    private static String counting(String key, String window, String emit) {
        return """
                  - id: trouble
                    from: Flight
                    when: delay_minutes > 60
                    partitionBy: %s
                    window: { %s }
                    aggregate: { n: count() }
                    emit: { %s, type: Trouble, fields: { n: n } }
                """.formatted(key, window, emit);
    }

    @Test
    void anEventGoesToTheDeadLettersForARuleThatIsNotAsked() {
        topology.publish(1, BOTH);
        topology.apart("1/ratio");
        topology.send("BNA", 10, 30);
        topology.send("BNA", 20, 150);

        assertThat(topology.numbers()).containsExactly("long BNA 150");
        List<TestRecord<byte[], byte[]>> letters = topology.deadLetters();
        assertThat(letters).hasSize(1);
        TestRecord<byte[], byte[]> record = letters.get(0);
        DeadLetter letter = letter(record);
        assertThat(letter.getCode()).isEqualTo(DeadLetterCode.QUARANTINED);
        assertThat(letter.getReason()).isEqualTo("rule ratio is in quarantine");
        assertThat(letter.getFailures()).singleElement().satisfies(owed -> {
            assertThat(owed.getRule()).isEqualTo("ratio");
            assertThat(owed.getReason()).isEqualTo("in quarantine");
        });
        assertThat(headers(record, "sluice-code")).containsExactly("QUARANTINED");
        assertThat(headers(record, "sluice-rule")).containsExactly("rules/1/ratio");
        assertThat(headers(record, "sluice-source")).containsExactly("flights-0-1");
        assertThat(record.value()).isNotEmpty();
        assertThat(topology.workers().figures())
                .containsEntry("owed", 1L)
                .containsEntry("ruleFailures", 0L)
                .containsEntry("deadLetters", 1L);
    }

    @Test
    void aFailureOfAnotherRuleGivesTheOneLetterItsCode() {
        topology.publish(1, BOTH);
        topology.apart("1/long");
        topology.send(new Flight("BNA", 10, 150, 0));

        assertThat(topology.deadLetters()).singleElement().satisfies(record -> {
            assertThat(letter(record).getCode()).isEqualTo(DeadLetterCode.RULE_FAILED);
            assertThat(headers(record, "sluice-rule")).containsExactly("rules/1/ratio", "rules/1/long");
        });
    }

    @Test
    void aRuleThatIsBackIsAskedAgain() {
        topology.publish(1, BOTH);
        topology.apart("1/ratio");
        topology.send("BNA", 10, 90);
        topology.apart();
        topology.send("BNA", 20, 90);

        assertThat(topology.alerts()).extracting(Alert::getId).containsExactly("flights-0-1/rules/ratio");
        assertThat(topology.deadLetters()).hasSize(1);
    }

    @Test
    void windowsAreKeptAndNotFedMeanwhile() {
        topology.publish(1, counting("origin", "tumbling: 1h", "trigger: each"));
        topology.send("BNA", 10, 90);
        topology.apart("1/trouble");
        topology.send("BNA", 20, 90);
        topology.apart();
        topology.send("BNA", 30, 90);

        assertThat(topology.numbers()).containsExactly("trouble BNA 1", "trouble BNA 2");
        assertThat(topology.deadLetters()).singleElement().satisfies(record -> {
            assertThat(letter(record).getCode()).isEqualTo(DeadLetterCode.QUARANTINED);
            assertThat(record.value()).isNotEmpty();
        });
    }

    @Test
    void aWindowThatEndsMeanwhileIsToldOnceTheRuleIsBack() {
        topology.publish(
                1,
                counting("origin", "tumbling: 1h", "trigger: close")
                        + counting("origin", "tumbling: 1h", "trigger: close").replace("trouble", "other"));
        topology.send("BNA", 10, 90);
        topology.apart("1/trouble");
        topology.send("MDW", 90, 10);
        assertThat(topology.numbers()).containsExactly("other BNA 1");
        topology.advanceWallClock(Duration.ofSeconds(1));
        assertThat(topology.numbers()).isEmpty();

        topology.apart();
        topology.advanceWallClock(Duration.ofSeconds(1));
        assertThat(topology.numbers()).containsExactly("trouble BNA 1");
        assertThat(topology.deadLetters()).isEmpty();
    }

    @Test
    void timeGoesOnForWindowsBehindTheHandoversMeanwhile() {
        topology.publish(
                1,
                counting("origin", "tumbling: 1h", "trigger: close")
                        + counting("distance_miles", "tumbling: 1h", "trigger: close")
                                .replace("trouble", "other"));
        topology.send("BNA", 10, 90);
        topology.apart("1/trouble");
        topology.advanceWallClock(Duration.ofSeconds(2));
        topology.send("MDW", 90, 10);
        topology.advanceWallClock(Duration.ofSeconds(2));
        topology.advanceWallClock(Duration.ofSeconds(2));

        assertThat(topology.numbers()).containsExactly("other 100 1");
    }

    @Test
    void nothingIsHandedOverAndTheLetterHasTheEvent() {
        topology.publish(1, counting("distance_miles", "tumbling: 1h", "trigger: each"));
        topology.send("BNA", 10, 90);
        topology.apart("1/trouble");
        topology.send("BNA", 20, 90);

        assertThat(topology.numbers()).containsExactly("trouble 100 1");
        assertThat(topology.workers().figures()).containsEntry("handovers", 1L).containsEntry("owed", 1L);
        assertThat(topology.deadLetters())
                .singleElement()
                .satisfies(record -> assertThat(record.value()).isNotEmpty());
    }

    @Test
    void theOtherVersionGoesOnWithTheStateThatBothShare() {
        topology.publish(1, counting("distance_miles", "sliding: 6h", "trigger: each"));
        topology.rollOut(
                2,
                counting("distance_miles", "sliding: 6h", "trigger: each").replace("> 60", "> 30"),
                KeySplit.BUCKETS / 2);
        topology.apart("1/trouble");
        List<Integer> distances =
                IntStream.rangeClosed(1, 20).mapToObj(i -> i * 100).toList();
        distances.forEach(miles -> topology.send(new Flight("BNA", 1, 90, miles)));
        distances.forEach(miles -> topology.send(new Flight("BNA", 2, 45, miles)));
        List<String> candidates = distances.stream()
                .map(String::valueOf)
                .filter(key -> SPLIT.isWithin(KeySplit.BUCKETS / 2, key))
                .toList();

        List<Alert> alerts = topology.alerts();
        assertThat(alerts).allSatisfy(alert -> assertThat(alert.getVersion()).isEqualTo(2));
        assertThat(alerts)
                .filteredOn(alert -> alert.getFields().get("n").equals(2L))
                .extracting(Alert::getKey)
                .containsExactlyInAnyOrderElementsOf(candidates);
        assertThat(alerts).hasSize(2 * candidates.size());
        assertThat(topology.deadLetters())
                .hasSize(20)
                .allSatisfy(record -> assertThat(headers(record, "sluice-rule")).containsExactly("rules/1/trouble"));
    }
}
