package dev.sluice.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.evaluation.PoolFigures;
import dev.sluice.evaluation.RuleIndexes;
import dev.sluice.evaluation.TimedRule;
import dev.sluice.rule.EventTypes;
import dev.sluice.rule.RulesetDefinition;
import dev.sluice.rule.compile.RuleCompiler;
import dev.sluice.ruleset.ActiveRulesets;
import dev.sluice.ruleset.Ruleset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TimersTest {
    private final Timers timers = new Timers("me", nowMs -> PoolFigures.NONE);

    private static List<TimedRule> rules(String... every) {
        StringBuilder source = new StringBuilder("ruleset: timed\nrules:\n");
        for (int i = 0; i < every.length; i++) {
            source.append("""
                      - id: t%d
                        every: %s
                        emit: { type: T, fields: { at: tick } }
                    """.formatted(i, every[i]));
        }
        RulesetDefinition definition = new RuleCompiler(new EventTypes(Map.of(), Set.of()))
                .compile(source.toString())
                .definition()
                .orElseThrow();
        Ruleset ruleset = new Ruleset(definition, 1, "digest");
        return RuleIndexes.of(new ActiveRulesets(Map.of("timed", ruleset))).timers();
    }

    @Test
    void aTickIsClaimedOnce() {
        List<TimedRule> rules = rules("5s");
        timers.use(rules, 12_345);

        assertThat(timers.claim(rules.get(0), 14_999)).isEmpty();
        assertThat(timers.claim(rules.get(0), 15_000)).hasValue(15_000);
        assertThat(timers.claim(rules.get(0), 15_000)).isEmpty();
        assertThat(timers.claim(rules.get(0), 19_999)).isEmpty();
        assertThat(timers.claim(rules.get(0), 20_020)).hasValue(20_000);
    }

    @Test
    void theTickOfTheBeginningIsNotDone() {
        List<TimedRule> rules = rules("5s");
        timers.use(rules, 15_000);

        assertThat(timers.claim(rules.get(0), 15_001)).isEmpty();
        assertThat(timers.claim(rules.get(0), 20_000)).hasValue(20_000);
    }

    @Test
    void ofSeveralThatAreDueOnlyTheNewestIsDone() {
        List<TimedRule> rules = rules("5s");
        timers.use(rules, 0);

        assertThat(timers.claim(rules.get(0), 17_000)).hasValue(15_000);
        assertThat(timers.claim(rules.get(0), 17_050)).isEmpty();
    }

    @Test
    void oneThatNobodyCameToSeeForLongIsMissed() {
        List<TimedRule> rules = rules("1h");
        timers.use(rules, 0);

        assertThat(timers.claim(rules.get(0), 3_600_000 + Timers.LATE_MAX_MS)).hasValue(3_600_000);
        assertThat(timers.claim(rules.get(0), 7_200_001 + Timers.LATE_MAX_MS)).isEmpty();
        assertThat(timers.claim(rules.get(0), 10_800_000)).hasValue(10_800_000);
    }

    @Test
    void anotherPaceBeginsWithTheNextTickOfItsOwn() {
        List<TimedRule> slow = rules("10s");
        List<TimedRule> fast = rules("3s");
        timers.use(slow, 0);
        assertThat(timers.claim(slow.get(0), 10_000)).hasValue(10_000);
        timers.use(fast, 13_000);

        assertThat(timers.claim(fast.get(0), 13_000)).isEmpty();
        assertThat(timers.claim(fast.get(0), 15_000)).hasValue(15_000);
        timers.use(slow, 16_000);
        assertThat(timers.claim(slow.get(0), 16_000)).isEmpty();
        assertThat(timers.claim(slow.get(0), 20_000)).hasValue(20_000);
    }

    @Test
    void anotherVersionWithTheSamePaceGoesOn() {
        List<TimedRule> before = rules("5s");
        timers.use(before, 0);
        assertThat(timers.claim(before.get(0), 5_000)).hasValue(5_000);
        List<TimedRule> after = rules("5s", "1s");
        timers.use(after, 9_990);

        assertThat(timers.claim(after.get(0), 9_995)).isEmpty();
        assertThat(timers.claim(before.get(0), 10_000)).hasValue(10_000);
        assertThat(timers.claim(after.get(0), 10_000)).isEmpty();
    }

    @Test
    void oneThatWasAwayBeginsAnew() {
        List<TimedRule> rules = rules("5s");
        timers.use(rules, 0);
        timers.use(List.of(), 4_000);
        timers.use(rules, 6_000);

        assertThat(timers.claim(rules.get(0), 6_000)).isEmpty();
        assertThat(timers.claim(rules.get(0), 10_000)).hasValue(10_000);
    }

    @Test
    void ofManyThreadsOneHasIt() throws Exception {
        List<TimedRule> rules = rules("1s");
        timers.use(rules, 0);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (long tick = 1_000; tick <= 200_000; tick += 1_000) {
                long nowMs = tick;
                Callable<Long> claim = () -> timers.claim(rules.get(0), nowMs).orElse(0);
                long claimed = 0;
                for (Future<Long> each : threads.invokeAll(
                        IntStream.range(0, 8).mapToObj(i -> claim).toList())) {
                    claimed += each.get();
                }
                assertThat(claimed).isEqualTo(tick);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
