package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.e2e.DepartureLoop.Departure;
import dev.sluice.e2e.DepartureLoop.Expected;
import dev.sluice.testing.CommandRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sluice demo} against a plain loop over the departures. */
class DemoE2eIT {
    private static final int SWITCH_AT = 10_000;
    private static final Duration YEAR = Duration.ofDays(365);
    private static final int PARTITIONS = 4;
    /** The versions that an airport may have, in order: each of the last two may be passed over. */
    private static final long[] COURSE = {2, 3, 4, 3};

    private static final Pattern REPLAYED =
            Pattern.compile("version 4 decided about ([0-9,]+) of ([0-9,]+) events and failed on ([0-9,]+),");

    @TempDir
    private static Path folder;

    private static CommandRun run;
    private static List<Departure> departures;

    @BeforeAll
    static void runsTheDemonstration() throws IOException {
        run = CommandRun.of("demo", "--out", folder.resolve("alerts.jsonl").toString());
        assertThat(run.code()).as(run.err()).isZero();
        departures = Files.readAllLines(Path.of("data/flights.csv")).stream()
                .skip(1)
                .map(Departure::of)
                .toList();
    }

    @Test
    void writesExactlyTheAlertsOfAPlainLoop() throws IOException {
        DepartureLoop loop = new DepartureLoop();
        List<Expected> expected = new ArrayList<>();
        for (int row = 0; row < departures.size(); row++) {
            expected.addAll(loop.alerts(departures.get(row), row < SWITCH_AT ? 1 : 2));
        }

        List<JsonNode> alerts = alerts("alerts.jsonl");
        assertThat(alerts.stream().map(DemoE2eIT::describe).sorted().toList())
                .containsExactlyElementsOf(
                        expected.stream().map(Expected::describe).sorted().toList());
        assertPlacesFollowTheRows(alerts);
        assertThat(run.out()).contains("20,000 events", String.format("%,d alerts", expected.size()));
    }

    /**
     * Every departure has the alerts of exactly one version, and the versions of an airport follow each other as they were
     * rolled out and taken back: no departure is missing, none counts twice, none has a mix.
     */
    @Test
    void everyReplayedDepartureHasTheAlertsOfOneVersion() throws IOException {
        Matcher told = REPLAYED.matcher(run.out());
        assertThat(told.find()).as(run.out()).isTrue();
        int events = number(told.group(2));
        Map<String, List<JsonNode>> byPlace =
                alerts("canary-alerts.jsonl").stream().collect(Collectors.groupingBy(DemoE2eIT::place));
        Map<String, Set<Integer>> steps = new HashMap<>();
        Map<Integer, Long> next = offsetsAfterFirstPart();
        DepartureLoop loop = afterFirstPart();
        int alerts = 0;
        for (int i = 0; i < events; i++) {
            Departure departure =
                    departures.get(i % departures.size()).later(YEAR.multipliedBy(1 + i / departures.size()));
            int partition = partition(departure.origin());
            String place = partition + "-" + (next.merge(partition, 1L, Long::sum) - 1);
            List<String> actual = byPlace.getOrDefault(place, List.of()).stream()
                    .map(DemoE2eIT::describe)
                    .sorted()
                    .toList();
            alerts += actual.size();
            List<Expected> trouble = loop.inWindow(departure, 2);
            Set<Integer> before = steps.getOrDefault(departure.origin(), Set.of(0));
            Set<Integer> after = new HashSet<>();
            for (int step = 0; step < COURSE.length; step++) {
                if (isReached(before, step) && actual.equals(expected(departure, COURSE[step], trouble))) {
                    after.add(step);
                }
            }
            assertThat(after).as("%s at %s: %s", departure, place, actual).isNotEmpty();
            steps.put(departure.origin(), after);
        }
        assertThat(byPlace.values().stream().mapToInt(List::size).sum()).isEqualTo(alerts);
        assertThat(run.out()).contains(String.format("%,d alerts in", alerts));
    }

    @Test
    void tellsHowVersion3WentOutAndVersion4CameBack() {
        assertThat(run.out())
                .containsSubsequence(
                        "flights version 3  RollingOut 10 % of the keys, stage 1 of 3",
                        "flights version 3  RollingOut 50 % of the keys, stage 2 of 3",
                        "flights version 3  Active",
                        "flights version 4  RollingOut 10 % of the keys, stage 1 of 3",
                        "flights version 4  RollingBack: ",
                        "flights version 4  RolledBack: ");
        Matcher told = REPLAYED.matcher(run.out());
        assertThat(told.find()).as(run.out()).isTrue();
        assertThat(number(told.group(3))).isPositive().isLessThan(number(told.group(1)));
        assertThat(number(told.group(1))).isLessThan(number(told.group(2)) / 10);
    }

    private static boolean isReached(Set<Integer> before, int step) {
        return before.stream().anyMatch(each -> each <= step);
    }

    /** @param trouble what the rule with a window makes of it, which is the same in all these versions */
    private static List<String> expected(Departure of, long version, List<Expected> trouble) {
        List<Expected> expected = new ArrayList<>(new DepartureLoop().alone(of, version));
        trouble.forEach(
                each -> expected.add(new Expected(version, each.rule(), each.type(), each.key(), each.fields())));
        return expected.stream().map(Expected::describe).sorted().toList();
    }

    private static Map<Integer, Long> offsetsAfterFirstPart() {
        return departures.stream()
                .collect(Collectors.toMap(of -> partition(of.origin()), of -> 1L, Long::sum, HashMap::new));
    }

    private static DepartureLoop afterFirstPart() {
        DepartureLoop loop = new DepartureLoop();
        for (int row = 0; row < departures.size(); row++) {
            loop.inWindow(departures.get(row), row < SWITCH_AT ? 1 : 2);
        }
        return loop;
    }

    private static int number(String text) {
        return Integer.parseInt(text.replace(",", ""));
    }

    private static List<JsonNode> alerts(String file) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        List<JsonNode> alerts = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve(file))) {
            alerts.add(mapper.readTree(line));
        }
        return alerts;
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

    private static String place(JsonNode alert) {
        JsonNode source = alert.path("source");
        assertThat(source.path("topic").asText()).isEqualTo("flights");
        return source.path("partition").asInt() + "-" + source.path("offset").asLong();
    }

    /**
     * Rows keep their order inside a partition and an airport its partition: the n-th row of all airports that went to a
     * partition stands at its offset n. So an alert's place names one row, and the event time must be that row's.
     */
    private static void assertPlacesFollowTheRows(List<JsonNode> alerts) {
        Set<String> ids = new HashSet<>();
        Map<String, String> timeAt = new HashMap<>();
        Map<Integer, Long> next = new HashMap<>();
        for (Departure departure : departures) {
            int partition = partition(departure.origin());
            long offset = next.merge(partition, 1L, Long::sum) - 1;
            timeAt.put(partition + "-" + offset, departure.origin() + " " + departure.at());
        }
        for (JsonNode alert : alerts) {
            String place = place(alert);
            assertThat(alert.path("key").asText() + " "
                            + alert.path("eventTime").asText())
                    .as("event at %s", place)
                    .isEqualTo(timeAt.get(place));
            assertThat(ids.add(alert.path("id").asText())).as("id twice").isTrue();
            assertThat(alert.path("ruleset").asText()).isEqualTo("flights");
        }
    }

    /** Kafka's own partitioner. */
    private static int partition(String airport) {
        return Utils.toPositive(Utils.murmur2(airport.getBytes(StandardCharsets.UTF_8))) % PARTITIONS;
    }
}
