package dev.sluice.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deployment.Deployment;
import dev.sluice.deployment.DeploymentSpec;
import dev.sluice.deployment.DeploymentState;
import dev.sluice.deployment.Figures;
import dev.sluice.deployment.QuarantineDecider;
import dev.sluice.deployment.QuarantineDecision;
import dev.sluice.deployment.RuleBudget;
import dev.sluice.deployment.RuleDigests;
import dev.sluice.deployment.RuleFailures;
import dev.sluice.deployment.RuleSituation;
import dev.sluice.schema.InstanceState;
import dev.sluice.schema.InstanceStatus;
import dev.sluice.schema.RuleFigures;
import dev.sluice.schema.RulesetStatus;
import dev.sluice.schema.VersionFigures;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FleetReportsTest {
    private static final String RULESET = "flights";
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final FleetReports fleet = new FleetReports(Duration.ofSeconds(45), START);

    @Test
    void figuresOfAllInstancesAddUpFromWhenEachWasFirstHeard() {
        hear("one", START, 100, 1);
        hear("two", START, 1000, 2);
        hear("one", START, 150, 3);
        hear("two", START, 1010, 2);

        Figures seen = fleet.history(RULESET).since(START, 2);
        assertThat(seen.evaluations()).isEqualTo(60);
        assertThat(seen.errors()).isEqualTo(2);
        assertThat(seen.latencies().total()).isEqualTo(60);
    }

    @Test
    void theRulesOfTheFleetFailTogetherAndAreForgottenWithTheirInstance() {
        hear("one", START, 100, 1);
        hear("two", START, 1000, 2);
        hear("one", START, 150, 3);
        hear("two", START, 1010, 6);
        fleet.mark(RULESET, START.plusSeconds(1));
        fleet.forget("two");
        hear("two", START, 1020, 9);
        hear("one", START, 160, 4);

        RuleSituation now = new RuleSituation(
                RULESET,
                START.plusSeconds(2),
                Rules.ACTIVE,
                new TreeMap<>(),
                fleet.rules(RULESET),
                new Rules(),
                new RuleBudget(0, 7, 100, Duration.ofMinutes(1), Duration.ofMinutes(1)));
        assertThat(QuarantineDecider.look(now).changes())
                .extracting(QuarantineDecision.Change::seen)
                .as("2 and 4, then 1 more")
                .containsExactly(new dev.sluice.deployment.RuleFigures(70, new RuleFailures(7, 0)));
    }

    /** Version 2, with one rule. */
    private static final class Rules implements RuleDigests {
        static final Deployment ACTIVE = new Deployment(
                RULESET,
                2,
                1,
                DeploymentSpec.DEFAULT,
                new DeploymentState.Active(START, null),
                List.of(),
                2,
                false,
                new Deployment.Origin("test", ""));

        @Override
        public boolean isKnown(long version) {
            return true;
        }

        @Override
        public Optional<String> of(long version, String rule) {
            return Optional.of("digest of " + rule);
        }
    }

    @Test
    void anInstanceThatStartedAnewBeginsItsCountersAnew() {
        hear("one", START, 100, 1);
        hear("one", START, 120, 1);
        hear("one", START.plusSeconds(9), 500, 0);
        hear("one", START.plusSeconds(9), 503, 0);

        assertThat(fleet.history(RULESET).since(START, 2).evaluations()).isEqualTo(23);
    }

    @Test
    void anInstanceIsGoneAfterItsSilenceAndNotBefore() {
        hear("one", START, 1, 0);

        assertThat(fleet.gone(START.plusSeconds(45))).isEmpty();
        assertThat(fleet.gone(START.plusSeconds(46))).containsExactly("one");
        fleet.forget("one");
        assertThat(fleet.view(RULESET, null).instances()).isEmpty();
    }

    @Test
    void aReportThatIsNotReadByThreadsSaysNothingOfWhatServes() {
        hear("one", START, 1, 0);

        assertThat(fleet.view(RULESET, null).instances().get(0).serving())
                .as("no version")
                .isEqualTo(0L);
    }

    @Test
    void whatIsKeptOfAReportDoesNotChangeWithItsFigures() {
        assertThat(FleetReports.reduced(report("one", START, 5, 1)))
                .isEqualTo(FleetReports.reduced(report("one", START, 500, 7)));
    }

    private void hear(String instance, Instant startedAt, long evaluations, long errors) {
        fleet.heard(report(instance, startedAt, evaluations, errors), START);
    }

    private static InstanceStatus report(String instance, Instant startedAt, long evaluations, long errors) {
        VersionFigures figures = VersionFigures.newBuilder()
                .setVersion(2)
                .setEvaluations(evaluations)
                .setErrors(errors)
                .setTimeouts(0)
                .setAlerts(0)
                .setMeasured(evaluations)
                .setNanos(evaluations * 1000)
                .setLatencies(List.of(0L, 0L, evaluations))
                .setRules(List.of(
                        new RuleFigures("r", 5L, errors, 0L, 0L, 0L), new RuleFigures("well", 5L, 0L, 0L, 0L, 0L)))
                .build();
        return InstanceStatus.newBuilder()
                .setInstance(instance)
                .setApplication("test")
                .setHost("host")
                .setPid(1)
                .setBuild("test")
                .setStartedAt(startedAt)
                .setReportedAt(startedAt.plusMillis(evaluations))
                .setHeartbeatMs(500)
                .setState(InstanceState.RUNNING)
                .setControlOffset(evaluations)
                .setRulesets(List.of(RulesetStatus.newBuilder()
                        .setName(RULESET)
                        .setActive(1L)
                        .setFigures(List.of(figures))
                        .build()))
                .build();
    }
}
