package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.testing.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExplainCommandTest {
    private static final String LATE = """
            {"origin":"ORD","destination":"OAK","departed_at":"2001-01-01T19:10:00Z",
             "delay_minutes":185,"distance_miles":1835}
            """;

    private static final String DECISIONS = """
            ruleset: decisions
            mode: first_match
            rules:
              - id: any
                from: Flight
                emit: { type: Seen, fields: { at: origin } }
              - id: hubs
                priority: 5
                from: Flight
                when: >-
                  origin in ["ORD", "ATL"] && destination.startsWith("O") && 10 / distance_miles >= 0
                  || delay_minutes > 300 && delay_minutes < 400
                emit: { type: Hub, fields: { at: origin } }
              - id: never
                priority: 9
                from: Flight
                when: false && delay_minutes > 1
                emit: { type: Never, fields: { at: origin } }
              - id: no-hub
                priority: 7
                from: Flight
                when: origin != "ORD"
                emit: { type: NoHub, fields: { at: origin } }
            """;

    @TempDir
    private Path folder;

    private CommandRun explain(String rules, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "explain",
                Files.writeString(folder.resolve("rules.yaml"), rules).toString()));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    @Test
    void tellsThatAFewRulesAreAllLookedAt() throws IOException {
        CommandRun run = explain(DECISIONS, "--rule", "any", "--rule", "never", "--rule", "no-hub");
        assertThat(run.code()).isZero();
        assertThat(run.out()).isEqualTo("""
                any reads Flight
                  needs     no field; when it matches origin
                  looked at for every event, with 3 others
                never reads Flight
                  needs     delay_minutes; when it matches origin
                  never     its condition cannot hold
                no-hub reads Flight
                  needs     origin; when it matches origin
                  looked at for every event, with 3 others
                  checks    origin != "ORD"
                """);
    }

    @Test
    void tellsHowOneOfManyRulesIsFound() throws IOException {
        StringBuilder rules = new StringBuilder("ruleset: many\nrules:\n");
        for (int i = 0; i < 60; i++) {
            rules.append("""
                      - id: rule-%d
                        from: Flight
                        when: origin in ["A%d", "B%d"] && destination.startsWith("%c") && delay_minutes > %d && distance_miles != 7
                        emit: { type: Hit, fields: { at: origin } }
                    """.formatted(i, i % 3, i % 3, 'A' + i % 5, i));
        }
        CommandRun run = explain(rules.toString(), "--rule", "rule-7");
        assertThat(run.out()).isEqualTo("""
                rule-7 reads Flight
                  needs     delay_minutes, destination, distance_miles, origin; when it matches origin
                  found by  destination.startsWith("C"), by prefix (leaves 12 rules)
                  then by   origin in ["A1", "B1"], by hash (leaves 4 rules)
                  checks    delay_minutes > 7
                  checks    distance_miles != 7
                """);
        JsonNode found = explain(rules.toString(), "--rule", "rule-7", "--output", "json")
                .json()
                .get(0)
                .get("alternatives")
                .get(0)
                .get("found");
        assertThat(found.get(0).get("search").asText()).isEqualTo("PREFIX");
        assertThat(found.get(1).get("subject").asText()).isEqualTo("origin");
    }

    @Test
    void tellsWhatRulesMakeOfAnEventAndWhichDecided() throws IOException {
        CommandRun run = explain(DECISIONS, "--event", LATE);
        assertThat(run.code()).isZero();
        assertThat(run.out()).isEqualTo("""
                never reads Flight: not matched
                no-hub reads Flight: not matched
                  false   origin != "ORD"   with origin = "ORD"
                hubs reads Flight: matched
                  true    origin in ["ORD", "ATL"]   with origin = "ORD"
                  true    destination.startsWith("O")   with destination = "OAK"
                  true    (10 / distance_miles) >= 0   with distance_miles = 1835
                  or
                  false   delay_minutes > 300 && delay_minutes < 400   with delay_minutes = 185
                  emits   Hub at = "ORD"
                any reads Flight: not reached: rule hubs decided
                """);
    }

    @Test
    void tellsWhyARuleFailed() throws IOException {
        String event = LATE.replace("1835", "0");
        JsonNode rules = explain(DECISIONS, "--event", event, "--output", "json", "--rule", "hubs")
                .json();
        assertThat(rules).hasSize(1);
        assertThat(rules.get(0).get("outcome").asText()).isEqualTo("FAILED");
        assertThat(rules.get(0).get("reason").asText()).isEqualTo("division by zero");
        JsonNode failed = rules.get(0).get("alternatives").get(0).get(2);
        assertThat(failed.get("truth").asText()).isEqualTo("FAILED");
        assertThat(failed.get("seen").get("distance_miles").asLong()).isZero();
    }

    @Test
    void followsChains() {
        CommandRun run = CommandRun.of("explain", "rules/flights-v2.yaml", "--event", LATE);
        assertThat(run.out())
                .contains(
                        "long-delay>extreme-delay reads LongDelay: matched\n  true    late >= 180   with late = 185\n")
                .contains("short-hop-delay reads Flight: not matched\n  false   distance_miles < 200");
    }

    @Test
    void takesAnEventFromAFile() throws IOException {
        Path event = Files.writeString(folder.resolve("event.json"), LATE);
        assertThat(explain(DECISIONS, "--event", event.toString()).out()).contains("hubs reads Flight: matched");
    }

    private static final String WINDOWS = """
            ruleset: windows
            rules:
              - id: airport-trouble
                from: Flight
                when: delay_minutes > 60
                partitionBy: origin
                window: { sliding: 6h, grace: 10m }
                aggregate: { late: count(), worst: max(delay_minutes), far: count(1000 / distance_miles == 0) }
                having: late >= 3
                emit: { cooldown: 1h, type: AirportTrouble, fields: { airport: origin, late: late, to: destination } }
              - id: silent
                from: Flight
                partitionBy: [origin, destination]
                emit: { trigger: missing, after: 3d, type: Silent, fields: { since: departed_at } }
              - id: days
                from: Flight
                window: { tumbling: 1d }
                aggregate: { flights: count() }
                emit: { trigger: close, type: Days, fields: { day: window_start, flights: flights } }
              - id: after-trouble
                from: AirportTrouble
                emit: { type: After, fields: { late: late } }
            """;

    @Test
    void tellsWindowKeyAndAggregates() throws IOException {
        CommandRun run = explain(WINDOWS, "--rule", "airport-trouble", "--rule", "silent", "--rule", "days");
        assertThat(run.out()).isEqualTo("""
                airport-trouble reads Flight
                  needs     delay_minutes; when it matches delay_minutes, destination, distance_miles, origin
                  looked at for every event, with 2 others
                  checks    delay_minutes > 60
                  window    sliding: 6h, grace: 10m
                  key       origin
                  keeps     late = count(), worst = max(delay_minutes), far = count(1000 / distance_miles == 0)
                  having    late >= 3
                  emits     as having turns true, then nothing of the key for 1h
                silent reads Flight
                  needs     no field; when it matches departed_at, destination, origin
                  looked at for every event, with 2 others
                  window    the last 3d
                  key       origin, destination
                  emits     when a known key has sent nothing for 3d
                days reads Flight
                  needs     no field; when it matches no field
                  looked at for every event, with 2 others
                  window    tumbling: 1d
                  key       that of the event
                  keeps     flights = count()
                  emits     as the window closes
                """);
        JsonNode window = explain(WINDOWS, "--rule", "airport-trouble", "--output", "json")
                .json()
                .get(0)
                .get("window");
        assertThat(window.get("partitionBy").get(0).asText()).isEqualTo("origin");
        assertThat(window.get("aggregate").get("worst").asText()).isEqualTo("max(delay_minutes)");
        assertThat(window.get("trigger").asText()).isEqualTo("crossing");
    }

    @Test
    void tellsWhenATimerFiresAndWhichFiguresItNeeds() throws IOException {
        String rules = """
                ruleset: pools
                rules:
                  - id: long-queue
                    every: 1m30s
                    when: pool_queue('main') > 1000
                    emit: { type: LongQueue, fields: { on: instance, active: "pool_active('main')" } }
                  - id: any
                    from: Flight
                    emit: { type: Any, fields: { at: origin } }
                """;
        assertThat(explain(rules, "--rule", "long-queue").out()).isEqualTo("""
                long-queue fires every 1m30s
                  needs     pool_queue('main'); when it matches instance, pool_active('main')
                  by time   on each instance, at the multiples of 1m30s since 1970-01-01T00:00Z
                  checks    pool_queue('main') > 1000
                """);
        assertThat(explain(rules, "--event", LATE).out())
                .endsWith("long-queue fires every 1m30s: by time, not by events\n");
        JsonNode way = explain(rules, "--output", "json").json().get(0);
        assertThat(way.get("everyMs").asLong()).isEqualTo(90_000);
        assertThat(way.get("needs").get(0).asText()).isEqualTo("pool_queue('main')");
        assertThat(way.has("from")).isFalse();
    }

    @Test
    void tellsWhatTheDocumentationShows() throws IOException {
        String page = Files.readString(Path.of("docs/rules.md"));
        int start = page.indexOf("ruleset: trouble");
        String example = page.substring(start, page.indexOf("```", start));
        CommandRun run = explain(example);
        assertThat(run.code()).isZero();
        assertThat(page).contains("$ bin/sluice explain trouble.yaml\n" + run.out() + "```");
    }

    @Test
    void tellsWhatGoesIntoAWindow() throws IOException {
        assertThat(explain(WINDOWS, "--event", LATE).out()).isEqualTo("""
                airport-trouble reads Flight: matched, goes into its window
                  true    delay_minutes > 60   with delay_minutes = 185
                  adds    origin = "ORD", worst = 185, far = true
                silent reads Flight: matched, goes into its window
                  adds    origin = "ORD", destination = "OAK"
                days reads Flight: matched, goes into its window
                """);
        CommandRun failed = explain(WINDOWS, "--rule", "airport-trouble", "--event", LATE.replace("1835", "0"));
        assertThat(failed.out()).startsWith("airport-trouble reads Flight: failed: far: division by zero\n");
    }

    @Test
    void refusesWhatItCannotExplain() throws IOException {
        assertThat(explain(DECISIONS.replace("origin !=", "origins !=")).code()).isEqualTo(1);
        CommandRun rule = explain(DECISIONS, "--rule", "hub");
        assertThat(rule.code()).isEqualTo(1);
        assertThat(rule.err()).contains("has no rule `hub`");
        CommandRun event = explain(DECISIONS, "--event", "{\"origin\": 1}");
        assertThat(event.code()).isEqualTo(1);
        assertThat(event.err()).contains("the event is no Flight");
        CommandRun type = explain(DECISIONS, "--event", LATE, "--type", "Fligt");
        assertThat(type.err()).contains("no event type `Fligt`; known are Flight");
    }
}
