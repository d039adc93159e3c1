package dev.sluice.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deployment.Command;
import dev.sluice.deployment.Deployment;
import dev.sluice.deployment.DeploymentState;
import dev.sluice.deployment.Quarantine;
import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.EventType;
import dev.sluice.rule.EventTypes;
import dev.sluice.rule.Field;
import dev.sluice.rule.ValueType;
import dev.sluice.ruleset.Digest;
import dev.sluice.schema.AuditEvent;
import dev.sluice.schema.AuditKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The decider in its task and rules that fail: reports and commands in, quarantine records and audit events out. */
class QuarantineTopologyTest {
    private static final EventTypes TYPES = new EventTypes(
            Map.of("Flight", new EventType("Flight", List.of(new Field("delay", ValueType.Scalar.INT)))), Set.of());
    private static final String KEY = "quarantine/flights/r";

    private DeciderUnderTest decider = new DeciderUnderTest(TYPES);

    @AfterEach
    void close() {
        decider.close();
    }

    @Test
    void aRuleThatFailsTooOftenIsSetApartOnTheTopicAndItsInstances() {
        setApart();

        Quarantine quarantine = decider.quarantine("r").orElseThrow();
        assertThat(quarantine.isApart()).isTrue();
        assertThat(quarantine.version()).isEqualTo(1);
        assertThat(quarantine.digest()).isEqualTo(Digest.of(rule()));
        assertThat(decider.controlKeys()).endsWith(KEY);
        assertThat(decider.installation().arms().isApart(rule())).isTrue();
        assertThat(decider.installation().apart("flights")).containsExactly("r");
        assertThat(quarantined()).hasSize(1).first().satisfies(event -> {
            assertThat(event.getBefore()).isEmpty();
            assertThat(event.getWhat()).isEqualTo("Apart");
            assertThat(event.getActor()).isEqualTo("sluice");
            assertThat(event.getRule()).isEqualTo("r");
            assertThat(event.getVersion()).isEqualTo(1);
            assertThat(event.getReason()).contains("30 times in 100 evaluations");
            assertThat(event.getFigures()).isEqualTo("{\"evaluations\":100,\"errors\":30,\"timeouts\":0}");
        });
        decider.pass(Duration.ofSeconds(5), "one");
        assertThat(quarantined()).as("decided once").hasSize(1);
    }

    @Test
    void failuresOfBothInstancesCount() {
        active(1, 10);
        decider.reportFailures("one", 1, 0, 0);
        decider.reportFailures("two", 1, 0, 0);
        decider.reportFailures("one", 1, 50, 12);
        assertThat(decider.quarantine("r")).isEmpty();
        decider.reportFailures("two", 1, 50, 12);

        assertThat(decider.quarantine("r")).isPresent();
    }

    @Test
    void theBudgetOfTheFleetsSettingsIsInForceAtOnce() {
        active(1, 10);
        decider.reportFailures("one", 1, 0, 0);
        decider.reportFailures("one", 1, 50, 12);
        decider.pass(Duration.ofMillis(200), "one");
        assertThat(decider.quarantine("r")).isEmpty();

        decider.settings("budgets: { minimumErrors: 10 }\n");
        decider.pass(Duration.ofMillis(200), "one");
        assertThat(decider.quarantine("r")).isPresent();
    }

