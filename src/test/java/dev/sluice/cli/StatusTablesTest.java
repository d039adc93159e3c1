package dev.sluice.cli;

import static dev.sluice.cli.Rollouts.CANARY;
import static dev.sluice.cli.Rollouts.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.deployment.Deployment;
import dev.sluice.deployment.DeploymentState.Active;
import dev.sluice.deployment.DeploymentState.Paused;
import dev.sluice.deployment.Latencies;
import dev.sluice.deployment.Quarantine;
import dev.sluice.schema.InstanceState;
import dev.sluice.schema.InstanceStatus;
import dev.sluice.schema.RulesetStatus;
import dev.sluice.schema.VersionFigures;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class StatusTablesTest {
    private static final Deployment PAUSED =
            Rollouts.in(CANARY, new Paused(NOON, Rollouts.secondStage(), "too few evaluations"));

    private static final Quarantine APART = new Quarantine(
            "flights",
            "late",
            "sha256:0",
            7,
            Quarantine.State.APART,
            NOON,
            null,
            new Deployment.Origin("sluice", "it failed"));

    @Test
    void deploymentsComeFirstWithWhatTheyWaitFor() {
        assertThat(text(PAUSED).lines().limit(2).map(StatusTablesTest::words))
                .containsExactly(
                        "RULESET ACTIVE CANDIDATE KEYS STATE SINCE NEXT REASON",
                        "flights 7 8 25 % Paused 10 s ago - too few evaluations");
    }

    @Test
    void rulesInQuarantineAreShownWithWhereTheyAreApart() {
        assertThat(text(PAUSED).lines().map(StatusTablesTest::words))
                .contains(
                        "IN QUARANTINE RULE STATE SINCE VERSION APART ON REASON",
                        "flights late Apart 10 s ago 7 2 of 2 it failed");
    }

    @Test
    void aDeploymentThatIsOverHasNoCandidate() {
        assertThat(words(text(Rollouts.in(CANARY, new Active(NOON, NOON.plusSeconds(70))))
                        .lines()
                        .toList()
                        .get(1)))
                .isEqualTo("flights 8 - - Active 10 s ago in 1 min -");
    }

    @Test
    void anInstanceShowsItsRevisionHowFarItIsBehindAndWhichSettingsItHas() {
        assertThat(text(PAUSED).lines().map(StatusTablesTest::words))
                .contains("one RUNNING 0 s ago 0 0 0 0 0 @41 3 s 6", "two RUNNING 0 s ago 0 0 0 0 0 @41 - 6");
    }

    @Test
    void whatAnInstanceServesIncludesTheSplit() {
        assertThat(text(PAUSED)).contains("7, of 25 % of the keys 8");
    }

    @Test
    void figuresOfBothArmsAreSummedOverTheInstances() {
        assertThat(text(PAUSED).lines().map(StatusTablesTest::words))
                .contains(
                        "flights 7 stable 2000 0 0 2.0 us 2.0 us 0.0100",
                        "flights 8 candidate 200 2 0 4.0 us 4.1 us 0.0500");
    }

    @Test
    void figuresAreShownOnlyWhileSomebodyWatches() {
        assertThat(text(Rollouts.in(CANARY, new Active(NOON, null)))).doesNotContain("EVALUATIONS");
        assertThat(text(Rollouts.in(CANARY, new Active(NOON, NOON.plusSeconds(60)))))
                .contains("EVALUATIONS", "before");
    }

    @Test
    void scriptsGetAllOfIt() {
        JsonNode json = StatusJson.of(view(PAUSED));

        assertThat(json.path("deployments").get(0).path("state").asText()).isEqualTo("Paused");
        assertThat(json.path("deployments").get(0).path("percent").asDouble()).isEqualTo(25);
        assertThat(json.path("deployments").get(0).path("active").asLong()).isEqualTo(7);
        assertThat(json.path("quarantines").get(0).path("rule").asText()).isEqualTo("late");
        assertThat(json.path("quarantines").get(0).path("state").asText()).isEqualTo("Apart");
        assertThat(json.path("quarantines").get(0).path("until").isNull()).isTrue();
        assertThat(json.path("arms").get(1).path("errors").asLong()).isEqualTo(2);
        assertThat(json.path("instances").get(0).path("behindMs").asLong()).isEqualTo(3000);
        assertThat(json.path("instances").get(0).path("live").asBoolean()).isTrue();
        assertThat(json.path("instances")
                        .get(0)
                        .path("rulesets")
                        .get(0)
                        .path("prepared")
                        .get(1)
                        .asLong())
                .isEqualTo(8);
    }

    private static String text(Deployment of) {
        StringWriter text = new StringWriter();
        StatusTables.print(view(of), new PrintWriter(text));
        return text.toString();
    }

    private static StatusView view(Deployment of) {
        List<InstanceStatus> instances = List.of(instance("one"), instance("two"));
        return new StatusView(
                List.of(of),
                instances,
                Map.of("one", Duration.ofSeconds(3)),
                ArmFigures.of(List.of(of), instances),
                List.of(APART),
                NOON.plusSeconds(10));
    }

    private static InstanceStatus instance(String id) {
        RulesetStatus ruleset = RulesetStatus.newBuilder()
                .setName("flights")
                .setActive(7L)
                .setDigest("sha256:0123456789abcdef")
                .setCandidate(8L)
                .setWeight(2500)
                .setPrepared(List.of(7L, 8L))
                .setQuarantined(List.of("late"))
                .setFigures(List.of(figures(7, 1000, 10, 2000), figures(8, 100, 5, 4000)))
                .build();
        return InstanceStatus.newBuilder()
                .setInstance(id)
                .setApplication("app")
                .setHost("host")
                .setPid(1)
                .setBuild("1")
                .setStartedAt(NOON)
                .setReportedAt(NOON.plusSeconds(10))
                .setHeartbeatMs(1000)
                .setState(InstanceState.RUNNING)
                .setControlOffset(41)
                .setSettings(6)
                .setRulesets(List.of(ruleset))
                .build();
    }

    /** The candidate's fail once on each instance; each evaluation takes {@code nanos}. */
    private static VersionFigures figures(long version, long evaluations, long alerts, long nanos) {
        long[] counts = new long[Latencies.bucket(nanos - 1) + 1];
        counts[counts.length - 1] = evaluations;
        return VersionFigures.newBuilder()
                .setVersion(version)
                .setEvaluations(evaluations)
                .setErrors(version == 8 ? 1 : 0)
                .setTimeouts(0)
                .setAlerts(alerts)
                .setMeasured(evaluations)
                .setNanos(evaluations * nanos)
                .setLatencies(Arrays.stream(counts).boxed().toList())
                .build();
    }

    private static String words(String line) {
        return line.replaceAll("\\s+", " ").strip();
    }
}
