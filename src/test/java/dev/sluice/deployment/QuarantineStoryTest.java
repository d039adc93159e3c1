package dev.sluice.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deployment.Answer.Refusal;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of rules that fail. Two instances evaluate ten events a second each. */
final class QuarantineStoryTest {
    private static final DeploymentSpec TAKEN_BACK = DeploymentSpec.DEFAULT;
    private static final DeploymentSpec PAUSED = new DeploymentSpec(
            new Strategy.BlueGreen(),
            Activation.ALL,
            Duration.ofSeconds(30),
            Duration.ZERO,
            Duration.ofMinutes(5),
            HealthPolicy.DEVELOPMENT);

    private final RuleWorld world = new RuleWorld(RuleBudget.DEFAULT);

    @BeforeEach
    void twoInstances() {
        world.instances.add(RuleInstance.even("a"));
        world.instances.add(RuleInstance.even("b"));
        world.version(1, "late: bad", "good: good");
        world.failing.put("late: bad", 0.5);
    }

    /** The rule late is apart from the first seconds on. */
    private void setApart() {
        world.active(1);
        world.pass(10);
        assertThat(world.state("late")).isEqualTo("Apart");
        world.told.clear();
    }

    @Test
    void aRuleThatFailsTooOftenIsSetApartAloneAndOnce() {
        world.active(1);
        world.pass(120);

        assertThat(world.told)
                .containsExactly("3s late of version 1: Apart (sluice: within 1m it failed 20 times in 40 evaluations,"
                        + " more than 5.00 %)");
        assertThat(world.instances)
                .allSatisfy(each -> assertThat(each.apart(world)).isEqualTo(Set.of("late: bad")));
    }

    @Test
    void aRuleThatHoldsEventsUpIsSetApart() {
        world.failing.clear();
        world.slow.put("late: bad", 0.1);
        world.active(1);
        world.pass(30);

        assertThat(world.told)
                .containsExactly("11s late of version 1: Apart (sluice: within 1m it held up 20 evaluations longer than"
                        + " their time budget; 20 are too many)");
    }

    @Test
    void aRuleThatFailsSeldomIsNot() {
        world.failing.put("late: bad", 0.05);
        world.active(1);
        world.pass(3_600);

        assertThat(world.told).isEmpty();
    }

    @Test
    void fewFailuresAreNotJudgedHoweverManyOfTheEventsTheyAre() {
        world.failing.put("late: bad", 1.0);
        world.events = 1;
        world.active(1);
        world.pass(9);
        world.events = 0;
        world.pass(60);
        world.events = 1;
        world.pass(9);

        assertThat(world.told).as("never 20 within a minute").isEmpty();
    }

    @Test
    void aReleasedRuleThatFailsNoMoreIsAsAnyOtherAfterItsTrial() {
        setApart();
        world.failing.clear();
        assertThat(world.release("late")).isInstanceOf(Answer.Released.class);
        world.pass(59);
        assertThat(world.state("late")).isEqualTo("Trial");
        world.pass(1);

        assertThat(world.told)
                .containsExactly(
                        "10s late of version 1: Apart -> Trial (anna: released by anna)",
                        "70s late of version 1: Trial -> Released (sluice: its trial is over: it failed 0 times in 1200"
                                + " evaluations)");
        world.pass(600);
        assertThat(world.told).hasSize(2);
    }

    @Test
    void aReleasedRuleThatFailsGoesBackAfterAQuarterOfTheFailures() {
        setApart();
        world.release("late");
        world.pass(10);

        assertThat(world.told)
                .containsExactly(
                        "10s late of version 1: Apart -> Trial (anna: released by anna)",
                        "11s late of version 1: Trial -> Apart (sluice: on trial it failed 10 times in 20 evaluations,"
                                + " more than 5.00 %)");
    }

    @Test
    void aTrialWithoutEventsWaitsForThem() {
        setApart();
        world.release("late");
        world.events = 0;
        world.pass(600);
        assertThat(world.state("late")).isEqualTo("Trial");
        world.failing.clear();
        world.events = 10;
        world.pass(5);

        assertThat(world.state("late")).as("after 100 evaluations").isEmpty();
    }

    @Test
    void whatARuleFailedBeforeItsReleaseIsNotHeldAgainstIt() {
        RuleWorld quick = new RuleWorld(new RuleBudget(0.05, 20, 20, Duration.ofMinutes(1), Duration.ofSeconds(6)));
        quick.instances.add(RuleInstance.even("a"));
        quick.version(1, "late: bad");
        quick.failing.put("late: bad", 1.0);
        quick.active(1);
        quick.pass(3);
        quick.release("late");
        quick.failing.clear();
        quick.pass(12);

        assertThat(quick.told).last().asString().contains("Trial -> Released");
        quick.pass(30);
        assertThat(quick.told).last().asString().contains("Trial -> Released");
    }

    @Test
    void aFixThatIsPublishedIsEvaluatedAndTheOldRuleIsLetGoWhenNoVersionHasIt() {
        setApart();
        world.version(2, "late: fixed", "good: good");
        world.version(3, "late: fixed");
        world.active(2, 1L);
        world.pass(60);
        assertThat(world.instances.get(0).apart(world)).doesNotContain("late: fixed");
        assertThat(world.state("late")).as("version 1 may be gone back to").isEqualTo("Apart");
        world.active(3, 1L, 2L);
        world.pass(60);

        assertThat(world.told)
                .containsExactly(
                        "71s late of version 1: Apart -> Released (sluice: no version has this rule any more)");
    }

