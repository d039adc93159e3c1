package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.app.RulesEngine;
import dev.sluice.testing.CommandRun;
import dev.sluice.testing.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The commands as a user gives them, on one cluster with one engine. */
class CliIT {
    private static final String RULES = """
            ruleset: %s
            rules:
              - id: late
                from: Flight
                when: delay_minutes > %d
                emit: { type: Late, fields: { late: delay_minutes } }
            """;

    private static Sandbox sandbox;
    private static RulesEngine engine;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.create();
        engine = sandbox.start("served");
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void checkTellsHowManyRulesAFileHas() throws Exception {
        CommandRun check = run("check", file("check-ok.yaml", RULES.formatted("checked", 1)));

        assertThat(check.code()).isZero();
        assertThat(check.out()).contains("ruleset checked, 1 rule, ok");
    }

    @Test
    void checkShowsEveryProblemWithItsPlace() throws Exception {
        String bad = RULES.formatted("checked", 1).replace("delay_minutes > 1", "delay_minuts > 1");
        CommandRun check = run("check", file("check-bad.yaml", bad));
        CommandRun json = run("check", file("check-bad.yaml", bad), "--output", "json");

        assertThat(check.code()).isEqualTo(1);
        assertThat(check.out()).contains("check-bad.yaml:5:11", "delay_minuts", "delay_minutes", "^");
        assertThat(json.code()).isEqualTo(1);
        JsonNode file = json.json().get(0);
        assertThat(file.path("ok").asBoolean()).isFalse();
        assertThat(file.path("problems").get(0).path("line").asInt()).isEqualTo(5);
        assertThat(file.path("problems").get(0).path("rule").asText()).isEqualTo("late");
    }

    @Test
    void checkNamesAFileThatIsMissing() {
        CommandRun check = run("check", "nowhere.yaml");

        assertThat(check.code()).isEqualTo(1);
        assertThat(check.err()).isEqualTo("sluice: there is no file nowhere.yaml" + System.lineSeparator());
    }

