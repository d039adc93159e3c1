package dev.sluice.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deployment.Deployment;
import dev.sluice.deployment.DeploymentSpec;
import dev.sluice.deployment.DeploymentState;
import dev.sluice.evaluation.Arms;
import dev.sluice.rule.EventType;
import dev.sluice.rule.EventTypes;
import dev.sluice.rule.Field;
import dev.sluice.rule.ValueType;
import dev.sluice.ruleset.Ruleset;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RulesetInstallerTest {
    private static final String BAD = "ruleset: flights\nrules: [ {id: broken} ]\n";

    private final Installations installations = new Installations(new EventTypes(
            Map.of("Flight", new EventType("Flight", List.of(new Field("delay", ValueType.Scalar.INT)))), Set.of()));

    @Test
    void aVersionWithoutADeploymentIsPreparedAndServesNothing() {
        installations.fold("flights", 1, rules(10));

        assertThat(flights().running()).isNull();
        assertThat(flights().prepared()).containsExactly(1L);
        assertThat(installations.current().read().isWhole()).isTrue();
    }

    @Test
    void aShareOfTheKeysIsTheCandidates() {
        publish(1, rules(10));
        installations.fold("flights", 2, rules(20));
        Installation half = installations.deploy("flights", 2, rolling(5000));

        Arms arms = half.arms();
        assertThat(running().version()).isEqualTo(1);
        assertThat(arms.rollouts()).hasSize(1);
        assertThat(arms.rollouts().get(0).candidate().version()).isEqualTo(2);
        assertThat(arms.rollouts().get(0).weight()).isEqualTo(5000);
        assertThat(arms.stable().rulesets().byName().get("flights").version()).isEqualTo(1);
        Installation more = installations.deploy("flights", 2, rolling(6000));
        assertThat(more.arms().rollouts().get(0).split())
                .as("a growing share takes no key away")
                .isSameAs(arms.rollouts().get(0).split());
    }

    @Test
    void allKeysGoBackWhenTheCandidateIsRolledBack() {
        publish(1, rules(10));
        Ruleset stable = running();
        installations.fold("flights", 2, rules(20));
        installations.deploy("flights", 2, rolling(5000));
        Installation back = installations.deploy("flights", 2, new DeploymentState.RollingBack(Instant.EPOCH, "bad"));

        assertThat(back.arms().rollouts()).isEmpty();
        assertThat(running()).isSameAs(stable);
    }

    @Test
    void aVersionThatServesAndDoesNotCompileHereIsMissingAndTheLastGoodOneStays() {
        publish(1, rules(10));
        Ruleset good = running();
        installations.fold("flights", 2, BAD);
        Installation broken = installations.deploy("flights", 2, new DeploymentState.Active(Instant.EPOCH, null));

        assertThat(broken.isWhole()).isFalse();
        assertThat(broken.missing()).contains("version 2 of flights serves, and does not compile here");
        assertThat(running()).isSameAs(good);
        installations.fold("flights", 3, rules(30));
        Installation whole = installations.deploy("flights", 3, new DeploymentState.Active(Instant.EPOCH, null));
        assertThat(whole.isWhole()).isTrue();
        assertThat(running().version()).isEqualTo(3);
    }

    @Test
    void aServingVersionThatIsDeletedServesOnUntilTheDeciderSaysWhatFollows() {
        publish(1, rules(10));
        publish(2, rules(20));
        Installation without = installations.delete("flights", 2);

        assertThat(without.isWhole()).isTrue();
        assertThat(running().version()).isEqualTo(2);
    }

    @Test
    void theWindowsOfAStagedVersionAreFed() {
        publish(1, counting("1h"));
        installations.fold("flights", 2, counting("2h"));
        Installation staged =
                installations.deploy("flights", 2, new DeploymentState.Staged(Instant.EPOCH, null, "waits"));

        assertThat(running().version()).isEqualTo(1);
        assertThat(staged.indexes().fed()).extracting(Ruleset::version).containsExactly(2L);
        assertThat(staged.fedUntil()).isEmpty();
    }

    @Test
    void theWindowsOfTheVersionBeforeAreFedAlsoWhenTheNextOneFails() {
        publish(1, counting("1h"));
        publish(2, counting("2h"));
        assertThat(installations.current().read().indexes().fed())
                .extracting(Ruleset::version)
                .containsExactly(1L);
        installations.fold("flights", 3, counting("3h"));
        Installation failed = installations.deploy("flights", 3, new DeploymentState.Failed(Instant.EPOCH, "refused"));

        assertThat(running().version()).isEqualTo(2);
        assertThat(failed.indexes().fed()).extracting(Ruleset::version).containsExactly(1L);
    }

    @Test
    void theVersionToGoBackToStaysPrepared() {
        publish(1, rules(10));
        publish(2, rules(20));

        assertThat(flights().prepared()).containsExactly(1L, 2L);
    }

    @Test
    void installsTheVersionThatIsActive() {
        publish(1, rules(10));
        publish(2, rules(20));

        assertThat(running().version()).isEqualTo(2);
        assertThat(flights().report()).isNotNull();
        assertThat(flights().report().difference().updated()).hasSize(1);
    }

    @Test
    void keepsTheLastGoodVersionWhenTheNextDoesNotCompile() {
        publish(1, rules(10));
        Ruleset good = running();
        publish(2, BAD);

        assertThat(running()).isSameAs(good);
        assertThat(flights().refused()).hasSize(1);
        assertThat(flights().refused().get(0).version()).isEqualTo(2);
        assertThat(flights().refused().get(0).problems()).isNotEmpty();
    }

    @Test
    void forgetsOldRefusalsWhenAGoodVersionComes() {
        publish(1, rules(10));
        publish(2, BAD);
        publish(3, rules(30));

        assertThat(running().version()).isEqualTo(3);
        assertThat(flights().refused()).isEmpty();
    }

    @Test
    void installsNothingWhileNoVersionCompiles() {
        publish(1, BAD);

        assertThat(flights().running()).isNull();
        assertThat(flights().refused()).hasSize(1);
        assertThat(installations.current().read().active().byName()).isEmpty();
    }

    @Test
    void refusesAFileOfAnotherRuleset() {
        installations.publish("other", 1, rules(10));

        assertThat(installations.current().read().rulesets().get("other").refused())
                .flatExtracting(RulesetImage.Refusal::problems)
                .extracting(problem -> problem.code())
                .containsExactly("name-mismatch");
    }

    @Test
    void removesAllRulesWithAnEmptyVersion() {
        publish(1, rules(10));
        publish(2, "ruleset: flights\nrules: []\n");

        assertThat(running().version()).isEqualTo(2);
        assertThat(running().rules()).isEmpty();
        assertThat(flights().report().difference().removed()).hasSize(1);
    }

    @Test
    void aVersionIsTakenBackWhileAnotherIsCompiled() {
        publish(1, rules(10));
        publish(2, rules(20));
        RulesetInstaller.Pass pass =
                installations.foldAlone("other", 1, rules(30).replace("flights", "other"));

        assertThat(pass.wanted()).hasSize(1);
        assertThat(installations.current().read().rulesets().get("other").prepared())
                .isEmpty();
        RulesetInstaller.Pass back = installations.applyAlone(new ControlRecord.DeploymentChanged(
                deployment(2, new DeploymentState.RollingBack(Instant.EPOCH, "bad"))));
        assertThat(running().version()).isEqualTo(1);
        assertThat(back.wanted()).isEqualTo(pass.wanted());
        installations.compile(back.wanted().get(0));
        assertThat(installations.current().read().rulesets().get("other").prepared())
                .containsExactly(1L);
    }

    @Test
    void aVersionThatServesAndIsBeingCompiledLeavesWhatServedInPlace() {
        publish(1, rules(10));
        Deployment one = installations.current().read().image().deployments().get("flights");
        RulesetInstaller.Pass pass = installations.foldAlone("flights", 2, rules(20));
        installations.applyAlone(
                new ControlRecord.DeploymentChanged(deployment(2, new DeploymentState.Active(Instant.EPOCH, null))));

        assertThat(running().version()).isEqualTo(1);
        assertThat(flights().serving().deployment()).isEqualTo(one);
        assertThat(installations.current().read().isWhole()).isTrue();
        installations.compile(pass.wanted().get(0));
        assertThat(running().version()).isEqualTo(2);
    }

    @Test
    void theVersionBeforeTheNewestIsWantedOnceThatIsKnownToBeRefused() {
        publish(1, rules(10));
        RulesetInstaller.Pass first = installations.foldAlone("flights", 2, rules(20));
        RulesetInstaller.Pass second = installations.foldAlone("flights", 3, BAD);

        assertThat(second.wanted()).doesNotContainAnyElementsOf(first.wanted());
        installations.compile(second.wanted().get(0));
        assertThat(flights().refused())
                .extracting(RulesetImage.Refusal::version)
                .containsExactly(3L);
        assertThat(flights().prepared()).containsExactly(1L);
        installations.compile(first.wanted().get(0));
        assertThat(flights().prepared()).containsExactly(1L, 2L);
    }

    @Test
    void aReportTellsMoreOnceAVersionIsPreparedAndThreadsServeOthersOnceItIsDeployed() {
        Installation before = publish(1, rules(10));
        RulesetInstaller.Pass pass = installations.foldAlone("flights", 2, rules(20));
        Installation arrived = installations.current().read();
        installations.compile(pass.wanted().get(0));
        Installation prepared = installations.current().read();
        Installation deployed = installations.deploy("flights", 2, rolling(5000));

        assertThat(arrived.tellsLike(before)).isTrue();
        assertThat(prepared.tellsLike(before)).isFalse();
        assertThat(prepared.servesLike(before)).isTrue();
        assertThat(deployed.servesLike(prepared)).isFalse();
        assertThat(deployed.tellsLike(prepared)).isFalse();
    }

    private static Deployment deployment(long version, DeploymentState state) {
        return new Deployment(
                "flights",
                version,
                version,
                DeploymentSpec.DEFAULT,
                state,
                List.of(version - 1),
                version,
                false,
                new Deployment.Origin("test", ""));
    }

    private Installation publish(long version, String source) {
        return installations.publish("flights", version, source);
    }

    private Installation.OfRuleset flights() {
        return installations.current().read().rulesets().get("flights");
    }

    private Ruleset running() {
        return flights().running();
    }

    private static String counting(String window) {
        return "ruleset: flights\nrules:\n  - id: r\n    from: Flight\n    partitionBy: delay\n    window: { tumbling: "
                + window + " }\n    aggregate: { n: count() }\n    having: n > 2\n"
                + "    emit: { type: Many, fields: { n: n } }\n";
    }

    private static DeploymentState rolling(int weight) {
        return new DeploymentState.RollingOut(Instant.EPOCH, 0, weight, false);
    }

    private static String rules(int threshold) {
        return "ruleset: flights\nrules:\n  - id: r\n    from: Flight\n    when: delay > " + threshold
                + "\n    emit: { type: Late, fields: { d: delay } }\n";
    }
}
