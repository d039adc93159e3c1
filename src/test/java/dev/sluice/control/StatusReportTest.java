package dev.sluice.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deployment.DeploymentState;
import dev.sluice.rule.EventType;
import dev.sluice.rule.EventTypes;
import dev.sluice.rule.Field;
import dev.sluice.rule.ValueType;
import dev.sluice.schema.RulesetStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StatusReportTest {
    private final Installations installations = new Installations(new EventTypes(
            Map.of("Flight", new EventType("Flight", List.of(new Field("delay", ValueType.Scalar.INT)))), Set.of()));

    @Test
    void aVersionIsInUseWhenEveryThreadHasReadIt() {
        Installation first = installations.publish("flights", 1, rules(10));
        Installation second = installations.publish("flights", 2, rules(20));

        assertThat(status(second, first, second).getInUse()).isFalse();
        assertThat(status(second, second, second).getInUse()).isTrue();
        assertThat(status(second).getInUse()).as("without any thread").isTrue();
    }

    @Test
    void aSplitIsInUseWhenEveryThreadHasReadItsWeight() {
        installations.publish("flights", 1, rules(10));
        installations.fold("flights", 2, rules(20));
        Installation tenth = installations.deploy("flights", 2, rolling(0, 1000));
        Installation half = installations.deploy("flights", 2, rolling(1, 5000));

        RulesetStatus status = status(half, tenth);
        assertThat(status.getInUse()).isFalse();
        assertThat(status.getActive()).isEqualTo(1);
        assertThat(status.getCandidate()).isEqualTo(2);
        assertThat(status.getWeight()).isEqualTo(5000);
        assertThat(status.getAttempt()).isEqualTo(2);
        assertThat(status.getPrepared()).containsExactly(1L, 2L);
        assertThat(status(half, half).getInUse()).isTrue();
    }

    @Test
    void aRuleIsInQuarantineWhenNoThreadEvaluatesItAnyMore() {
        Installation before = installations.publish("flights", 1, rules(10));
        Installation after = installations.quarantine(
                "flights", before.active().byName().get("flights").rules().get(0));

        assertThat(status(after, before, after).getQuarantined()).isEmpty();
        assertThat(status(after, after, after).getQuarantined()).hasSize(1);
        assertThat(after.indexes()).as("nothing is made anew").isSameAs(before.indexes());
    }

    @Test
    void goingBackIsInUseWhenItIsReadAlsoWhereNothingServes() {
        installations.fold("flights", 1, rules(10));
        Installation active = installations.deploy("flights", 1, new DeploymentState.Active(Instant.EPOCH, null));
        Installation back =
                installations.deploy("flights", 1, new DeploymentState.RollingBack(Instant.ofEpochSecond(1), "bad"));

        RulesetStatus status = status(back, active);
        assertThat(status.getActive()).isNull();
        assertThat(status.getInUse()).isFalse();
        assertThat(status(back, back).getInUse()).isTrue();
        assertThat(status(back, back).getSince()).isEqualTo(Instant.ofEpochSecond(1));
    }

    private static RulesetStatus status(Installation installation, Installation... read) {
        return StatusReport.rulesets(installation, List.of(read), FiguresSource.NONE)
                .get(0);
    }

    private static DeploymentState rolling(int stage, int weight) {
        return new DeploymentState.RollingOut(Instant.ofEpochSecond(stage), stage, weight, false);
    }

    private static String rules(int threshold) {
        return "ruleset: flights\nrules:\n  - id: r\n    from: Flight\n    when: delay > " + threshold
                + "\n    emit: { type: Late, fields: { d: delay } }\n";
    }
}
