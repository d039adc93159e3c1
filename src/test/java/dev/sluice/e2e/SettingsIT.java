package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.app.RulesEngine;
import dev.sluice.control.Installation;
import dev.sluice.schema.VersionFigures;
import dev.sluice.testing.ChildEngine;
import dev.sluice.testing.CommandRun;
import dev.sluice.testing.Sandbox;
import dev.sluice.testing.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Settings of the whole fleet, changed while engines run. */
class SettingsIT {
    /** A budget that every evaluation exceeds, and all of them are timed. */
    private static final String STRICT = """
            limits: { evaluationBudgetUs: 1 }
            monitoring: { heartbeatMs: 900, timedEvaluations: 1 }
            """;

    private static final String RULES = """
            ruleset: flights
            deployment: { bake: 0s }
            rules:
              - id: late
                from: Flight
                when: delay_minutes > %d
                emit: { type: Late, fields: { late: delay_minutes } }
            """;

    @Test
    void otherSettingsAreInForceOnEveryEngineWithoutARestartAndStayAfterOne() throws Exception {
        try (Sandbox sandbox = Sandbox.create()) {
            RulesEngine one = sandbox.start("one");
            RulesEngine two = sandbox.start("two");
            sandbox.publish("flights", RULES.formatted(1_000_000));
            try (Traffic traffic = Traffic.start(sandbox)) {
                CommandRun apply = run(sandbox, "settings", "apply", file(sandbox, STRICT), "--reason", "look closely");

                assertThat(apply.code()).as(apply.out() + apply.err()).isZero();
                assertThat(apply.out()).contains("+ limits.evaluationBudgetUs: 1", "revision 1; live: 2 instances");
                for (RulesEngine engine : List.of(one, two)) {
                    assertThat(engine.status().getHeartbeatMs()).isEqualTo(900);
                    assertThat(engine.status().getSettings()).isEqualTo(1);
                    Awaitility.await()
                            .atMost(Sandbox.LIMIT)
                            .untilAsserted(() -> assertThat(timeouts(engine)).isPositive());
                }
                showsWhatIsInForce(sandbox);
                refusesAsAWhole(sandbox, List.of(one, two));
            }
            one.close();
            two.close();

            RulesEngine again = sandbox.start("one");
            assertThat(again.status().getHeartbeatMs()).isEqualTo(900);
            assertThat(again.current().settingsRevision()).isEqualTo(1);

            CommandRun reset = run(sandbox, "settings", "reset", "--output", "json");
            assertThat(reset.code()).as(reset.out() + reset.err()).isZero();
            assertThat(reset.json().path("changes")).hasSize(3);
            assertThat(again.status().getHeartbeatMs()).isEqualTo(500);
        }
    }

    private static void showsWhatIsInForce(Sandbox sandbox) {
        CommandRun shown = run(sandbox, "settings");
        JsonNode json = run(sandbox, "settings", "--output", "json").json();
        CommandRun status = run(sandbox, "status");

        assertThat(shown.out())
                .contains("fleet, revision 1", "sluice.yaml or default", "look closely")
                .containsPattern("limits.splits +3 +sluice.yaml or default")
                .containsPattern("monitoring.heartbeatMs +900 +fleet, revision 1");
        assertThat(json.path("revision").asLong()).isEqualTo(1);
        assertThat(json.path("settings")).anySatisfy(setting -> {
            assertThat(setting.path("key").asText()).isEqualTo("limits.evaluationBudgetUs");
            assertThat(setting.path("value").asText()).isEqualTo("1");
            assertThat(setting.path("from").asText()).isEqualTo("fleet");
        });
        assertThat(status.out()).contains("SETTINGS");
        assertThat(run(sandbox, "audit").out())
                .contains("settings limits by", "look closely", "limits.evaluationBudgetUs (none) -> 1");
    }

    private static void refusesAsAWhole(Sandbox sandbox, List<RulesEngine> engines) throws IOException {
        String restart =
                file(sandbox, "monitoring: { heartbeatMs: 700 }\nengine: { workers: 9 }\nkafka: { acks: all }\n");
        CommandRun plan = run(sandbox, "settings", "plan", restart);
        CommandRun refused = run(sandbox, "settings", "apply", restart);
        CommandRun json = run(sandbox, "settings", "apply", restart, "--output", "json");
        CommandRun bad = run(sandbox, "settings", "apply", file(sandbox, "limits: { splitz: 3 }\n"));

        assertThat(plan.code()).isEqualTo(1);
        assertThat(plan.out()).contains("engine.workers", "kafka.acks", "needs a restart", "nothing would change");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("restart-needed", "engine.workers", "kafka.acks");
        assertThat(json.json().path("code").asText()).isEqualTo("restart-needed");
        assertThat(bad.code()).isEqualTo(1);
        assertThat(bad.err()).contains("bad-settings", "did you mean `splits`", "^");
        for (RulesEngine engine : engines) {
            assertThat(engine.status().getHeartbeatMs()).isEqualTo(900);
            assertThat(engine.status().getSettings()).isEqualTo(1);
        }
        CommandRun planned = run(sandbox, "settings", "plan", file(sandbox, "limits: { splits: 2 }\n"));
        assertThat(planned.code()).isZero();
        assertThat(planned.out()).contains("+ limits.splits: 2", "- limits.evaluationBudgetUs: 1", "scope: limits");
    }

