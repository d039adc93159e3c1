package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.EventSender;
import dev.sluice.app.Publication;
import dev.sluice.app.RulesEngine;
import dev.sluice.schema.Alert;
import dev.sluice.testing.CommandRun;
import dev.sluice.testing.Sandbox;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * An engine that starts behind partitions of very different depth, which it reads side by side: what is handed over is counted
 * as if each partition were read in its own time.
 */
class BacklogIT {
    private static final String RULES = """
            ruleset: backlog
            rules:
              - id: by-distance
                from: Flight
                partitionBy: distance_miles % 7
                window: { tumbling: 1h }
                aggregate: { n: count() }
                emit: { trigger: close, type: ByDistance, fields: { n: n } }
            """;
    private static final int[] DEPTHS = {60, 240, 1_000, 4_000};
    private static final long BEGIN_MS = 978_307_200_000L;
    private static final long HOUR_MS = 3_600_000;
    private static final long SPAN_MS = 240 * HOUR_MS;
    private static final long LAST_MS = BEGIN_MS + SPAN_MS + 48 * HOUR_MS;

    /** Counts by {@code KEY@WINDOW_START_MS}. */
    private final Map<String, Long> expected = new TreeMap<>();

    private final Sandbox sandbox = Sandbox.create();
    private long late;

    @BeforeEach
    void sendTheBacklog() throws Exception {
        try (Publication publication = new Publication(sandbox.config("publisher"));
                EventSender sender = sandbox.sender()) {
            sandbox.publishUnwaited(publication, "backlog", RULES);
            for (int partition = 0; partition < DEPTHS.length; partition++) {
                send(sender, partition);
            }
            sender.flush();
        }
        assertThat(late).isPositive();
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    /** In its own order, in which every tenth event is 90 minutes late. Others may be late by less. */
    private void send(EventSender sender, int partition) {
        String origin = originIn(partition);
        long stepMs = SPAN_MS / DEPTHS[partition];
        long streamMs = Long.MIN_VALUE;
        for (int i = 0; i < DEPTHS[partition]; i++) {
            long timeMs = BEGIN_MS + i * stepMs - (i % 10 == 9 ? 90 * 60_000 : 0);
            streamMs = Math.max(streamMs, timeMs);
            sender.send(flight(origin, timeMs, i));
            long startMs = Math.floorDiv(timeMs, HOUR_MS) * HOUR_MS;
            if (startMs + HOUR_MS <= streamMs) {
                late++;
            } else {
                expected.merge(i % 7 + "@" + startMs, 1L, Long::sum);
            }
        }
        sender.send(flight(origin, LAST_MS, 0));
    }

    private GenericRecord flight(String origin, long timeMs, int miles) {
        GenericRecord flight = sandbox.flight(0, 1);
        flight.put("departed_at", timeMs);
        flight.put("origin", origin);
        flight.put("distance_miles", miles);
        return flight;
    }

    private static String originIn(int partition) {
        return Stream.iterate('A', letter -> (char) (letter + 1))
                .limit(26)
                .map(String::valueOf)
                .filter(origin ->
                        BuiltInPartitioner.partitionForKey(origin.getBytes(StandardCharsets.UTF_8), DEPTHS.length)
                                == partition)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void isCountedAsEachPartitionInItsOwnTime() {
        RulesEngine engine = sandbox.start("behind");
        assertCounts();
        assertThat(engine.status().getFigures()).containsEntry("lateEvents", late);
    }

    @Test
    void isCountedSoByTwoEnginesOneAfterTheOther() {
        RulesEngine first = sandbox.start("behind");
        sandbox.awaitCommittedBeyond(500);
        first.close();
        sandbox.start("behind");
        assertCounts();
        assertHandoversAreListed();
    }

    private void assertCounts() {
        Awaitility.await()
                .atMost(Sandbox.LIMIT)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(sandbox.alerts()).hasSizeGreaterThanOrEqualTo(expected.size()));
        List<Alert> alerts = sandbox.alerts();
        assertThat(alerts.stream().collect(Collectors.groupingBy(BacklogIT::name, Collectors.counting())))
                .as("alerts by window")
                .allSatisfy((window, count) -> assertThat(count).as(window).isOne());
        Map<String, Long> counts = new HashMap<>();
        alerts.forEach(alert -> counts.put(name(alert), (Long) alert.getFields().get("n")));
        assertThat(counts).isEqualTo(expected);
    }

    private static String name(Alert alert) {
        return alert.getKey() + "@" + alert.getWindow().getStart().toEpochMilli();
    }

    private void assertHandoversAreListed() {
        sandbox.awaitEvaluated();
        CommandRun lag = CommandRun.in(sandbox, "lag");
        assertThat(lag.code()).isZero();
        assertThat(lag.out()).contains("handovers-repartition", "handed over and waiting: ");
        Map<String, Long> rows = Stream.of("events", "handovers")
                .collect(Collectors.toMap(
                        Function.identity(),
                        kind -> CommandRun.in(sandbox, "lag", "--output", "json").json().findValuesAsText("of").stream()
                                .filter(kind::equals)
                                .count()));
        assertThat(rows).isEqualTo(Map.of("events", 4L, "handovers", 4L));
    }

    @Test
    void isShownWhileItWaitsToBeEvaluated() {
        CommandRun lag = CommandRun.in(sandbox, "lag");
        assertThat(lag.code()).isZero();
        assertThat(lag.out()).contains("total lag: 5304", "handed over and waiting: 0");
    }

    @Test
    void anEngineRefusesTheStateFolderOfAnotherCluster() throws Exception {
        Path folder = sandbox.config("foreign").engine().stateDir().resolve("foreign");
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("cluster"), "cluster.id=elsewhere\n");
        Path config = sandbox.folder().resolve("foreign-sluice.yaml");
        Files.writeString(config, "instance: foreign\n" + Files.readString(sandbox.configFile()));

        CommandRun run = CommandRun.of(
                "run",
                "--config",
                config.toString(),
                "--topics",
                sandbox.topicsFile().toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains(folder.toString(), "elsewhere", "engine.stateDir");
        assertThat(run.err().lines()).hasSize(1);
    }
}
