package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.testing.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sluice demo} against a plain loop over the departures, written without any of Sluice's code. */
class DemoE2eIT {
    private static final int SWITCH_AT = 10_000;

    @TempDir
    private Path folder;

    private final Map<String, Trouble> troubles = new HashMap<>();

    /** The late departures of an airport within six hours of its last one. */
    private static final class Trouble {
        private final List<Instant> times = new ArrayList<>();
        private final List<Integer> delays = new ArrayList<>();
        private boolean on;

        /** Whether three are reached with this one, and were not before. */
        boolean begins(Instant departed, int delay) {
            while (!times.isEmpty() && !times.get(0).isAfter(departed.minusSeconds(6 * 3600))) {
                times.remove(0);
                delays.remove(0);
            }
            times.add(departed);
            delays.add(delay);
            boolean before = on;
            on = times.size() >= 3;
            return on && !before;
        }
    }

    /** What the loop expects of one alert, but for its place in Kafka. */
    private record Expected(int row, long version, String rule, String type, String key, String fields) {}

    @Test
    void writesExactlyTheAlertsOfAPlainLoop() throws IOException {
        Path out = folder.resolve("alerts.jsonl");
        CommandRun result = CommandRun.of("demo", "--out", out.toString());
        assertThat(result.code()).as(result.err()).isZero();

        List<String> rows = Files.readAllLines(Path.of("data/flights.csv"));
        List<Expected> expected = new ArrayList<>();
        for (int row = 1; row < rows.size(); row++) {
            expect(row, rows.get(row).split(","), row <= SWITCH_AT ? 1 : 2, expected);
        }
        List<JsonNode> alerts = new ArrayList<>();
        for (String line : Files.readAllLines(out)) {
            alerts.add(new ObjectMapper().readTree(line));
        }
        assertThat(alerts.stream().map(DemoE2eIT::describe).sorted().toList())
                .containsExactlyElementsOf(
                        expected.stream().map(DemoE2eIT::describe).sorted().toList());
        assertPlacesFollowTheRows(alerts, rows);
        assertThat(result.out()).contains("20,000 events", String.format("%,d alerts", expected.size()));
    }

    /** The two rule files, said in Java. */
    private void expect(int row, String[] columns, long version, List<Expected> expected) {
        Instant departed = Instant.parse(columns[0].replace("Z", ":00Z"));
        String origin = columns[1];
        String destination = columns[2];
        int delay = Integer.parseInt(columns[3]);
        int miles = Integer.parseInt(columns[4]);
        String route = origin + "-" + destination;
        double hours = delay / 60.0;
        Map<String, String> fields = new TreeMap<>();
        if (delay > (version == 1 ? 120 : 90) && miles > 500) {
            fields = new TreeMap<>(
                    Map.of("origin", origin, "destination", destination, "late", "" + delay, "hours", "" + hours));
            expected.add(new Expected(row, version, "long-delay", "LongDelay", origin, fields.toString()));
            if (delay >= 180) {
                fields = new TreeMap<>(Map.of("route", route, "hours", "" + hours));
                expected.add(new Expected(row, version, "extreme-delay", "ExtremeDelay", origin, fields.toString()));
            }
        }
        if (delay < -10) {
            fields = new TreeMap<>(Map.of("origin", origin, "early", "" + -delay));
            expected.add(new Expected(row, version, "early-departure", "EarlyDeparture", origin, fields.toString()));
        }
        if (version == 1 && (origin.equals("ORD") || origin.equals("MDW")) && delay > 60) {
            fields = new TreeMap<>(
                    Map.of("origin", origin, "destination", destination.toLowerCase(Locale.ROOT), "late", "" + delay));
            expected.add(new Expected(row, version, "chicago-delay", "ChicagoDelay", origin, fields.toString()));
        }
        int hourOfDay = departed.atOffset(ZoneOffset.UTC).getHour();
        if (hourOfDay >= 18 && origin.charAt(0) == destination.charAt(0) && delay > 30) {
            fields = new TreeMap<>(Map.of("route", route, "departed_at", departed.toString()));
            expected.add(new Expected(row, version, "evening-delay", "EveningDelay", origin, fields.toString()));
        }
        if (version == 2 && miles < 200 && delay > 45) {
            fields = new TreeMap<>(
                    Map.of("origin", origin, "late", "" + delay, "minutes_per_mile", "" + (double) delay / miles));
            expected.add(new Expected(row, version, "short-hop-delay", "ShortHopDelay", origin, fields.toString()));
        }
        Trouble trouble = troubles.computeIfAbsent(origin, airport -> new Trouble());
        if (delay > (version == 1 ? 60 : 45) && trouble.begins(departed, delay)) {
            fields = new TreeMap<>(Map.of(
                    "airport",
                    origin,
                    "late",
                    "" + trouble.times.size(),
                    "worst",
                    "" + Collections.max(trouble.delays)));
            expected.add(new Expected(row, version, "airport-trouble", "AirportTrouble", origin, fields.toString()));
        }
    }

    private static String describe(Expected e) {
        return String.join(" ", "v" + e.version(), e.rule(), e.type(), e.key(), e.fields());
    }

    private static String describe(JsonNode alert) {
        Map<String, String> fields = new TreeMap<>();
        alert.path("fields")
                .fields()
                .forEachRemaining(
                        field -> fields.put(field.getKey(), field.getValue().asText()));
        return String.join(
                " ",
                "v" + alert.path("version").asLong(),
                alert.path("rule").asText(),
                alert.path("type").asText(),
                alert.path("key").asText(),
                fields.toString());
    }

    /**
     * Rows keep their order inside a partition and an airport its partition: the n-th row of all airports that went to a
     * partition stands at its offset n. So an alert's place names one row, and the event time must be that row's.
     */
    private static void assertPlacesFollowTheRows(List<JsonNode> alerts, List<String> rows) {
        Map<String, Integer> partitionOf = new HashMap<>();
        alerts.forEach(alert -> partitionOf.put(
                alert.path("key").asText(),
                alert.path("source").path("partition").asInt()));
        Set<String> ids = new HashSet<>();
        Map<String, String> timeAt = new HashMap<>();
        Map<Integer, Long> next = new HashMap<>();
        for (String row : rows.subList(1, rows.size())) {
            String[] columns = row.split(",", -1);
            int partition = partitionOf.computeIfAbsent(columns[1], DemoE2eIT::partition);
            long offset = next.merge(partition, 1L, Long::sum) - 1;
            timeAt.put(partition + "-" + offset, columns[1] + " " + columns[0].replace("Z", ":00Z"));
        }
        for (JsonNode alert : alerts) {
            JsonNode source = alert.path("source");
            assertThat(source.path("topic").asText()).isEqualTo("flights");
            String place = source.path("partition").asInt() + "-"
                    + source.path("offset").asLong();
            assertThat(alert.path("key").asText() + " "
                            + alert.path("eventTime").asText())
                    .as("event at %s", place)
                    .isEqualTo(timeAt.get(place));
            assertThat(ids.add(alert.path("id").asText())).as("id twice").isTrue();
            assertThat(alert.path("ruleset").asText()).isEqualTo("flights");
        }
    }

    /** Kafka's own partitioner, for airports without an alert. */
    private static int partition(String airport) {
        byte[] key = airport.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return org.apache.kafka.common.utils.Utils.toPositive(org.apache.kafka.common.utils.Utils.murmur2(key)) % 4;
    }
}
