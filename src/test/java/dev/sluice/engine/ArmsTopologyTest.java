package dev.sluice.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.config.WindowsConfig.StoreKind;
import dev.sluice.deployment.KeySplit;
import dev.sluice.engine.FlightTopology.Flight;
import dev.sluice.schema.Alert;
import dev.sluice.schema.RuleFigures;
import dev.sluice.schema.VersionFigures;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two versions of a ruleset side by side, by key: events, windows at home and handed over, stamps, figures. */
final class ArmsTopologyTest {
    private static final KeySplit SPLIT = new KeySplit("rules/2/1");
    private static final int HALF = KeySplit.BUCKETS / 2;
    private static final List<Integer> DISTANCES =
            IntStream.rangeClosed(1, 20).mapToObj(i -> i * 100).toList();

    @TempDir
    Path folder;

    private FlightTopology topology;

    @BeforeEach
    void startTheTopology() {
        topology = new FlightTopology("arms-topology", StoreKind.MEMORY, folder);
    }

    @AfterEach
    void stopTheTopology() {
        topology.close();
    }

    private static String late(int minutes) {
        return """
                  - id: late
                    from: Flight
                    when: delay_minutes > %d
                    emit: { type: Late, fields: { n: delay_minutes } }
                """.formatted(minutes);
    }

    /** Delays by a key, told with each. */
    private static String counted(String key, String window, String when, String having, String state) {
        return """
                  - id: counted
                    from: Flight
                    when: %s
                    partitionBy: %s
                    window: { %s }
                    aggregate: { n: count() }
                    having: %s
                    %s
                    emit: { trigger: each, type: Counted, fields: { n: n } }
                """.formatted(when, key, window, having, state);
    }

    private void sendEachDistance(int minute, int delay) {
        DISTANCES.forEach(miles -> topology.send(new Flight("BNA", minute, delay, miles)));
    }

    private static boolean isCandidates(String key) {
        return SPLIT.isWithin(HALF, key);
    }

    private static long n(Alert alert) {
        return (Long) alert.getFields().get("n");
    }

    @Test
    void theKeyOfAnEventTellsTheVersionAndTheStampsSayIt() {
        topology.publish(1, late(60));
        topology.rollOut(2, late(30), HALF);
        for (int i = 0; i < 40; i++) {
            topology.send("A" + i, i, 45);
            topology.send("A" + i, i, 90);
        }

        List<Alert> alerts = topology.alerts();
        long candidates =
                IntStream.range(0, 40).filter(i -> isCandidates("A" + i)).count();
        assertThat(alerts).hasSize((int) (40 + candidates));
        assertThat(alerts).allSatisfy(alert -> {
            boolean isCandidates = isCandidates(alert.getKey());
            assertThat(alert.getVersion()).isEqualTo(isCandidates ? 2 : 1);
            assertThat(alert.getArm()).isEqualTo(isCandidates ? "candidate" : "stable");
        });
        assertThat(candidates).isBetween(1L, 39L);
    }

    @Test
    void theGroupKeyTellsTheVersionWhereEventsAreHandedOver() {
        topology.publish(1, counted("distance_miles", "sliding: 6h", "delay_minutes > 0", "n > 0", ""));
        String candidate = counted("distance_miles", "sliding: 6h", "delay_minutes > 30", "n > 0", "state: anew");
        topology.rollOut(2, candidate, 0);
        sendEachDistance(1, 20);
        sendEachDistance(2, 60);
        assertThat(topology.alerts())
                .hasSize(40)
                .allSatisfy(alert -> assertThat(alert.getVersion()).isEqualTo(1));

        topology.rollOut(2, candidate, HALF);
        sendEachDistance(3, 60);
        List<Alert> split = topology.alerts();
        assertThat(split).hasSize(20).allSatisfy(alert -> {
            boolean isCandidates = isCandidates(alert.getKey());
            assertThat(alert.getVersion()).isEqualTo(isCandidates ? 2 : 1);
            // Its own windows were fed before it had keys: two of the three events.
            assertThat(n(alert)).isEqualTo(isCandidates ? 2 : 3);
        });

        topology.rollBack();
        sendEachDistance(4, 20);
        assertThat(topology.alerts()).hasSize(20).allSatisfy(alert -> {
            assertThat(alert.getVersion()).isEqualTo(1);
            assertThat(alert.getArm()).isEqualTo("stable");
            assertThat(n(alert)).isEqualTo(4);
        });
    }

    @Test
    void stateOfBothIsCountedOnceByTheVersionOfTheGroupKey() {
        topology.publish(1, counted("distance_miles", "sliding: 6h", "delay_minutes > 60", "n > 0", ""));
        topology.rollOut(2, counted("distance_miles", "sliding: 6h", "delay_minutes > 30", "n > 1", ""), HALF);
        sendEachDistance(1, 90);
        sendEachDistance(2, 45);
        sendEachDistance(3, 90);

        List<Alert> alerts = topology.alerts();
        for (int miles : DISTANCES) {
            String key = Integer.toString(miles);
            assertThat(alerts)
                    .filteredOn(alert -> key.equals(alert.getKey()))
                    .extracting(ArmsTopologyTest::n)
                    .as(key)
                    .containsExactlyElementsOf(isCandidates(key) ? List.of(2L, 3L) : List.of(1L, 2L));
        }
    }

