package dev.sluice.rule.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deployment.DeploymentSpec;
import dev.sluice.deployment.HealthPolicy;
import dev.sluice.deployment.RuleBudget;
import dev.sluice.deployment.Strategy;
import dev.sluice.rule.Problem;
import dev.sluice.settings.FleetSettings;
import dev.sluice.settings.RestartSettings;
import dev.sluice.settings.SettingsInForce;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsReaderTest {
    static final String EVERYTHING = """
            limits:
              evaluationBudgetUs: 20000
              versionsKept: 20
              splits: 5
            budgets: { errorRate: 0.1, minimumErrors: 30, timeouts: 40, window: 2m, trial: 3m }
            templates:
              careful: { strategy: canary, stages: [1, 10, 100], stageDuration: 10m, health: production }
              quick: blue_green
            deployment: careful
            monitoring:
              heartbeatMs: 3000
              figuresMs: 250
              timedEvaluations: 128
            """;

    private static final Strategy CAREFUL =
            new Strategy.Canary(List.of(1, 10, 100), Duration.ofMinutes(10), Strategy.Advance.AUTOMATIC);

    private static FleetSettings read(String text) {
        SettingsReader.Reading reading = SettingsReader.read(text);
        assertThat(reading.problems()).isEmpty();
        return reading.settings().orElseThrow();
    }

    /** The one problem as {@code CODE LINE:COLUMN}. */
    private static String problem(String text) {
        SettingsReader.Reading reading = SettingsReader.read(text);
        assertThat(reading.settings()).isEmpty();
        assertThat(reading.problems()).hasSize(1);
        Problem problem = reading.problems().get(0);
        return problem.code() + " " + problem.line() + ":" + problem.column();
    }

    @Test
    void readsEveryKey() {
        FleetSettings settings = read(EVERYTHING);

        assertThat(settings.over(SettingsInForce.DEFAULT))
                .isEqualTo(new SettingsInForce(
                        20_000,
                        20,
                        5,
                        new RuleBudget(0.1, 30, 40, Duration.ofMinutes(2), Duration.ofMinutes(3)),
                        new SettingsInForce.Pace(3000, 250, 128)));
        assertThat(settings.templates().byName()).containsOnlyKeys("careful", "quick");
        assertThat(settings.templates().named("careful")).hasValueSatisfying(spec -> {
            assertThat(spec.strategy()).isEqualTo(CAREFUL);
            assertThat(spec.health()).isEqualTo(HealthPolicy.PRODUCTION);
            assertThat(spec.bake()).isEqualTo(DeploymentSpec.DEFAULT.bake());
        });
        assertThat(settings.templates().otherwise().strategy()).isEqualTo(CAREFUL);
        assertThat(settings.templates().byDefault().orElseThrow().template()).contains("careful");
    }

    @Test
    void whatIsReadIsWrittenInTheSameWords() {
        Map<String, String> said = read(EVERYTHING).definition();

        assertThat(said)
                .containsEntry("limits.evaluationBudgetUs", "20000")
                .containsEntry("budgets.window", "2m")
                .containsEntry("templates.careful.stages", "[1, 10, 100]")
                .containsEntry("templates.quick.strategy", "blue_green")
                .containsEntry("deployment", "careful")
                .containsEntry("monitoring.timedEvaluations", "128");
        assertThat(said.keySet().iterator().next()).isEqualTo("limits.evaluationBudgetUs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing\n", "{}"})
    void aFileThatSaysNothingLeavesEveryInstanceItsOwn(String text) {
        assertThat(read(text)).isEqualTo(FleetSettings.NONE);
    }

    @Test
    void theDefaultDeploymentMayBeAMappingOnATemplate() {
        FleetSettings settings = read("""
                templates: { careful: { strategy: canary, stages: [1, 10, 100], stageDuration: 10m } }
                deployment: { strategy: careful, bake: 1m }
                """);

        assertThat(settings.templates().otherwise().strategy()).isEqualTo(CAREFUL);
        assertThat(settings.templates().otherwise().bake()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.definition()).containsEntry("deployment.bake", "1m");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{limits: {evaluationBudgetUs: 0}} | invalid-value 1:31",
                "{limits: {evaluationBudgetUs: 1.5}} | invalid-value 1:31",
                "{limits: {versionsKept: 10001}} | invalid-value 1:25",
                "{limits: {splits: 6}} | invalid-value 1:19",
                "{limits: {split: 3}} | unknown-key 1:11",
                "{limits: 3} | wrong-type 1:10",
                "{limits: {splits: 1, splits: 2}} | duplicate-key 1:22",
                "{budgets: {errorRate: 1.1}} | invalid-value 1:23",
                "{budgets: {minimumErrors: 0}} | invalid-value 1:27",
                "{budgets: {timeouts: some}} | invalid-value 1:22",
                "{budgets: {window: 2h}} | invalid-value 1:20",
                "{budgets: {trial: soon}} | invalid-value 1:19",
                "{monitoring: {heartbeatMs: 99}} | invalid-value 1:28",
                "{monitoring: {figuresMs: 60001}} | invalid-value 1:26",
                "{monitoring: {timedEvaluations: 100}} | invalid-value 1:33",
                "{templates: {canary: blue_green}} | invalid-name 1:14",
                "{templates: {Careful: blue_green}} | invalid-name 1:14",
                "{templates: {a: {strategy: canry}}} | unknown-template 1:28",
                "{templates: {a: {strategy: canary, stages: [5]}}} | invalid-value 1:45",
                "{templates: {a: {stageOnly: true}}} | strategy-conflict 1:18",
                "{templates: {a: {strategy: scheduled, at: '2026-12-01T08:00:00Z'}}} | strategy-conflict 1:17",
                "{templates: {a: canary, b: a}} | unknown-template 1:28",
                "{deployment: nobody} | unknown-template 1:14",
                "{deployment: {strategy: canary, ratio: 0.5}} | strategy-conflict 1:33",
                "{limit: {splits: 3}} | unknown-key 1:10",
                "{rules: []} | not-a-setting 1:2",
                "[limits] | wrong-type 1:1",
                "{ | yaml-syntax 1:2",
            })
    void refusesWithThePlaceOfTheMistake(String text, String problem) {
        assertThat(problem(text)).isEqualTo(problem);
    }

    static List<String> restartSettings() {
        return RestartSettings.names().stream()
                .map(name -> name.replace("*", "any"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("restartSettings")
    void whatIsReadAtTheStartNeedsARestartNestedOrDotted(String name) {
        SettingsReader.Reading dotted = SettingsReader.read("limits: { splits: 2 }\n" + name + ": 1\n");
        String nested = "{ " + String.join(": { ", name.split("\\.")) + ": 1" + " }".repeat(name.split("\\.").length);

        assertThat(dotted.settings()).isEmpty();
        assertThat(dotted.needsOnlyRestart()).isTrue();
        assertThat(dotted.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.message()).contains("`" + name + "`", "restart");
            assertThat(problem.line()).isEqualTo(2);
        });
        assertThat(SettingsReader.read(nested).needsOnlyRestart()).isTrue();
    }

    @Test
    void aMistakeBesideARestartIsAMistake() {
        assertThat(SettingsReader.read("engine: { workers: 4 }\nlimits: { splits: 9 }\n")
                        .needsOnlyRestart())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "engine.heartbeatMs, monitoring.heartbeatMs",
        "engine.versionsKept, limits.versionsKept",
        "engine.evaluationBudgetUs, limits.evaluationBudgetUs"
    })
    void whatTheFleetHasUnderAnotherNameIsNamed(String own, String ofFleet) {
        assertThat(SettingsReader.read(own + ": 1").problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("`" + ofFleet + "`"));
    }

    @Test
    void everyMistakeIsToldAtOnceAndSuggestsTheNearestName() {
        assertThat(SettingsReader.read("monitorin: 1\nlimits: { splits: 9, versionKept: 1 }\n")
                        .problems())
                .extracting(Problem::message)
                .satisfiesExactly(
                        first -> assertThat(first).contains("did you mean `monitoring`"),
                        second -> assertThat(second).contains("from 1 to 5"),
                        third -> assertThat(third).contains("did you mean `versionsKept`"));
    }

    @Test
    void refusesATextWithoutEnd() {
        assertThat(problem("#".repeat(SettingsReader.TEXT_MAX + 1))).isEqualTo("too-large 1:1");
    }
}