    @Test
    void publishWaitsUntilTheVersionRunsAndSaysWhenNothingChanged() throws Exception {
        String rules = file("published.yaml", RULES.formatted("published", 1));
        CommandRun first = run("publish", rules, "--author", "ann", "--reason", "first try");
        CommandRun again = run("publish", rules);
        CommandRun second =
                run("publish", file("published-2.yaml", RULES.formatted("published", 2)), "--output", "json");

        assertThat(first.code()).isZero();
        assertThat(first.out()).contains("published version 1: active on 1 instance after");
        assertThat(again.code()).isZero();
        assertThat(again.out()).contains("published version 1: has this very text already");
        assertThat(second.json().path("version").asLong()).isEqualTo(2);
        assertThat(second.json().path("outcome").asText()).isEqualTo("active");
        assertThat(engine.current().active().byName().get("published").version())
                .isEqualTo(2);

        CommandRun history = run("history", "published");
        assertThat(history.code()).isZero();
        assertThat(history.out()).contains("VERSION", "ann", "first try");
        assertThat(run("history", "published", "--output", "json").json().path("versions"))
                .hasSize(2);
        assertThat(run("history", "published", "--show", "1").out()).isEqualTo(RULES.formatted("published", 1));
        CommandRun missing = run("history", "published", "--show", "9");
        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.err()).contains("published", "9");
    }

    @Test
    void planTellsWhatWouldChangeAndChangesNothing() throws Exception {
        String windowed = RULES.formatted("planned", 60)
                .replace("    emit:", "    window: { sliding: %s }\n    partitionBy: origin\n    emit:");
        String first = file("planned.yaml", windowed.formatted("1h"));
        CommandRun before = run("plan", first);
        run("publish", first);
        CommandRun same = run("plan", first);
        CommandRun grown =
                run("plan", file("planned-2.yaml", windowed.formatted("2h").replace("> 60", "> 30")));
        CommandRun reset = run(
                "plan",
                file(
                        "planned-3.yaml",
                        windowed.formatted("1h").replace("partitionBy: origin", "partitionBy: destination")),
                "--output",
                "json");
        CommandRun refused = run("plan", file("planned-4.yaml", windowed.formatted("never")));

        assertThat(before.code()).isZero();
        assertThat(before.out()).contains("planned version 1 would be the first", "+ late", "# late  state begins");
        assertThat(same.out()).contains("planned version 2 would do the same as version 1", "# late  state kept");
        assertThat(grown.code()).isZero();
        assertThat(grown.out())
                .contains(
                        "planned version 2 would take the place of version 1; scope: rules",
                        "~ late  when: delay_minutes > 60  ->  delay_minutes > 30",
                        "# late  state kept, exact 1h after the change");
        JsonNode state = reset.json().path("report").path("states").get(0);
        assertThat(state.path("kind").asText()).isEqualTo("RESET");
        assertThat(state.path("reason").asText()).isEqualTo("its key is destination, before origin");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.out()).contains("would be refused; nothing would change");
        assertThat(engine.current().active().byName().get("planned").version()).isEqualTo(1);
    }

    @Test
    void publishWritesNothingWhenTheFileHasProblems() throws Exception {
        String bad = RULES.formatted("unwritten", 1).replace("> 1", "> 'one'");
        CommandRun publish = run("publish", file("unwritten.yaml", bad));

        assertThat(publish.code()).isEqualTo(1);
        assertThat(publish.err()).contains("unwritten.yaml:5:");
        CommandRun history = run("history", "unwritten");
        assertThat(history.code()).isEqualTo(1);
        assertThat(history.err()).contains("no ruleset unwritten");
    }

    @Test
    void publishRefusesABaseThatIsNoLongerTheLast() throws Exception {
        run("publish", file("based.yaml", RULES.formatted("based", 1)));
        CommandRun stale = run("publish", file("based-2.yaml", RULES.formatted("based", 2)), "--base", "0");
        CommandRun fresh =
                run("publish", file("based-2.yaml", RULES.formatted("based", 2)), "--base", "1", "--no-wait");

        assertThat(stale.code()).isEqualTo(1);
        assertThat(stale.err() + stale.out()).contains("base-changed", "the last version of based is 1, not 0");
        assertThat(fresh.code()).isZero();
        assertThat(fresh.out()).contains("based version 2: published, not waited for");
    }

    @Test
    void publishSaysThatNoInstanceRuns() throws Exception {
        try (Sandbox empty = Sandbox.create()) {
            Path rules = empty.folder().resolve("rules.yaml");
            Files.writeString(rules, RULES.formatted("alone", 1));
            CommandRun publish = CommandRun.in(empty, "publish", rules.toString());
            CommandRun status = CommandRun.in(empty, "status");

            assertThat(publish.code()).isZero();
            assertThat(publish.out()).contains("alone version 1: published; no instance is running");
            assertThat(status.code()).isZero();
            assertThat(status.out()).contains("No instance has reported");
        }
    }

    @Test
    void statusShowsWhatTheEvaluatingThreadsRun() throws Exception {
        run("publish", file("shown.yaml", RULES.formatted("shown", 3)));
        CommandRun table = run("status");
        JsonNode status =
                run("status", "--output", "json").json().path("instances").get(0);

        assertThat(table.code()).isZero();
        assertThat(table.out()).contains("INSTANCE", "served", "RUNNING", "shown", "sha256:");
        assertThat(status.path("instance").asText()).isEqualTo("served");
        assertThat(status.path("live").asBoolean()).isTrue();
        JsonNode shown = ruleset(status, "shown");
        assertThat(shown.path("active").asLong()).isEqualTo(1);
        assertThat(shown.path("inUse").asBoolean()).isTrue();
        assertThat(shown.path("report").isObject()).isTrue();
    }

    @Test
    void topicsHaveNothingToDoOnceTheyAreApplied() {
        CommandRun apply = run("topics", "apply");
        CommandRun diff = run("topics", "diff");

        assertThat(apply.code()).isZero();
        assertThat(apply.out()).contains("0 created");
        assertThat(diff.code()).isZero();
        assertThat(diff.out()).contains("every topic is as declared");
    }

    @Test
    void topicsDiffShowsWhatDiffersWithExitCode1() throws Exception {
        String declared = Files.readString(sandbox.topicsFile()).replace("partitions: 2", "partitions: 3");
        Path other = sandbox.folder().resolve("other-topics.yaml");
        Files.writeString(other, declared);
        CommandRun diff = CommandRun.of(
                "topics", "diff", "--config", sandbox.configFile().toString(), "--topics", other.toString());

        assertThat(diff.code()).isEqualTo(1);
        assertThat(diff.out()).contains("special: partitions is 2, declared is 3");
    }

    @Test
    void eventsAndAlertsGoThroughWhole() throws Exception {
        run("publish", file("through.yaml", RULES.formatted("through", 100)));
        CommandRun csv = run(
                "events",
                "send",
                file("events.csv", """
                        departed_at,origin,destination,delay_minutes,distance_miles
                        2001-01-01T10:00:00Z,AAA,BBB,101,100
                        2001-01-01T10:01:00Z,AAA,BBB,soon,100
                        2001-01-01T10:02:00Z,AAA,BBB,102,100
                        """),
                "--topic",
                sandbox.flights().topic().name());
        CommandRun jsonl = run(
                "events",
                "send",
                file("events.jsonl", """
                        {"departed_at": 978343200000, "origin": "AAA", "destination": "C", "delay_minutes": 103, "distance_miles": 1}
                        """),
                "--topic",
                sandbox.flights().topic().name(),
                "--output",
                "json");

        assertThat(csv.code()).isEqualTo(1);
        assertThat(csv.out()).contains("2 events sent", "1 bad row skipped");
        assertThat(csv.err())
                .contains("events.csv", "3", "delay_minutes", "soon")
                .doesNotContain("EventRow", "Bad[");
        assertThat(jsonl.code()).isZero();
        assertThat(jsonl.json().path("sent").asLong()).isEqualTo(1);

        sandbox.awaitEvaluated();
        CommandRun all = run("alerts", "tail", "--from-beginning", "--rule", "late", "--output", "json");
        assertThat(all.code()).isZero();
        assertThat(all.out().lines().filter(line -> line.contains("\"through\"")))
                .hasSize(3);
        CommandRun last = run("alerts", "tail", "-n", "1");
        assertThat(last.out().lines()).hasSize(1);
        assertThat(last.out()).contains("Late", "AAA");
        assertThat(run("alerts", "tail", "--rule", "nobody").out()).isEmpty();
        assertThat(run("alerts", "tail", "--topic", sandbox.special()).out()).isEmpty();

        CommandRun lag = run("lag");
        assertThat(lag.code()).isZero();
        assertThat(lag.out()).contains("total lag: 0");
        assertThat(run("lag", "--output", "json").json().findValuesAsText("of"))
                .containsExactly(
                        "events", "events", "events", "events", "handovers", "handovers", "handovers", "handovers");
    }

    @Test
    void eventsSendNamesTheTopicsThatAreDeclared() throws Exception {
        CommandRun send = run("events", "send", file("any.csv", "a\n1\n"), "--topic", "nowhere");

        assertThat(send.code()).isEqualTo(1);
        assertThat(send.err()).contains("nowhere", sandbox.flights().topic().name());
    }

    @Test
    void alertsTailNamesATopicThatDoesNotExist() {
        CommandRun tail = run("alerts", "tail", "--topic", "nowhere");

        assertThat(tail.code()).isEqualTo(1);
        assertThat(tail.err()).contains("there is no topic nowhere");
    }

    @Test
    void wrongUsageEndsWithExitCode2() throws Exception {
        CommandRun command = CommandRun.of("publsh");
        Path config = sandbox.folder().resolve("bad-sluice.yaml");
        Files.writeString(config, "engine:\n  worker: 2\n");
        CommandRun key = CommandRun.of("status", "--config", config.toString());

        assertThat(command.code()).isEqualTo(2);
        assertThat(command.err()).contains("publsh", "publish");
        assertThat(CommandRun.of().code()).isEqualTo(2);
        assertThat(key.code()).isEqualTo(2);
        assertThat(key.err()).contains("bad-sluice.yaml:2", "engine.worker", "engine.workers");
    }

    private static CommandRun run(String... arguments) {
        return CommandRun.in(sandbox, arguments);
    }

    private static String file(String name, String text) throws IOException {
        Path file = sandbox.folder().resolve(name);
        Files.writeString(file, text);
        return file.toString();
    }

    private static JsonNode ruleset(JsonNode status, String name) {
        for (JsonNode ruleset : status.path("rulesets")) {
            if (ruleset.path("name").asText().equals(name)) {
                return ruleset;
            }
        }
        throw new AssertionError("no ruleset " + name + " in " + status);
    }
}