    @Test
    void aTumblingWindowStaysWithTheVersionThatItBeganWith() {
        topology.publish(1, counted("origin", "tumbling: 1h", "delay_minutes > 0", "n > 0", ""));
        topology.send("BNA", 10, 5);
        topology.rollOut(2, counted("origin", "tumbling: 1h", "delay_minutes > 0", "n >= 1", ""), KeySplit.BUCKETS);
        topology.send("BNA", 20, 5);
        topology.send("BNA", 59, 5);
        topology.send("BNA", 61, 5);

        assertThat(topology.alerts())
                .extracting(Alert::getVersion, ArmsTopologyTest::n)
                .containsExactly(tuple(1L, 1L), tuple(1L, 2L), tuple(1L, 3L), tuple(2L, 1L));
    }

    @Test
    void aRollbackDoesNotWaitForTheEdge() {
        topology.publish(1, counted("origin", "tumbling: 1h", "delay_minutes > 0", "n > 0", ""));
        topology.rollOut(2, counted("origin", "tumbling: 1h", "delay_minutes > 0", "n >= 1", ""), KeySplit.BUCKETS);
        topology.send("BNA", 10, 5);
        topology.rollBack();
        topology.send("BNA", 20, 5);

        assertThat(topology.alerts()).extracting(Alert::getVersion).containsExactly(2L, 1L);
    }

    @Test
    void whatAVersionEmitsIsReadByItsOwnRules() {
        String behind = """
                  - id: again
                    from: Counted
                    emit: { type: Again, fields: { n: n + %d } }
                """;
        topology.publish(
                1, counted("origin", "tumbling: 1h", "delay_minutes > 0", "n > 0", "") + behind.formatted(100));
        topology.send("BNA", 10, 5);
        topology.rollOut(
                2,
                counted("origin", "tumbling: 1h", "delay_minutes > 0", "n >= 1", "") + behind.formatted(200),
                KeySplit.BUCKETS);
        topology.send("BNA", 20, 5);
        topology.send("BNA", 61, 5);

        assertThat(topology.numbers())
                .containsExactlyInAnyOrder(
                        "counted BNA 1",
                        "again BNA 101",
                        "counted BNA 2",
                        "again BNA 102",
                        "counted BNA 1",
                        "again BNA 201");
    }

    @Test
    void aSilenceIsAsLongAsTheVersionOfTheKeySays() {
        String silent = """
                  - id: silent
                    from: Flight
                    partitionBy: origin
                    window: { sliding: 6h }
                    aggregate: { n: count() }
                    emit: { trigger: missing, after: %s, type: Silent, fields: { n: n } }
                """;
        topology.publish(1, silent.formatted("30m"));
        topology.rollOut(2, silent.formatted("60m"), HALF);
        for (int i = 0; i < 20; i++) {
            topology.send("A" + i, 1, 1);
        }
        topology.send("late", 32, 1);
        assertThat(topology.alerts())
                .extracting(Alert::getKey)
                .containsExactlyInAnyOrderElementsOf(silentKeys(key -> !isCandidates(key)));
        topology.send("later", 62, 1);
        assertThat(topology.alerts())
                .filteredOn(alert -> alert.getKey().startsWith("A"))
                .allSatisfy(alert -> assertThat(alert.getVersion()).isEqualTo(2))
                .extracting(Alert::getKey)
                .containsExactlyInAnyOrderElementsOf(silentKeys(ArmsTopologyTest::isCandidates));
    }

    private static List<String> silentKeys(Predicate<String> ofVersion) {
        return IntStream.range(0, 20).mapToObj(i -> "A" + i).filter(ofVersion).toList();
    }

    @Test
    void figuresAreOfEachVersion() {
        topology.publish(1, late(60));
        topology.rollOut(2, late(30), HALF);
        for (int i = 0; i < 40; i++) {
            topology.send("A" + i, i, 45);
        }
        long candidates =
                IntStream.range(0, 40).filter(i -> isCandidates("A" + i)).count();

        Map<String, List<VersionFigures>> figures = topology.workers().versionFigures();
        assertThat(figures).containsOnlyKeys("rules");
        VersionFigures candidate = figures.get("rules").get(0);
        VersionFigures stable = figures.get("rules").get(1);
        assertThat(candidate.getVersion()).isEqualTo(2);
        assertThat(candidate.getEvaluations()).isEqualTo(candidates);
        assertThat(candidate.getMeasured()).isEqualTo(candidates);
        assertThat(candidate.getAlerts()).isEqualTo(candidates);
        assertThat(candidate.getNanos()).isPositive();
        assertThat(candidate.getLatencies().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(candidates);
        assertThat(candidate.getRules()).extracting(RuleFigures::getMatches).containsExactly(candidates);
        assertThat(stable.getEvaluations()).isEqualTo(40 - candidates);
        assertThat(stable.getAlerts()).isZero();
    }
}
