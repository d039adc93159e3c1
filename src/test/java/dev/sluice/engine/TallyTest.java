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
import dev.sluice.rule.EventType;
import dev.sluice.rule.Mode;
import dev.sluice.rule.RulesetDefinition;
import dev.sluice.ruleset.ActiveRulesets;
import dev.sluice.ruleset.Ruleset;
import dev.sluice.schema.VersionFigures;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TallyTest {
    private static final long MINUTE_NS = Duration.ofMinutes(1).toNanos();

    private long nowNs = 1;
    private final Workers workers = new Workers(() -> {}, Duration.ofNanos(1_000), () -> nowNs);
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

    private VersionFigures figures(long version) {
        return workers.versionFigures().get("pings").stream()
                .filter(each -> each.getVersion() == version)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void takesTheTimeOfOneEvaluationInManyWhileNothingIsWatched() {
        Arms arms = arms(version(1));
        tally.use(arms);
        for (int i = 0; i < 10 * Tally.SAMPLED; i++) {
            evaluate(tally, arms.stable());
        }
        assertThat(figures(1).getEvaluations()).isEqualTo(10 * Tally.SAMPLED);
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
}
