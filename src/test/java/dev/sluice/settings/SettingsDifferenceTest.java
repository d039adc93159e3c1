package dev.sluice.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.deployment.DeploymentSpec;
import dev.sluice.deployment.DeploymentTemplates;
import dev.sluice.settings.SettingsDifference.Change;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsDifferenceTest {
    private static final OptionalLong NOTHING = OptionalLong.empty();

    private static FleetSettings limits(OptionalLong budgetUs, OptionalLong splits) {
        return new FleetSettings(
                new FleetSettings.Limits(budgetUs, NOTHING, splits),
                FleetSettings.Budgets.NONE,
                DeploymentTemplates.NONE,
                FleetSettings.Monitoring.NONE);
    }

    private static FleetSettings heartbeat(long ms) {
        return new FleetSettings(
                FleetSettings.Limits.NONE,
                FleetSettings.Budgets.NONE,
                DeploymentTemplates.NONE,
                new FleetSettings.Monitoring(OptionalLong.of(ms), NOTHING, NOTHING));
    }

    @Test
    void tellsWhatIsNewWhatIsAnotherAndWhatIsGone() {
        FleetSettings before = limits(OptionalLong.of(10), OptionalLong.of(2));
        FleetSettings after = limits(OptionalLong.of(20), NOTHING);

        assertThat(SettingsDifference.between(before, after).changes())
                .containsExactly(
                        new Change("limits.evaluationBudgetUs", "10", "20"), new Change("limits.splits", "2", null));
        assertThat(SettingsDifference.between(FleetSettings.NONE, after).changes())
                .containsExactly(new Change("limits.evaluationBudgetUs", null, "20"));
        assertThat(SettingsDifference.between(after, after).isEmpty()).isTrue();
        assertThat(SettingsDifference.between(after, after).scope()).isEmpty();
    }

    @Test
    void aTemplateIsToldPartByPart() {
        DeploymentSpec slow = new DeploymentSpec(
                DeploymentSpec.DEFAULT.strategy(),
                DeploymentSpec.DEFAULT.activation(),
                DeploymentSpec.DEFAULT.deadline(),
                DeploymentSpec.DEFAULT.warmup(),
                Duration.ofMinutes(9),
                DeploymentSpec.DEFAULT.health());

        assertThat(SettingsDifference.between(template(DeploymentSpec.DEFAULT), template(slow))
                        .changes())
                .containsExactly(new Change("templates.a.bake", "5m", "9m"));
    }

    private static FleetSettings template(DeploymentSpec spec) {
        return new FleetSettings(
                FleetSettings.Limits.NONE,
                FleetSettings.Budgets.NONE,
                new DeploymentTemplates(new TreeMap<>(Map.of("a", spec)), Optional.empty()),
                FleetSettings.Monitoring.NONE);
    }

    @Test
    void theLargestScopeOfTheChangesCounts() {
        FleetSettings splits = limits(NOTHING, OptionalLong.of(2));

        assertThat(SettingsDifference.between(FleetSettings.NONE, heartbeat(500))
                        .scope())
                .contains(Scope.MONITORING);
        assertThat(SettingsDifference.between(FleetSettings.NONE, template(DeploymentSpec.DEFAULT))
                        .scope())
                .contains(Scope.TEMPLATES);
        assertThat(SettingsDifference.between(heartbeat(500), splits).scope()).contains(Scope.LIMITS);
    }

    @ParameterizedTest
    @CsvSource({
        "limits.splits, LIMITS",
        "budgets.trial, LIMITS",
        "templates.a.strategy, TEMPLATES",
        "deployment, TEMPLATES",
        "deployment.bake, TEMPLATES",
        "monitoring.figuresMs, MONITORING"
    })
    void eachSettingHasItsScope(String path, Scope scope) {
        assertThat(Scope.of(path)).isEqualTo(scope);
    }

    @Test
    void aLargerScopeIncludesTheSmallerOnes() {
        Scope larger = Scope.FULL;
        for (Scope scope : Scope.values()) {
            assertThat(larger.includes(scope)).isTrue();
            assertThat(scope.includes(larger)).isEqualTo(scope == larger);
            larger = scope;
        }
        assertThatThrownBy(() -> Scope.of("engine.workers")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatTheFleetSaysGoesOverWhatAnInstanceHas() {
        FleetSettings said = new FleetSettings(
                FleetSettings.Limits.NONE,
                new FleetSettings.Budgets(OptionalDouble.of(0.5), NOTHING, NOTHING, Optional.empty(), Optional.empty()),
                DeploymentTemplates.NONE,
                new FleetSettings.Monitoring(OptionalLong.of(200), NOTHING, NOTHING));
        SettingsInForce own = SettingsInForce.DEFAULT;
        SettingsInForce inForce = said.over(own);

        assertThat(inForce.budget().errorRate()).isEqualTo(0.5);
        assertThat(inForce.budget().timeouts()).isEqualTo(own.budget().timeouts());
        assertThat(inForce.evaluationBudgetUs()).isEqualTo(own.evaluationBudgetUs());
        assertThat(inForce.pace().reportsMs(SettingsInForce.Watch.OFF)).isEqualTo(200);
        assertThat(inForce.pace().reportsMs(SettingsInForce.Watch.ON))
                .as("never later than the heartbeat that is promised")
                .isEqualTo(200);
        assertThat(own.pace().reportsMs(SettingsInForce.Watch.ON)).isEqualTo(500);
    }
}