    @Test
    void aReleaseIsAnsweredAndItsTrialEnds() {
        setApart();
        AuditEvent answer = release("r");
        assertThat(answer.getCode()).isEqualTo(Commands.ACCEPTED);
        assertThat(answer.getState()).isEqualTo("Trial");
        assertThat(answer.getRule()).isEqualTo("r");
        assertThat(decider.installation().arms().isApart(rule())).isFalse();
        assertThat(release("r").getCode()).isEqualTo("already-on-trial");
        assertThat(release("x").getCode()).isEqualTo("rule-not-in-quarantine");

        decider.reportFailures("one", 1, 300, 30);
        assertThat(decider.quarantine("r")).as("its time is not over").isPresent();
        decider.pass(Duration.ofSeconds(2), "one");
        assertThat(decider.quarantine("r")).isEmpty();
        assertThat(decider.controlKeys()).endsWith(KEY + " deleted");
        assertThat(quarantined())
                .extracting(AuditEvent::getBefore, AuditEvent::getWhat, AuditEvent::getActor)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("", "Apart", "sluice"),
                        org.assertj.core.groups.Tuple.tuple("Apart", "Trial", "operator"),
                        org.assertj.core.groups.Tuple.tuple("Trial", "Released", "sluice"));
        assertThat(quarantined().get(1).getCommand()).isEqualTo(answer.getCommand());
    }

    @Test
    void aTrialWithABreachSetsTheRuleApartAgain() {
        setApart();
        release("r");
        decider.reportFailures("one", 1, 120, 36);

        assertThat(decider.quarantine("r").orElseThrow().isApart()).isTrue();
        assertThat(decider.installation().arms().isApart(rule())).isTrue();
    }

    @Test
    void aFixIsEvaluatedAndTheSameTextStaysApart() {
        setApart();
        active(2, 10);
        assertThat(decider.installation().arms().isApart(rule())).isTrue();
        active(3, 20);

        assertThat(decider.installation().active().byName().get("flights").version())
                .isEqualTo(3);
        assertThat(decider.installation().arms().isApart(rule())).isFalse();
        assertThat(decider.installation().apart("flights"))
                .as("version 2 is only gone back to")
                .isEmpty();
        active(4, 20);
        decider.report("one");
        assertThat(decider.quarantine("r"))
                .as("no version has the old text any more")
                .isEmpty();
    }

    @Test
    void whoTakesOverKnowsTheTrial() {
        setApart();
        release("r");

        assertThat(new DeciderStore(decider.store()).quarantines("flights"))
                .containsOnlyKeys("r")
                .containsValue(decider.quarantine("r").orElseThrow());
    }

    @Test
    void aQuarantineThatOnlyTheTopicHoldsIsTakenOver() {
        setApart();
        Quarantine apart = decider.quarantine("r").orElseThrow();
        Installations installed = new Installations(TYPES);
        installed.fold("flights", 1, rules(10));
        installed.deploy("flights", 1, new DeploymentState.Active(Instant.EPOCH, null));
        installed.apply(bytes(KEY), ControlCodec.encode(apart));
        decider.close();
        decider = new DeciderUnderTest(TYPES, installed);
        decider.report("one");
        decider.pass(Duration.ofMillis(100), "one");

        assertThat(new DeciderStore(decider.store()).quarantines("flights")).containsEntry("r", apart);
        assertThat(release("r").getCode()).isEqualTo(Commands.ACCEPTED);
    }

    @Test
    void theQuarantinesOfARulesetThatIsGoneAreGone() {
        setApart();
        decider.installations().delete("flights", 1);
        decider.pass(Duration.ofMillis(300), "one");

        assertThat(decider.installation().image().quarantines()).isEmpty();
        assertThat(quarantined())
                .last()
                .extracting(AuditEvent::getReason, InstanceOfAssertFactories.STRING)
                .contains("no version has this rule");
    }

    @Test
    void aReleaseForNoRulesetIsRefused() {
        setApart();
        dev.sluice.schema.Command command = CommandCodec.record(
                "nobody",
                new Command("x", new Deployment.Origin("operator", ""), new Command.Release("r")),
                Instant.EPOCH);

        assertThat(decider.command(command).getCode()).isEqualTo("unknown-ruleset");
    }

    private void setApart() {
        active(1, 10);
        decider.reportFailures("one", 1, 0, 0);
        decider.reportFailures("one", 1, 100, 30);
        assertThat(decider.quarantine("r")).isPresent();
    }

    private AuditEvent release(String rule) {
        return decider.command(new Command.Release(rule));
    }

    private List<AuditEvent> quarantined() {
        return decider.audit().stream()
                .filter(event -> event.getKind() == AuditKind.QUARANTINE)
                .toList();
    }

    private CompiledRule rule() {
        return decider.installation().active().byName().get("flights").rules().get(0);
    }

    private void active(long version, int threshold) {
        decider.publish(version, rules(threshold), null);
        decider.report("one");
        decider.report("one");
    }

    private static String rules(int threshold) {
        return "ruleset: flights\nrules:\n  - id: r\n    from: Flight\n    when: delay > " + threshold
                + "\n    emit: { type: Late, fields: { d: delay } }\n";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
