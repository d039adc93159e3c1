package dev.sluice.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deployment.Command;
import dev.sluice.deployment.DeploymentState;
import dev.sluice.rule.EventType;
import dev.sluice.rule.EventTypes;
import dev.sluice.rule.Field;
import dev.sluice.rule.ValueType;
import dev.sluice.schema.AuditEvent;
import dev.sluice.schema.AuditKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The decider in its task: commands and reports in, control records and audit events out. */
class DeciderTopologyTest {
    private static final EventTypes TYPES = new EventTypes(
            Map.of("Flight", new EventType("Flight", List.of(new Field("delay", ValueType.Scalar.INT)))), Set.of());
    private static final String CANARY =
            "{strategy: canary, stages: [10, 50, 100], stageDuration: 1s, advance: manual, bake: 0s}";
    private static final Duration TICK = Duration.ofMillis(100);

    private DeciderUnderTest decider = new DeciderUnderTest(TYPES);

    @AfterEach
    void close() {
        decider.close();
    }

    @Test
    void aVersionIsActiveWhenEveryInstanceIsPrepared() {
        decider.reportRefusal("slow", 99, "not there yet");
        decider.publish(1, rules(10), null);
        decider.report("one");
        assertThat(state()).isEqualTo("Preparing");

        decider.report("slow");
        assertThat(state()).isEqualTo("Active");
        assertThat(decider.installation().active().byName().get("flights").version())
                .isEqualTo(1);
        assertThat(decider.audit())
                .extracting(AuditEvent::getBefore, AuditEvent::getWhat, AuditEvent::getActor)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("", "Preparing", "someone"),
                        org.assertj.core.groups.Tuple.tuple("Preparing", "Active", "sluice"));
    }

    @Test
    void oneRefusalKeepsAllOnTheOldVersionAndTheReasonNamesWho() {
        active(1);
        decider.publish(2, rules(20), null);
        decider.reportRefusal("two", 2, "no field 'delay'");
        decider.report("one");

        assertThat(state()).isEqualTo("Failed");
        assertThat(decider.deployment().state())
                .isInstanceOfSatisfying(
                        DeploymentState.Failed.class,
                        failed -> assertThat(failed.reason()).contains("two refused it", "no field 'delay'"));
        assertThat(running()).isEqualTo(1);
    }

    @Test
    void aVersionThatThisInstanceCannotCompileFails() {
        active(1);
        decider.publish(2, "ruleset: flights\nrules: [ {id: broken} ]\n", null);
        decider.report("one");

        assertThat(state()).isEqualTo("Failed");
        assertThat(running()).isEqualTo(1);
    }

    @Test
    void aQuorumActivatesAVersionThatOnlyOthersCanServe() {
        active(1);
        decider.publish(2, "ruleset: flights\ndeployment: { activation: 50% }\nrules: [ {id: broken} ]\n", null);
        decider.reportPrepared("two", 1L, 2L);
        decider.report("one");

        assertThat(state()).isEqualTo("Active");
        assertThat(decider.deployment().version()).isEqualTo(2);
        assertThat(decider.installation().isWhole()).isFalse();
    }

    @Test
    void aCanaryGoesItsStagesByCommandAndEachIsAnswered() {
        active(1);
        decider.publish(2, rules(20), CANARY);
        decider.report("one");
        assertThat(decider.installation().arms().rollouts().get(0).weight()).isEqualTo(1000);

        AuditEvent early = decider.command(new Command.Advance());
        assertThat(early.getCode()).isEqualTo("stage-time-not-over");
        assertThat(early.getReason()).contains("10 %");
        decider.pass(Duration.ofSeconds(1), "one");
        assertThat(decider.command(new Command.Advance()).getCode()).isEqualTo(Commands.ACCEPTED);
        assertThat(decider.installation().arms().rollouts().get(0).weight()).isEqualTo(5000);
        assertThat(decider.command(new Command.Pause()).getState()).isEqualTo("Paused");
        assertThat(decider.command(new Command.Resume()).getState()).isEqualTo("RollingOut");
        AuditEvent promoted = decider.command(new Command.Promote());
        assertThat(promoted.getState()).isEqualTo("Active");
        assertThat(promoted.getVersion()).isEqualTo(2);
        assertThat(running()).isEqualTo(2);
    }

    @Test
    void aRollbackIsOverWhenEveryInstanceIsBack() {
        active(1);
        decider.publish(2, rules(20), null);
        decider.report("one");
        assertThat(running()).isEqualTo(2);

        assertThat(decider.command(new Command.Rollback(null)).getState()).isEqualTo("RollingBack");
        assertThat(running()).isEqualTo(1);
        decider.report("one");
        assertThat(state()).isEqualTo("RolledBack");
        AuditEvent again = decider.command(new Command.Rollback(null));
        assertThat(again.getCode()).isNotEqualTo(Commands.ACCEPTED);
    }

    @Test
    void badCommandsAreAnsweredOrPassedOver() {
        active(1);
        decider.raw(new byte[] {1, 2, 3});
        AuditEvent unknownMove = decider.command(record("a", "flights", "explode"));
        AuditEvent unknownRuleset = decider.command(record("b", "nobody", "promote"));
        AuditEvent missing = decider.command(new Command.Activate(7L));

        assertThat(unknownMove.getCode()).isEqualTo("unknown-move");
        assertThat(unknownRuleset.getCode()).isEqualTo("unknown-ruleset");
        assertThat(missing.getCode()).isEqualTo("version-not-found");
        assertThat(running()).isEqualTo(1);
    }

    @Test
    void anOldVersionIsDeployedByCommand() {
        active(1);
        decider.publish(2, rules(20), null);
        decider.publish(3, rules(30), null);
        decider.report("one");
        assertThat(running()).isEqualTo(3);

        assertThat(decider.command(new Command.Activate(2L)).getState()).isEqualTo("Preparing");
        decider.report("one");
        assertThat(running()).isEqualTo(2);
    }

    @Test
    void whoTakesOverKnowsDeploymentsAndInstances() {
        active(1);
        DeciderStore taken = new DeciderStore(decider.store());

        assertThat(taken.deployments()).containsExactly(Map.entry("flights", decider.deployment()));
        assertThat(taken.instances()).containsOnlyKeys("one");
        decider.goodBye("one");
        assertThat(new DeciderStore(decider.store()).instances()).isEmpty();
    }

    @Test
    void aCommandIsCarriedOutOnce() {
        DeciderStore store = new DeciderStore(decider.store());
        store.answered(5, 1000);

        assertThat(new DeciderStore(decider.store()).isNew(5, 1000)).isFalse();
        assertThat(store.isNew(4, 900)).isFalse();
        assertThat(store.isNew(6, 900)).isTrue();
        assertThat(store.isNew(0, 2000)).as("of a topic made anew").isTrue();
    }

    @Test
    void aDeploymentThatOnlyTheTopicHoldsIsTakenOver() {
        Installations installed = new Installations(TYPES);
        installed.fold("flights", 1, rules(10));
        installed.deploy("flights", 1, new DeploymentState.Active(Instant.EPOCH, null));
        decider.close();
        decider = new DeciderUnderTest(TYPES, installed);
        decider.report("one");
        decider.pass(TICK, "one");

        assertThat(new DeciderStore(decider.store()).deployments()).containsKey("flights");
        assertThat(decider.controlKeys()).isEmpty();
        assertThat(running()).isEqualTo(1);
    }

    @Test
    void deletingTheActiveVersionGoesBackToTheOneBefore() {
        active(1);
        decider.publish(2, rules(20), null);
        decider.report("one");
        decider.installations().delete("flights", 2);
        decider.pass(TICK.multipliedBy(3), "one");

        assertThat(running()).isEqualTo(1);
        decider.publish(2, rules(25), null);
        decider.pass(TICK, "one");
        assertThat(running()).as("its number was free again").isEqualTo(2);
    }

    @Test
    void aRulesetWithoutVersionsIsForgotten() {
        active(1);
        decider.installations().delete("flights", 1);
        decider.pass(TICK.multipliedBy(2), "one");

        assertThat(decider.deployment()).isNull();
        active(1);
        assertThat(running()).isEqualTo(1);
    }

    @Test
    void onlyTheNewestVersionsAndThoseThatServeAreKept() {
        for (long version = 1; version <= DeciderUnderTest.VERSIONS_KEPT; version++) {
            active(version);
        }
        // The refused version would be accepted if the ones before it were gone.
        decider.publish(1, rules(77), null);
        for (long version = 4; version <= 5; version++) {
            decider.publish(version, rules((int) version), "{stageOnly: true}");
            decider.report("one");
        }
        decider.pass(TICK.multipliedBy(3), "one");

        RulesetImage versions = decider.installation().image().rulesets().get("flights");
        assertThat(versions.accepted())
                .extracting(each -> each.published().version())
                .containsExactly(3L, 4L, 5L);
        assertThat(decider.controlKeys()).containsOnlyOnce("ruleset/flights/1 deleted", "ruleset/flights/2 deleted");
        assertThat(decider.audit())
                .filteredOn(event -> event.getKind() == AuditKind.REMOVED)
                .extracting(AuditEvent::getVersion)
                .containsExactly(1L, 2L);
        assertThat(running()).isEqualTo(3);
        assertThat(decider.deployment().lineage()).containsExactly(3L);
    }

    @Test
    void anInstanceThatIsSilentForTooLongCountsNoMore() {
        decider.reportRefusal("frozen", 99, "never");
        active(1);
        assertThat(state()).isEqualTo("Preparing");
        decider.pass(Duration.ofSeconds(31), "one");
        assertThat(state()).isEqualTo("Failed");
        assertThat(((DeploymentState.Failed) decider.deployment().state()).reason())
                .contains("frozen is silent since");

        decider.pass(Duration.ofSeconds(15), "one");
        assertThat(decider.command(new Command.Activate(1L)).getState()).isEqualTo("Active");
    }

    private void active(long version) {
        decider.publish(version, rules((int) version), null);
        decider.report("one");
        decider.report("one");
    }

    private String state() {
        return decider.deployment().state().word();
    }

    private long running() {
        return decider.installation().active().byName().get("flights").version();
    }

    private static dev.sluice.schema.Command record(String id, String ruleset, String move) {
        return dev.sluice.schema.Command.newBuilder()
                .setId(id)
                .setRuleset(ruleset)
                .setMove(move)
                .setActor("operator")
                .setSentAt(Instant.EPOCH)
                .build();
    }

    private static String rules(int threshold) {
        return "ruleset: flights\nrules:\n  - id: r\n    from: Flight\n    when: delay > " + threshold
                + "\n    emit: { type: Late, fields: { d: delay } }\n";
    }
}