    @Test
    void aFixThatFailsTooTakesTheQuarantineOfTheOldRule() {
        setApart();
        world.version(2, "late: worse");
        world.failing.put("late: worse", 1.0);
        world.active(2, 1L);
        world.pass(10);

        assertThat(world.quarantines().get("late").digest()).isEqualTo("late: worse");
        assertThat(world.quarantines().get("late").version()).isEqualTo(2);
    }

    @Test
    void theSameRuleInANewerVersionStaysApart() {
        setApart();
        world.version(2, "late: bad", "good: better");
        world.version(3, "late: bad");
        world.baking(2, TAKEN_BACK, 1L);
        world.pass(60);
        world.active(3, 1L, 2L);
        world.pass(60);

        assertThat(world.told).isEmpty();
        assertThat(world.instances.get(1).apart(world)).containsExactly("late: bad");
    }

    @Test
    void whoTakesOverGoesOnWithATrial() {
        setApart();
        world.release("late");
        world.failing.put("late: bad", 0.0);
        world.pass(30);
        world.takeOver();
        world.pass(29);
        assertThat(world.state("late")).isEqualTo("Trial");
        world.pass(1);
        assertThat(world.state("late")).isEmpty();
    }

    @Test
    void whoTakesOverEndsATrialThatFails() {
        setApart();
        world.release("late");
        world.takeOver();
        world.pass(2);

        assertThat(world.told).last().asString().contains("Trial -> Apart (sluice: on trial it failed");
    }

    @Test
    void theFirstVersionIsJudgedAtOnceThoughItIsWatched() {
        world.baking(1, TAKEN_BACK);
        world.pass(5);

        assertThat(world.state("late")).isEqualTo("Apart");
    }

    @Test
    void aCandidateThatIsTakenBackForItsHealthKeepsItsRules() {
        world.version(2, "late: worse");
        world.failing.put("late: bad", 0.0);
        world.failing.put("late: worse", 1.0);
        world.splits(2, TAKEN_BACK, 1L);
        world.pass(60);
        world.baking(2, TAKEN_BACK, 1L);
        world.pass(60);
        assertThat(world.told).isEmpty();
        world.active(2, 1L);
        world.pass(1);

        assertThat(world.state("late")).isEqualTo("Apart");
    }

    @Test
    void aCandidateThatNobodyTakesBackHasItsRulesSetApart() {
        world.version(2, "late: worse");
        world.failing.put("late: bad", 0.0);
        world.failing.put("late: worse", 1.0);
        world.splits(2, PAUSED, 1L);
        world.pass(10);

        assertThat(world.quarantines().get("late").digest()).isEqualTo("late: worse");
    }

    @Test
    void theStableVersionIsJudgedBesideACandidate() {
        world.version(2, "late: fixed");
        world.splits(2, TAKEN_BACK, 1L);
        world.pass(20);

        assertThat(world.quarantines().get("late").digest()).isEqualTo("late: bad");
    }

    @Test
    void aCandidatesRuleDoesNotTakeTheQuarantineOfOneThatServes() {
        setApart();
        world.version(2, "late: worse");
        world.failing.put("late: worse", 1.0);
        world.splits(2, PAUSED, 1L);
        world.pass(60);

        assertThat(world.quarantines().get("late").digest()).isEqualTo("late: bad");
    }

    @Test
    void aTrialOfARuleThatNoVersionServesEnds() {
        setApart();
        world.release("late");
        world.version(2, "late: fixed");
        world.active(2, 1L);
        world.pass(61);

        assertThat(world.told).last().asString().contains("Trial -> Released (sluice: its trial is over: no version");
    }

    @Test
    void aQuarantineStaysWhileItIsNotKnownWhatAVersionSays() {
        setApart();
        world.version(2, "late: fixed");
        world.active(2);
        world.unknown.add(2L);
        world.pass(10);
        assertThat(world.state("late")).isEqualTo("Apart");
        world.unknown.clear();
        world.pass(1);

        assertThat(world.state("late")).isEmpty();
    }

    @Test
    void aTrialGoesOnWhileItIsNotKnownWhatAVersionSays() {
        setApart();
        world.release("late");
        world.failing.clear();
        world.unknown.add(1L);
        world.pass(120);
        assertThat(world.state("late")).isEqualTo("Trial");
        world.unknown.clear();
        world.pass(1);

        assertThat(world.state("late")).isEmpty();
    }

    @Test
    void theQuarantinesOfARulesetThatIsGoneAreGone() {
        setApart();
        world.deployment = null;
        world.pass(1);

        assertThat(world.quarantines()).isEmpty();
    }

    @Test
    void aReleaseOfARuleThatIsNotApartIsRefused() {
        assertThat(world.release("late"))
                .isEqualTo(Refusal.RULE_NOT_IN_QUARANTINE.with("rule 'late' of payments is not; none of its rules is"));
        setApart();
        assertThat(world.release("good"))
                .isEqualTo(Refusal.RULE_NOT_IN_QUARANTINE.with("rule 'good' of payments is not; those that are: late"));
        world.release("late");
        assertThat(world.release("late"))
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(Refusal.ALREADY_ON_TRIAL));
    }

    @Test
    void anInstanceThatStartsAnewFollowsTheTopicAndInventsNothing() {
        setApart();
        world.instances.get(0).restart();
        world.pass(60);

        assertThat(world.told).isEmpty();
        assertThat(world.instances.get(0).apart(world)).containsExactly("late: bad");
    }
}
