package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.app.RulesEngine;
import dev.sluice.testing.CommandRun;
import dev.sluice.testing.Sandbox;
import dev.sluice.testing.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Deployments as a user steers them, on one cluster with one engine and events that do not stop. */
class DeploymentCliIT {
    /** Health that no machine under load breaks: what breaks it is the decider's own tests' concern. */
    private static final String RULES = """
            ruleset: %s
            deployment:
              health: { minimumSample: 1, latencyUs: 10000000, relativeErrors: 0, relativeLatency: 0, timeouts: 1000000 }
            rules:
              - id: late
                from: Flight
                when: delay_minutes > %d
                emit: { type: Late, fields: { late: delay_minutes } }
            """;

    private static final List<String> LONG_CANARY =
            List.of("--strategy", "canary", "--stages", "10,60,100", "--stage-duration", "1h");

    private static Sandbox sandbox;
    private static RulesEngine engine;
    private static Traffic traffic;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.create();
        engine = sandbox.start("served");
        traffic = Traffic.start(sandbox);
    }

    @AfterAll
    static void stop() {
        traffic.close();
        sandbox.close();
    }

    @Test
    void publishFollowsACanaryThroughItsStages() throws Exception {
        run("publish", file("followed", 1));
        CommandRun canary = run(
                "publish",
                file("followed", 2),
                "--strategy",
                "canary",
                "--stages",
                "10,60,100",
                "--stage-duration",
                "1s",
                "--reason",
                "narrower",
                "--author",
                "ann");

        assertThat(canary.code()).as(canary.out() + canary.err()).isZero();
        assertThat(canary.out())
                .containsSubsequence(
                        "followed version 2  RollingOut 10 % of the keys, stage 1 of 3",
                        "followed version 2  RollingOut 60 % of the keys, stage 2 of 3",
                        "followed version 2  Active",
                        "followed version 2: active on 1 instance after");
        assertThat(active("followed")).isEqualTo(2);

        CommandRun history = run("history", "followed");
        assertThat(history.out()).contains("narrower", "ann", "canary", "RollingOut -> RollingOut", " to now");
        JsonNode versions =
                run("history", "followed", "--output", "json").json().path("versions");
        Instant replaced =
                Instant.parse(versions.get(0).path("active").get(0).path("to").asText());
        assertThat(versions.get(1).path("active").get(0).path("from").asText()).isEqualTo(replaced.toString());
        assertThat(versions.get(1).path("active").get(0).path("to").isNull()).isTrue();
        assertThat(run("history", "followed", "--limit", "1", "--output", "json")
                        .json()
                        .path("versions"))
                .hasSize(1);
    }

    @Test
    void aStagedVersionGetsNoKeyBeforeItIsActivated() throws Exception {
        run("publish", file("staged", 1));
        CommandRun nothing = run("activate", "staged");
        CommandRun publish = run("publish", file("staged", 2), "--stage-only");

        assertThat(nothing.code()).isEqualTo(1);
        assertThat(publish.code()).as(publish.out() + publish.err()).isZero();
        assertThat(publish.out())
                .contains("staged version 2: staged on 1 instance: waits to be activated: 'sluice activate staged'");
        assertThat(active("staged")).isEqualTo(1);

        CommandRun activate = run("activate", "staged", "--reason", "now", "--actor", "bea");
        assertThat(activate.code()).isZero();
        assertThat(activate.out()).contains("staged version 2: Active");
        awaitActive("staged", 2);
        assertThat(run("audit", "staged").out()).contains("Staged -> Active by bea: now", "activate accepted by bea");
    }

    @Test
    void aCanaryByHandGoesOnWhenItIsAdvanced() throws Exception {
        run("publish", file("byhand", 1));
        CommandRun publish = run(
                "publish",
                file("byhand", 2),
                "--strategy",
                "canary",
                "--stages",
                "10,60,100",
                "--stage-duration",
                "100ms",
                "--manual",
                "--no-wait");
        assertThat(publish.out()).contains("byhand version 2: published, not waited for");
        awaitState("byhand", "RollingOut");

        CommandRun second = run("advance", "byhand");
        CommandRun last = run("advance", "byhand", "--output", "json");

        assertThat(second.code()).as(second.out() + second.err()).isZero();
        assertThat(second.out())
                .contains("byhand version 2: RollingOut 60 % of the keys, stage 2 of 3; version 1 is active");
        assertThat(last.code()).as(last.out() + last.err()).isZero();
        assertThat(last.json().path("deployment").path("state").asText()).isEqualTo("Active");
        awaitActive("byhand", 2);
    }

    @Test
    void aRolloutIsPausedResumedAndAborted() throws Exception {
        beginLongCanary("steered");

        CommandRun pause = run("pause", "steered", "--reason", "let me look");
        CommandRun again = run("pause", "steered", "--output", "json");
        CommandRun resume = run("resume", "steered", "--output", "json");
        CommandRun early = run("advance", "steered");
        CommandRun abort = run("abort", "steered", "--reason", "no good");

        assertThat(pause.code()).isZero();
        assertThat(pause.out())
                .contains("steered version 2: Paused 10 % of the keys, stage 1 of 3: let me look; version 1 is active");
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.json().path("accepted").asBoolean()).isFalse();
        assertThat(again.json().path("text").asText()).contains("Paused");
        assertThat(resume.code()).isZero();
        assertThat(resume.json().path("deployment").path("state").asText()).isEqualTo("RollingOut");
        assertThat(early.code()).isEqualTo(1);
        assertThat(early.err()).contains("advance of steered is refused", "Stage time not over");
        assertThat(abort.code()).isZero();
        assertThat(abort.out()).contains("no good");
        awaitActive("steered", 1);
        Awaitility.await()
                .atMost(Sandbox.LIMIT)
                .until(() -> deployment("steered").path("state").asText().equals("RolledBack"));
        assertThat(run("abort", "steered").code()).isEqualTo(1);
    }

    @Test
    void statusShowsTheDeploymentTheSplitAndTheFiguresOfBothArms() throws Exception {
        beginLongCanary("split");
        Awaitility.await()
                .atMost(Sandbox.LIMIT)
                .until(() -> arm("split", "candidate").path("evaluations").asLong() > 0);

        CommandRun table = run("status");
        JsonNode of = deployment("split");
        assertThat(table.out()).contains("CANDIDATE", "split", "10 %", "RollingOut", "1, of 10 % of the keys 2");
        assertThat(of.path("active").asLong()).isEqualTo(1);
        assertThat(of.path("candidate").asLong()).isEqualTo(2);
        assertThat(of.path("percent").asDouble()).isEqualTo(10);
        assertThat(arm("split", "stable").path("evaluations").asLong()).isPositive();

        CommandRun promote = run("promote", "split");
        assertThat(promote.code()).isZero();
        assertThat(promote.out()).contains("split version 2: Active");
        awaitActive("split", 2);
    }

    @Test
    void aRollbackListsTheAlertsOfTheBadVersion() throws Exception {
        run("publish", file("bad", 1_000_000));
        run("publish", file("bad", 1));
        Awaitility.await().atMost(Sandbox.LIMIT).until(() -> alertLines("bad", 2) > 5);

        CommandRun rollback = run("rollback", "bad", "--reason", "too many");
        assertThat(rollback.code()).as(rollback.out() + rollback.err()).isZero();
        assertThat(rollback.out())
                .contains(
                        "bad version 2: RolledBack: too many; version 1 is active",
                        "alerts by version 2",
                        "all of them: sluice alerts tail --ruleset bad --version 2 --from-beginning");
        long told = Long.parseLong(rollback.out()
                .lines()
                .filter(line -> line.endsWith("alerts by version 2"))
                .findFirst()
                .orElseThrow()
                .split(" ", -1)[0]
                .replace(",", ""));
        assertThat(alertLines("bad", 2)).isEqualTo(told);
        assertThat(alertLines("bad", 1)).isZero();
        awaitActive("bad", 1);

        CommandRun again = run("rollback", "bad");
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).contains("rollback of bad is refused");
    }

    @Test
    void planTellsTheConflictAndTheWayOfTheVersion() throws Exception {
        beginLongCanary("planned");
        String next = file("planned", 3);
        CommandRun plan = run("plan", next, "--strategy", "canary", "--stages", "5,100", "--stage-duration", "30s");
        JsonNode json = run("plan", next, "--output", "json").json().path("deployment");

        assertThat(plan.code()).isZero();
        assertThat(plan.out())
                .contains(
                        "planned version 3 would take the place of version 1; scope: rules",
                        "strategy canary",
                        "5 % of the keys at once",
                        "100 % of the keys after 30 s at the earliest",
                        "1 of 1 instance must be prepared; live: served",
                        "! would supersede version 2, which is RollingOut at 10 %; its keys go back to version 1 at once");
        assertThat(json.path("supersedes").path("version").asLong()).isEqualTo(2);
        assertThat(json.path("live").get(0).asText()).isEqualTo("served");
        assertThat(run("plan", next, "--strategy", "canry").code()).isEqualTo(2);
        assertThat(deployment("planned").path("state").asText()).isEqualTo("RollingOut");
        assertThat(run("history", "planned", "--output", "json").json().path("versions"))
                .hasSize(2);
        run("abort", "planned");
    }

    @Test
    void aWaitThatIsTooShortEndsWithExitCode4AndTheRolloutGoesOn() throws Exception {
        run("publish", file("slow", 1));
        CommandRun publish = run(with(LONG_CANARY, "publish", file("slow", 2), "--timeout", "2"));

        assertThat(publish.code()).isEqualTo(4);
        assertThat(publish.out()).contains("slow version 2: published, but", "see 'sluice status'");
        awaitState("slow", "RollingOut");
        run("abort", "slow");
    }

    @Test
    void whatCannotBeIsRefusedWithItsCode() throws Exception {
        run("publish", file("refusing", 1));
        CommandRun unknown = run("pause", "nobody");
        CommandRun version = run("activate", "refusing", "--version", "99", "--output", "json");
        CommandRun options = run("publish", file("refusing", 2), "--strategy", "canary", "--stages", "50,20");
        CommandRun negative = run("publish", file("refusing", 2), "--ratio", "much");

        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.err()).contains("unknown-ruleset", "publish it first");
        assertThat(version.code()).isEqualTo(1);
        assertThat(version.json().path("text").asText()).contains("Version not found", "99");
        assertThat(options.code()).isEqualTo(2);
        assertThat(options.err()).contains("20", "50");
        assertThat(negative.code()).isEqualTo(2);
        assertThat(active("refusing")).isEqualTo(1);
    }

    @Test
    void aCommandThatNobodyAnswersEndsWithExitCode4() {
        try (Sandbox empty = Sandbox.create()) {
            CommandRun pause = CommandRun.in(empty, "pause", "lonely", "--timeout", "1");

            assertThat(pause.code()).isEqualTo(4);
            assertThat(pause.err()).contains("pause of lonely: no answer within 1 s");
        }
    }

    @Test
    void theAuditHasEveryCommandWithItsAnswer() throws Exception {
        Instant before = Instant.now();
        run("publish", file("audited", 1));
        run("resume", "audited", "--actor", "cid");

        CommandRun json = run("audit", "audited", "--output", "json");
        assertThat(json.code()).isZero();
        List<JsonNode> events = json.out().lines().map(DeploymentCliIT::parse).toList();
        assertThat(events)
                .anySatisfy(event -> {
                    assertThat(event.path("kind").asText()).isEqualTo("TRANSITION");
                    assertThat(event.path("what").asText()).isEqualTo("Active");
                })
                .anySatisfy(event -> {
                    assertThat(event.path("kind").asText()).isEqualTo("COMMAND");
                    assertThat(event.path("what").asText()).isEqualTo("resume");
                    assertThat(event.path("actor").asText()).isEqualTo("cid");
                    assertThat(event.path("code").asText()).isNotEqualTo("accepted");
                });
        assertThat(run("audit", "audited", "--since", Instant.now().toString()).out())
                .isEmpty();
        assertThat(run("audit", "--since", before.toString()).out()).contains("resume refused");
    }

    private static void beginLongCanary(String name) throws IOException {
        run("publish", file(name, 1));
        CommandRun publish = run(with(LONG_CANARY, "publish", file(name, 2), "--no-wait"));
        assertThat(publish.code()).isZero();
        awaitState(name, "RollingOut");
    }

    private static void awaitState(String name, String state) {
        Awaitility.await()
                .atMost(Sandbox.LIMIT)
                .until(() -> deployment(name).path("state").asText().equals(state));
    }

    private static void awaitActive(String name, long version) {
        Awaitility.await().atMost(Sandbox.LIMIT).until(() -> active(name) == version);
    }

    private static long active(String name) {
        return engine.current().active().byName().get(name).version();
    }

    private static JsonNode deployment(String name) {
        return find(run("status", "--output", "json").json().path("deployments"), "ruleset", name);
    }

    private static JsonNode arm(String name, String arm) {
        for (JsonNode node : run("status", "--output", "json").json().path("arms")) {
            if (node.path("ruleset").asText().equals(name)
                    && node.path("arm").asText().equals(arm)) {
                return node;
            }
        }
        return new ObjectMapper().createObjectNode();
    }

    private static JsonNode find(JsonNode nodes, String key, String value) {
        for (JsonNode node : nodes) {
            if (node.path(key).asText().equals(value)) {
                return node;
            }
        }
        return new ObjectMapper().createObjectNode();
    }

    private static long alertLines(String ruleset, long version) {
        return run("alerts", "tail", "--ruleset", ruleset, "--version", Long.toString(version), "--from-beginning")
                .out()
                .lines()
                .count();
    }

    private static String[] with(List<String> options, String... arguments) {
        return Stream.concat(Arrays.stream(arguments), options.stream()).toArray(String[]::new);
    }

    private static CommandRun run(String... arguments) {
        return CommandRun.in(sandbox, arguments);
    }

    /** A version of the ruleset: alerts on delays above {@code limit}. */
    private static String file(String name, int limit) throws IOException {
        Path file = sandbox.folder().resolve(name + "-" + limit + ".yaml");
        Files.writeString(file, RULES.formatted(name, limit));
        return file.toString();
    }

    private static JsonNode parse(String line) {
        try {
            return new ObjectMapper().readTree(line);
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + line, e);
        }
    }
}