    @Test
    void aTemplateIsAWayToPublishAndTheDefaultOfTheFleet() throws Exception {
        try (Sandbox sandbox = Sandbox.create()) {
            RulesEngine engine = sandbox.start("one");
            publish(sandbox, 1);
            CommandRun unknown = run(sandbox, "publish", rules(sandbox, 2), "--strategy", "careful", "--no-wait");
            assertThat(unknown.code()).isEqualTo(2);
            assertThat(unknown.err()).contains("unknown-template", "careful", "there are none");

            run(sandbox, "settings", "apply", file(sandbox, """
                            templates:
                              careful: { strategy: canary, stages: [7, 100], stageDuration: 1h }
                            """));
            CommandRun plan = run(sandbox, "plan", rules(sandbox, 2), "--strategy", "careful");
            CommandRun publish = run(sandbox, "publish", rules(sandbox, 2), "--strategy", "careful", "--no-wait");

            assertThat(plan.out()).contains("strategy canary", "7 % of the keys at once");
            assertThat(publish.code()).as(publish.out() + publish.err()).isZero();
            Awaitility.await().atMost(Sandbox.LIMIT).until(() -> weight(engine.current()) == 700);

            CommandRun reset = run(sandbox, "settings", "reset");
            assertThat(reset.code()).as(reset.out() + reset.err()).isZero();
            assertThat(weight(engine.current()))
                    .as("what a deployment does is in its record")
                    .isEqualTo(700);
            assertThat(run(sandbox, "promote", "flights").code()).isZero();
        }
    }

    @Test
    void whoTakesOverFromAKilledDeciderHasTheSettings() throws Exception {
        try (Sandbox sandbox = Sandbox.create()) {
            ChildEngine first = sandbox.startChild("first");
            Awaitility.await()
                    .atMost(Sandbox.LIMIT)
                    .until(() -> run(sandbox, "status").out().contains("RUNNING"));
            CommandRun apply = run(sandbox, "settings", "apply", file(sandbox, STRICT));
            assertThat(apply.code()).as(apply.out() + apply.err()).isZero();
            first.kill();

            RulesEngine second = sandbox.start("second");
            assertThat(second.current().settingsRevision()).isEqualTo(1);
            CommandRun again = run(sandbox, "settings", "apply", file(sandbox, STRICT), "--timeout", "45");
            assertThat(again.code()).as(again.out() + again.err()).isZero();
            assertThat(again.out()).contains("revision 1, unchanged");
            CommandRun next = run(sandbox, "settings", "apply", file(sandbox, "limits: { splits: 5 }\n"));
            assertThat(next.out()).contains("revision 2", "- monitoring.heartbeatMs: 900");
        }
    }

    private static long timeouts(RulesEngine engine) {
        return engine.status().getRulesets().stream()
                .flatMap(ruleset -> ruleset.getFigures().stream())
                .mapToLong(VersionFigures::getTimeouts)
                .sum();
    }

    private static int weight(Installation installation) {
        return installation.arms().rollouts().stream()
                .mapToInt(rollout -> rollout.weight())
                .sum();
    }

    private static void publish(Sandbox sandbox, int delay) throws IOException {
        CommandRun publish = run(sandbox, "publish", rules(sandbox, delay));
        assertThat(publish.code()).as(publish.out() + publish.err()).isZero();
    }

    private static String rules(Sandbox sandbox, int delay) throws IOException {
        Path file = sandbox.folder().resolve("rules-" + delay + ".yaml");
        Files.writeString(file, RULES.formatted(delay));
        return file.toString();
    }

    private static String file(Sandbox sandbox, String settings) throws IOException {
        Path file = Files.createTempFile(sandbox.folder(), "settings", ".yaml");
        Files.writeString(file, settings);
        return file.toString();
    }

    private static CommandRun run(Sandbox sandbox, String... arguments) {
        return CommandRun.in(sandbox, arguments);
    }
}
