package dev.sluice.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deployment.KeySplit;
import dev.sluice.evaluation.Arms;
import dev.sluice.evaluation.Arms.Rollout;
import dev.sluice.evaluation.Evaluation;
import dev.sluice.evaluation.Match;
import dev.sluice.evaluation.RuleFailure;
import dev.sluice.evaluation.RuleIndexes;
import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.Emit;
import dev.sluice.rule.Event;
import dev.sluice.rule.EventType;
import dev.sluice.rule.Expression;
import dev.sluice.rule.Mode;
import dev.sluice.rule.RulesetDefinition;
import dev.sluice.rule.ValueType;
import dev.sluice.ruleset.ActiveRulesets;
import dev.sluice.ruleset.Ruleset;
import dev.sluice.schema.VersionFigures;
import dev.sluice.settings.SettingsInForce;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TallyTest {
    private static final long MINUTE_NS = Duration.ofMinutes(1).toNanos();

    private static final SettingsInForce BY_DEFAULT = SettingsInForce.DEFAULT;
    private static final int ONE_IN = BY_DEFAULT.pace().timedEvaluations();
    /** With a budget of a microsecond. */
    private static final SettingsInForce OWN = new SettingsInForce(
            1, BY_DEFAULT.versionsKept(), BY_DEFAULT.splits(), BY_DEFAULT.budget(), BY_DEFAULT.pace());

    private long nowNs = 1;
    private final Workers workers = new Workers(() -> {}, OWN, () -> nowNs);
    private final Tally tally = workers.tally("one");

    private static CompiledRule rule(String id) {
        Emit emit = new Emit(new EventType("Out", List.of()), List.of(), null);
        return new CompiledRule(id, "Ping", 0, null, emit, Map.of());
    }

    private static Ruleset version(long number, CompiledRule... rules) {
        return new Ruleset(new RulesetDefinition("pings", "", Mode.ALL, Arrays.asList(rules)), number, "digest");
    }

    private static Arms arms(Ruleset stable) {
        return Arms.NONE.changed(new ActiveRulesets(Map.of("pings", stable)), List.of(), List.of());
    }

    private static Arms arms(Ruleset stable, Ruleset candidate, int weight) {
        return arms(stable)
                .changed(
                        new ActiveRulesets(Map.of("pings", stable)),
                        List.of(),
                        List.of(new Rollout(stable, candidate, new KeySplit("pings/2/1"), weight)));
    }

    private static void evaluate(Tally by, RuleIndexes indexes) {
        by.end(by.begin(indexes));
    }

    private void evaluateFor(long ns, RuleIndexes indexes) {
        long begun = tally.begin(indexes);
        nowNs += ns;
        tally.end(begun);
    }

    /** Time passes whenever it is tested. */
    private final class Slow implements Expression {
        private final long takesNs;

        Slow(long takesNs) {
            this.takesNs = takesNs;
        }

        @Override
        public ValueType type() {
            return ValueType.Scalar.BOOL;
        }

        @Override
        public String source() {
            return "takes " + takesNs;
        }

        @Override
        public Set<String> fields() {
            return Set.of();
        }

        @Override
        public Object evaluate(Event event) {
            nowNs += takesNs;
            return true;
        }
    }

    private CompiledRule taking(String id, long ns) {
        Emit emit = new Emit(new EventType("Out", List.of()), List.of(), null);
        return new CompiledRule(id, "Ping", 0, new Slow(ns), emit, Map.of());
    }

    private record Ping() implements Event {
        private static final EventType TYPE = new EventType("Ping", List.of());

        @Override
        public EventType type() {
            return TYPE;
        }

        @Override
        public Object value(int position) {
            throw new IllegalStateException("it has no fields");
        }
    }

    private List<String> timeouts() {
        return figures(1).getRules().stream()
                .map(rule -> rule.getRule() + " " + rule.getTimeouts())
                .toList();
    }

    @Test
    void blamesTheRulesThatAreSlowAloneAndOncePerTenthOfASecond() {
        Arms arms = arms(version(1, taking("quick", 10), taking("slow", 1_500), taking("slower", 5_000)))
                .watched();
        tally.use(arms);
        for (int i = 0; i < 3; i++) {
            evaluateFor(6_510, arms.stable());
            tally.blame(arms, arms.stable(), new Ping());
        }
        assertThat(timeouts()).containsExactlyInAnyOrder("slow 1", "slower 1");
        assertThat(figures(1).getTimeouts()).isEqualTo(3);

        nowNs += Tally.LOOK_EVERY_NS;
        evaluateFor(6_510, arms.stable());
        tally.blame(arms, arms.stable(), new Ping());
        assertThat(timeouts()).containsExactlyInAnyOrder("slow 2", "slower 2");
    }

    @Test
    void aPauseOfTheProcessIsNoRulesFault() {
        CompiledRule rule = taking("quick", 10);
        Ruleset ruleset = version(1, rule);
        Arms arms = arms(ruleset).watched();
        tally.use(arms);
        evaluateFor(5_000_000, arms.stable());
        tally.blame(arms, arms.stable(), new Ping());
        tally.sent(new Evaluation(List.of(new Match(ruleset, rule, "quick", List.of())), List.of()), List.of());

        assertThat(figures(1).getTimeouts()).isEqualTo(1);
        assertThat(timeouts()).containsExactly("quick 0");
    }

    @Test
    void anEvaluationWithinTheBudgetIsNotLookedAtAgain() {
        Arms arms = arms(version(1, taking("slow", 5_000))).watched();
        tally.use(arms);
        evaluateFor(1_000, arms.stable());
        tally.blame(arms, arms.stable(), new Ping());

        assertThat(figures(1).getRules()).isEmpty();
    }

    private VersionFigures figures(long version) {
        return workers.versionFigures().get("pings").stream()
                .filter(each -> each.getVersion() == version)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anotherTimingIsInForceFromTheNextEvaluationOn() {
        Arms arms = arms(version(1));
        tally.use(arms);
        tally.use(new Tally.Timing(10_000, 2));
        for (int i = 0; i < 10; i++) {
            evaluateFor(5_000, arms.stable());
        }
        assertThat(figures(1).getMeasured()).isEqualTo(5);
        assertThat(figures(1).getTimeouts()).isZero();

        tally.use(new Tally.Timing(1_000, 1));
        evaluateFor(5_000, arms.stable());
        assertThat(figures(1).getMeasured()).isEqualTo(6);
        assertThat(figures(1).getTimeouts()).isEqualTo(1);
    }

    @Test
    void takesTheTimeOfOneEvaluationInManyWhileNothingIsWatched() {
        Arms arms = arms(version(1));
        tally.use(arms);
        for (int i = 0; i < 10 * ONE_IN; i++) {
            evaluate(tally, arms.stable());
        }
        assertThat(figures(1).getEvaluations()).isEqualTo(10L * ONE_IN);
        assertThat(figures(1).getMeasured()).isEqualTo(10);
    }

    @Test
    void takesEachTimeWhileAVersionIsWatched() {
        Arms arms = arms(version(1)).watched();
        tally.use(arms);
        evaluateFor(100, arms.stable());
        evaluateFor(2_000, arms.stable());

        assertThat(figures(1).getMeasured()).isEqualTo(2);
        assertThat(figures(1).getNanos()).isEqualTo(2_100);
        assertThat(figures(1).getTimeouts()).isEqualTo(1);
        assertThat(figures(1).getLatencies().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(2);
    }

    @Test
    void countsWhatEachVersionDidWithItsOwnKeys() {
        CompiledRule good = rule("good");
        CompiledRule bad = rule("bad");
        Ruleset stable = version(1, good);
        Ruleset candidate = version(2, good, bad);
        Arms arms = arms(stable, candidate, 5_000);
        tally.use(arms);
        evaluateFor(100, arms.all().get(0));
        tally.sent(new Evaluation(List.of(new Match(stable, good, "good", List.of())), List.of()), List.of());
        evaluateFor(2_000, arms.all().get(1));
        List<RuleFailure> failures =
                List.of(new RuleFailure(candidate, bad, "bad", "no"), new RuleFailure(candidate, bad, "bad", "no"));
        tally.sent(new Evaluation(List.of(), failures), failures);

        assertThat(figures(1).getAlerts()).isEqualTo(1);
        assertThat(figures(1).getErrors()).isZero();
        assertThat(figures(1).getEvaluations()).isEqualTo(1);
        assertThat(figures(2).getAlerts()).isZero();
        assertThat(figures(2).getErrors()).isEqualTo(1);
        assertThat(figures(2).getTimeouts()).isEqualTo(1);
        assertThat(figures(2).getRules()).singleElement().satisfies(rule -> {
            assertThat(rule.getRule()).isEqualTo("bad");
            assertThat(rule.getErrors()).isEqualTo(2);
            assertThat(rule.getNanos()).isEqualTo(4_000);
        });
    }

    @Test
    void countsOnThroughStepsAndAddsUpThreads() {
        Ruleset stable = version(1);
        Ruleset candidate = version(2);
        Arms before = arms(stable, candidate, 100);
        Arms after = arms(stable, candidate, 5_000);
        Tally other = workers.tally("other");
        tally.use(before);
        other.use(before);
        evaluate(tally, before.all().get(1));
        evaluate(other, before.all().get(1));
        tally.use(after);
        evaluate(tally, after.all().get(1));
        evaluate(tally, after.all().get(0));

        assertThat(figures(2).getEvaluations()).isEqualTo(3);
        assertThat(figures(1).getEvaluations()).isEqualTo(1);
    }

    @Test
    void forgetsAVersionTenMinutesAfterItServedAndTellsAtMostFour() {
        tally.use(arms(version(1)));
        tally.use(arms(version(2)));
        nowNs += 9 * MINUTE_NS;
        assertThat(workers.versionFigures().get("pings"))
                .extracting(VersionFigures::getVersion)
                .containsExactly(2L, 1L);
        nowNs += 2 * MINUTE_NS;
        assertThat(workers.versionFigures().get("pings"))
                .extracting(VersionFigures::getVersion)
                .containsExactly(2L);
        for (int i = 3; i < 10; i++) {
            tally.use(arms(version(i)));
        }
        assertThat(workers.versionFigures().get("pings"))
                .extracting(VersionFigures::getVersion)
                .containsExactly(9L, 8L, 7L, 6L);
    }

    @Test
    void tellsOfTheVersionThatServesHoweverManyNewerOnesServedLately() {
        Arms first = arms(version(1));
        for (int i = 2; i < 8; i++) {
            tally.use(arms(version(i)));
        }
        tally.use(first);
        evaluate(tally, first.stable());

        assertThat(workers.versionFigures().get("pings"))
                .extracting(VersionFigures::getVersion)
                .containsExactly(7L, 6L, 5L, 1L);
        assertThat(figures(1).getEvaluations()).isEqualTo(1);
    }

    @Test
    void whatIsToldNoMoreBeginsAtZeroWhenItServesAgain() {
        Arms first = arms(version(1));
        tally.use(first);
        evaluate(tally, first.stable());
        for (int i = 2; i < 8; i++) {
            tally.use(arms(version(i)));
        }
        assertThat(workers.versionFigures().get("pings"))
                .extracting(VersionFigures::getVersion)
                .containsExactly(7L, 6L, 5L, 4L);
        tally.use(first);

        assertThat(figures(1).getEvaluations()).isZero();
    }
}
