package dev.sluice.rule.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deployment.Activation;
import dev.sluice.deployment.DeploymentSpec;
import dev.sluice.deployment.DeploymentTemplates;
import dev.sluice.deployment.DeploymentWish;
import dev.sluice.deployment.HealthPolicy;
import dev.sluice.deployment.HealthPolicy.OnBreach;
import dev.sluice.deployment.Strategy;
import dev.sluice.deployment.Strategy.Advance;
import dev.sluice.deployment.Strategy.Winner;
import dev.sluice.rule.Problem;
import dev.sluice.rule.RulesetDefinition;
import dev.sluice.rule.compile.RuleCompiler.DeploymentReading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DeploymentTextTest {
    private static final Strategy.Canary CANARY =
            new Strategy.Canary(List.of(10, 100), Duration.ofMinutes(2), Advance.MANUAL);
    private static final DeploymentSpec OF_FILE = new DeploymentSpec(
            CANARY,
            new Activation(80),
            Duration.ofSeconds(20),
            Duration.ofMinutes(1),
            Duration.ofMinutes(3),
            HealthPolicy.PRODUCTION);

    private static final DeploymentTemplates TEMPLATES = new DeploymentTemplates(
            new TreeMap<>(Map.of("careful", OF_FILE)),
            Optional.of(new DeploymentTemplates.Default(Optional.of("careful"), OF_FILE)));

    private static DeploymentSpec spec(String text) {
        DeploymentReading reading = RuleCompiler.deployment(text, OF_FILE);
        assertThat(reading.problems()).isEmpty();
        return reading.spec().orElseThrow();
    }

    @Test
    void readsEveryPartOfARuleFile() {
        Compilation compilation = new RuleCompiler(Orders.TYPES).compile("""
                ruleset: test
                deployment:
                  strategy: scheduled
                  at: 2026-12-01T09:00:00+01:00
                  then: ab_test
                  ratio: 0.75
                  duration: 1h30m
                  winner: alert_rate
                  activation: 80%
                  deadline: 45s
                  warmup: 10m
                  bake: 0s
                  health: { profile: production, errorRate: 0.005, relativeErrors: 0, window: 30s, onBreach: pause }
                rules: []
                """);
        assertThat(compilation.problems()).isEmpty();
        assertThat(compilation.definition().orElseThrow().deployment())
                .isEqualTo(new DeploymentWish.Whole(new DeploymentSpec(
                        new Strategy.Scheduled(
                                Instant.parse("2026-12-01T08:00:00Z"),
                                new Strategy.AbTest(0.75, Duration.ofMinutes(90), Winner.ALERT_RATE)),
                        new Activation(80),
                        Duration.ofSeconds(45),
                        Duration.ofMinutes(10),
                        Duration.ZERO,
                        new HealthPolicy(
                                0.005,
                                HealthPolicy.PRODUCTION.latency(),
                                HealthPolicy.PRODUCTION.timeouts(),
                                0,
                                HealthPolicy.PRODUCTION.relativeLatency(),
                                HealthPolicy.PRODUCTION.minimumSample(),
                                Duration.ofSeconds(30),
                                OnBreach.PAUSE))));
    }

    @Test
    void aFileThatSaysNothingHasTheDefault() {
        assertThat(new RuleCompiler(Orders.TYPES)
                        .compile("ruleset: test\nrules: []\n")
                        .definition()
                        .orElseThrow()
                        .deployment())
                .isEqualTo(DeploymentWish.NOTHING);
    }

    @Test
    void whatAPublisherLeavesOutIsTheFiles() {
        assertThat(spec("{stageDuration: 30s}"))
                .isEqualTo(OF_FILE.with(new Strategy.Canary(List.of(10, 100), Duration.ofSeconds(30), Advance.MANUAL)));
        assertThat(spec("strategy: canary")).isEqualTo(OF_FILE);
        assertThat(spec("{\"strategy\": \"blue_green\"}")).isEqualTo(OF_FILE.with(new Strategy.BlueGreen()));
    }

    @Test
    void aStrategyThatTheFileHasNotHasItsOwnDefaults() {
        assertThat(spec("ab_test").strategy()).isEqualTo(new Strategy.AbTest(0.5, Duration.ofHours(1), Winner.MANUAL));
        assertThat(RuleCompiler.deployment("canary", DeploymentSpec.DEFAULT)
                        .spec()
                        .orElseThrow()
                        .strategy())
                .isEqualTo(new Strategy.Canary(List.of(5, 10, 25, 50, 100), Duration.ofMinutes(5), Advance.AUTOMATIC));
    }

    @Test
    void aScheduleDoesWhatTheFileSaysWhenItsTimeHasCome() {
        Instant at = Instant.parse("2026-12-01T08:00:00Z");
        DeploymentSpec scheduled = spec("{strategy: scheduled, at: 2026-12-01T08:00:00Z}");
        assertThat(scheduled.strategy()).isEqualTo(new Strategy.Scheduled(at, CANARY));
        assertThat(RuleCompiler.deployment("{then: blue_green}", scheduled)
                        .spec()
                        .orElseThrow()
                        .strategy())
                .isEqualTo(new Strategy.Scheduled(at, new Strategy.BlueGreen()));
        assertThat(RuleCompiler.deployment("canary", scheduled)
                        .spec()
                        .orElseThrow()
                        .strategy())
                .isEqualTo(CANARY);
    }

    @Test
    void aFileMayBuildOnATemplateThatNobodyKnowsYet() {
        String text = """
                ruleset: test
                deployment: { strategy: careful, stages: [50, 100], bake: 1m, health: { profile: production } }
                rules: []
                """;
        Compilation compilation = new RuleCompiler(Orders.TYPES).compile(text);
        assertThat(compilation.problems()).isEmpty();
        DeploymentWish wish = compilation.definition().orElseThrow().deployment();
        assertThat(wish.definition())
                .containsEntry("strategy", "careful")
                .containsEntry("stages", "[50, 100]")
                .containsEntry("health.profile", "production");

        DeploymentSpec resolved =
                RuleCompiler.deployment(wish, null, TEMPLATES).spec().orElseThrow();
        assertThat(resolved.strategy())
                .isEqualTo(new Strategy.Canary(List.of(50, 100), Duration.ofMinutes(2), Advance.MANUAL));
        assertThat(resolved.bake()).isEqualTo(Duration.ofMinutes(1));
        assertThat(resolved.activation()).isEqualTo(OF_FILE.activation());
        assertThat(RuleCompiler.deployment(wish, "{bake: 7m}", TEMPLATES)
                        .spec()
                        .orElseThrow()
                        .bake())
                .isEqualTo(Duration.ofMinutes(7));
        assertThat(RuleCompiler.deployment(wish, null, DeploymentTemplates.NONE).problems())
                .extracting(Problem::code)
                .containsExactly("unknown-template");
    }

    @Test
    void aFileThatBuildsOnATemplateIsCheckedAsFarAsItCanBe() {
        String text = "ruleset: test\ndeployment: { strategy: careful, stages: [5], bkae: 1m, ratio: 7 }\nrules: []\n";
        assertThat(new RuleCompiler(Orders.TYPES).compile(text).problems())
                .extracting(Problem::code)
                .containsExactlyInAnyOrder("invalid-value", "unknown-key", "invalid-value");
    }

    @Test
    void aFileThatSaysNothingHasTheFleetsDefaultAndOneThatSaysSomethingHasNot() {
        assertThat(RuleCompiler.deployment(DeploymentWish.NOTHING, null, TEMPLATES)
                        .spec())
                .contains(OF_FILE);
        assertThat(RuleCompiler.deployment(DeploymentWish.NOTHING, null, DeploymentTemplates.NONE)
                        .spec())
                .contains(DeploymentSpec.DEFAULT);
        DeploymentWish whole = new DeploymentWish.Whole(DeploymentSpec.DEFAULT);
        assertThat(RuleCompiler.deployment(whole, null, TEMPLATES).spec()).contains(DeploymentSpec.DEFAULT);
        assertThat(RuleCompiler.deployment(whole, "careful", TEMPLATES).spec()).contains(OF_FILE);
    }

    @Test
    void aPublisherMayStageOnly() {
        DeploymentReading reading = RuleCompiler.deployment("{\"stageOnly\": true}", OF_FILE);
        assertThat(reading.stageOnly()).isTrue();
        assertThat(reading.spec()).contains(OF_FILE);
        assertThat(RuleCompiler.deployment("stageOnly: false", OF_FILE).stageOnly())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "# nothing",
                "{",
                "\t",
                "canry",
                "[canary]",
                "stageOnly: perhaps",
                "strategy: scheduled",
                "{at: 2026-12-01T08:00:00Z}",
                "{strategy: scheduled, at: 2026-13-01T08:00:00Z}",
                "{strategy: scheduled, at: '+12026-01-01T08:00:00Z'}",
                "{strategy: blue_green, stages: [100]}",
                "{stages: []}",
                "{stages: [0, 100]}",
                "{stages: [5, 5, 100]}",
                "{stages: [100, 101]}",
                "{strategy: ab_test, ratio: 0}",
                "{strategy: ab_test, ratio: 1e-3}",
                "{deadline: 2h}",
                "{bake: -1s}",
                "--- canary\n--- canary\n",
                "&a [*a]",
                "{health: {health: production}}"
            })
    void refusesWhatItCannotMean(String text) {
        DeploymentReading reading = RuleCompiler.deployment(text, OF_FILE);
        assertThat(reading.spec()).isEmpty();
        assertThat(reading.problems()).isNotEmpty().allMatch(Problem::isError);
        assertThat(reading.problems()).noneMatch(problem -> problem.code().equals("compiler-failure"));
    }

    @Test
    void refusesATextWithoutEnd() {
        assertThat(RuleCompiler.deployment("#".repeat(100_001), OF_FILE).problems())
                .extracting(Problem::code)
                .containsExactly("too-large");
    }

    @Test
    void everyPartInWordsIsReadBackAsItWas() {
        StringBuilder text = new StringBuilder();
        DeploymentSpec spec = spec("{strategy: scheduled, at: 2026-12-01T08:00:00Z, then: canary, warmup: 1h1m1s1ms}");
        spec.definition().forEach((key, value) -> {
            if (!key.startsWith("health.")) {
                text.append(key).append(": ").append(value).append('\n');
            }
        });
        text.append("health:\n");
        spec.definition().forEach((key, value) -> {
            if (key.startsWith("health.")) {
                text.append("  ")
                        .append(key.substring(7))
                        .append(": ")
                        .append(value.replaceAll("\\.0$", ""))
                        .append('\n');
            }
        });
        assertThat(RuleCompiler.deployment(text.toString(), DeploymentSpec.DEFAULT)
                        .spec())
                .contains(spec);
    }

    @Test
    void anotherDeploymentChangesNoRule() {
        String text = """
                ruleset: test
                deployment: %s
                rules:
                  - { id: a, from: Order, when: amount > 1, emit: { type: A, fields: { x: amount } } }
                """;
        RuleCompiler compiler = new RuleCompiler(Orders.TYPES);
        var before = compiler.compile(text.formatted("canary")).definition().orElseThrow();
        var after = compiler.compile(text.formatted("{ strategy: canary, bake: 1m }"))
                .definition()
                .orElseThrow();
        assertThat(compiler.revisions()).isEqualTo(1);
        assertThat(after.rules().get(0)).isSameAs(before.rules().get(0));
        assertThat(bake(before)).isEqualTo(DeploymentSpec.DEFAULT.bake());
        assertThat(bake(after)).isEqualTo(Duration.ofMinutes(1));
    }

    private static Duration bake(RulesetDefinition of) {
        return ((DeploymentWish.Whole) of.deployment()).spec().bake();
    }
}
