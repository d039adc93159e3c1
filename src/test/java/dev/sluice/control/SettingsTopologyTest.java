package dev.sluice.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deployment.DeploymentState;
import dev.sluice.deployment.Strategy;
import dev.sluice.rule.EventType;
import dev.sluice.rule.EventTypes;
import dev.sluice.rule.Field;
import dev.sluice.rule.ValueType;
import dev.sluice.schema.AuditEvent;
import dev.sluice.schema.AuditKind;
import dev.sluice.serde.SingleObject;
import dev.sluice.settings.FleetSettings;
import dev.sluice.settings.SettingsInForce;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The fleet's settings in the decider's task: a file in, a control record or a refusal out. */
class SettingsTopologyTest {
    private static final EventTypes TYPES = new EventTypes(
            Map.of("Flight", new EventType("Flight", List.of(new Field("delay", ValueType.Scalar.INT)))), Set.of());
    private static final String SPLITS = "limits: { splits: 2 }\n";
    private static final String CAREFUL =
            "templates: { careful: { strategy: canary, stages: [1, 100], stageDuration: 1h, bake: 0s } }\n";

    private final DeciderUnderTest decider = new DeciderUnderTest(TYPES);

    @AfterEach
    void close() {
        decider.close();
    }

    @Test
    void anAppliedFileIsARecordThatEveryInstanceFolds() {
        AuditEvent answer = decider.settings(SPLITS);

        assertThat(answer.getCode()).isEqualTo(Commands.ACCEPTED);
        assertThat(answer.getState()).isEqualTo("revision 1");
        assertThat(decider.controlKeys()).containsExactly("settings");
        assertThat(decider.installation().settings().limits().splits()).hasValue(2);
        assertThat(decider.installation().settingsRevision()).isEqualTo(1);
        assertThat(decider.audit())
                .filteredOn(event -> event.getKind() == AuditKind.SETTINGS)
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getWhat()).isEqualTo("limits");
                    assertThat(event.getActor()).isEqualTo("operator");
                    assertThat(event.getReason()).isEqualTo("asked");
                    assertThat(event.getCommand()).isEqualTo(answer.getCommand());
                    assertThat(event.getFigures())
                            .isEqualTo("[{\"key\":\"limits.splits\",\"before\":null,\"after\":\"2\"}]");
                });
    }

    @Test
    void theSameTextAgainIsAcceptedAndChangesNothing() {
        decider.settings(SPLITS);
        AuditEvent again = decider.settings(SPLITS);

        assertThat(again.getCode()).isEqualTo(Commands.ACCEPTED);
        assertThat(again.getState()).isEqualTo("revision 1, unchanged");
        assertThat(decider.controlKeys()).hasSize(1);
    }

    @Test
    void aFileIsRefusedAsAWholeWithTheReason() {
        decider.settings(SPLITS);
        AuditEvent restart = decider.settings("limits: { splits: 3 }\nengine: { workers: 4 }\nkafka.acks: all\n");
        AuditEvent bad = decider.settings("limits: { splits: 9, spilts: 1 }\nengine: { workers: 4 }\n");

        assertThat(restart.getCode()).isEqualTo("restart-needed");
        assertThat(restart.getReason()).contains("line 2, column 11", "`engine.workers`", "`kafka.acks`");
        assertThat(bad.getCode()).isEqualTo("bad-settings");
        assertThat(bad.getReason()).contains("from 1 to 5", "did you mean `splits`", "`engine.workers`");
        assertThat(decider.controlKeys()).hasSize(1);
        assertThat(decider.installation().settings().limits().splits()).hasValue(2);
    }

    @Test
    void aResetTakesThemBackAndTheNextRevisionIsHigher() {
        assertThat(decider.settings(null).getState()).contains("unchanged");
        decider.settings(SPLITS);
        AuditEvent reset = decider.settings(null);

        assertThat(reset.getCode()).isEqualTo(Commands.ACCEPTED);
        assertThat(decider.installation().settings()).isEqualTo(FleetSettings.NONE);
        assertThat(decider.installation().settingsRevision()).isZero();
        assertThat(decider.settings(SPLITS).getState()).isEqualTo("revision 2");
        assertThat(decider.controlKeys()).containsExactly("settings", "settings deleted", "settings");
    }

    @Test
    void fewerVersionsAreKeptAtOnce() {
        for (long version = 1; version <= 3; version++) {
            decider.publish(version, rules((int) version), null);
            decider.report("one");
            decider.report("one");
        }
        decider.settings("limits: { versionsKept: 1 }\n");
        decider.pass(Duration.ofMillis(300), "one");

        assertThat(decider.installation().image().rulesets().get("flights").accepted())
                .extracting(each -> each.published().version())
                .as("the one that serves and the one to go back to")
                .doesNotContain(1L)
                .contains(3L);
    }

    @Test
    void aVersionIsDeployedByATemplateThatIsFixedWithIt() {
        decider.settings(CAREFUL);
        active(1);
        decider.publish(2, rules(2), "careful");
        decider.report("one");

        assertThat(decider.deployment().state().word()).isEqualTo("RollingOut");
        decider.settings(null);
        decider.report("one");
        assertThat(decider.deployment().spec().strategy())
                .isInstanceOfSatisfying(
                        Strategy.Canary.class,
                        canary -> assertThat(canary.stages()).containsExactly(1, 100));
    }

    @Test
    void theDefaultIsThatOfRulesetsThatSayNothing() {
        decider.settings(CAREFUL + "deployment: careful\n");
        active(1);
        decider.publish(2, rules(2), null);
        decider.report("one");
        assertThat(decider.deployment().state().word()).isEqualTo("RollingOut");

        decider.publish(3, "deployment: blue_green\n" + rules(3), null);
        decider.report("one");
        assertThat(decider.deployment().state().word()).isEqualTo("Active");
    }

    @Test
    void anUnknownTemplateFailsTheVersionWithTheNamesThereAre() {
        decider.settings(CAREFUL);
        active(1);
        decider.publish(2, "deployment: carefull\n" + rules(2), null);
        decider.report("one");

        assertThat(decider.deployment().state())
                .isInstanceOfSatisfying(
                        DeploymentState.Failed.class,
                        failed -> assertThat(failed.reason()).contains("carefull", "did you mean `careful`"));
        assertThat(decider.installation().active().byName().get("flights").version())
                .isEqualTo(1);
        AuditEvent again = decider.command(new dev.sluice.deployment.Command.Activate(2L));
        assertThat(again.getCode()).isEqualTo("bad-deployment");

        decider.settings(CAREFUL.replace("careful", "carefull"));
        assertThat(decider.command(new dev.sluice.deployment.Command.Activate(2L))
                        .getCode())
                .isEqualTo(Commands.ACCEPTED);
    }

    @Test
    void whoTakesOverKnowsTheSettings() {
        decider.settings(SPLITS);
        DeciderStore taken = new DeciderStore(decider.store());

        assertThat(taken.settings()).isEqualTo(decider.installation().image().settings());
        assertThat(taken.settingsRevision()).isEqualTo(1);
        assertThat(taken.inForce(SettingsInForce.DEFAULT).splits()).isEqualTo(2);
        decider.settings(null);
        assertThat(new DeciderStore(decider.store()).settings()).isEmpty();
        assertThat(new DeciderStore(decider.store()).settingsRevision()).isEqualTo(1);
    }

    @Test
    void aDeciderThatLostItsStoreTakesTheSettingsFromTheTopic() {
        decider.settings(SPLITS);
        try (DeciderUnderTest next = new DeciderUnderTest(TYPES, decider.installations())) {
            next.pass(Duration.ofMillis(200), "one");

            assertThat(new DeciderStore(next.store()).settings())
                    .isEqualTo(decider.installation().image().settings());
            assertThat(next.settings("limits: { splits: 4 }\n").getState()).isEqualTo("revision 2");
        }
    }

    @Test
    void settingsThatCannotBeReadLeaveTheLastOnesInForceAndAreShown() {
        decider.settings(SPLITS);
        byte[] key = ControlKey.OfSettings.TEXT.getBytes(StandardCharsets.UTF_8);
        byte[] ofAnotherBuild = SingleObject.encode(
                new dev.sluice.schema.Settings("later: 1\n", 7L, "ann", "", DeciderUnderTest.START));
        decider.installations().apply(key, ofAnotherBuild);

        assertThat(decider.installation().settingsRevision()).isEqualTo(1);
        assertThat(decider.installation().settings().limits().splits()).hasValue(2);
        assertThat(StatusReport.unreadable(decider.installation()))
                .singleElement()
                .satisfies(record -> {
                    assertThat(record.getKey()).isEqualTo("settings");
                    assertThat(record.getReason()).contains("revision 7", "later");
                });
        decider.settings("limits: { splits: 4 }\n");
        assertThat(StatusReport.unreadable(decider.installation())).isEmpty();
    }

    @Test
    void aRevisionIsInForceWhenEveryThreadHasReadIt() {
        Installation before = decider.installation();
        decider.settings(SPLITS);
        Installation now = decider.installation();

        assertThat(StatusReport.settingsRevision(now, List.of(now, before))).isZero();
        assertThat(StatusReport.settingsRevision(now, List.of(now, now))).isEqualTo(1);
        assertThat(StatusReport.settingsRevision(now, List.of())).isEqualTo(1);
    }

    private void active(long version) {
        decider.publish(version, rules((int) version), null);
        decider.report("one");
        decider.report("one");
    }

    private static String rules(int threshold) {
        return "ruleset: flights\nrules:\n  - id: r\n    from: Flight\n    when: delay > " + threshold
                + "\n    emit: { type: Late, fields: { d: delay } }\n";
    }
}
