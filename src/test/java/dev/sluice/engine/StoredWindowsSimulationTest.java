package dev.sluice.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.Windowing.Trigger;
import dev.sluice.ruleset.Ruleset;
import dev.sluice.window.WindowSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;

/**
 * Random events, rules, commits, restarts and crashes over a store that keeps few keys at hand: counts equal those of a model
 * that keeps all events, and each window that ends is shown once.
 */
class StoredWindowsSimulationTest {
    private static final int STEPS = 3_000;
    private static final int KEYS = 12;
    private static final long TUMBLING_MS = 1_000;
    private static final Ruleset COUNTS = WindowedRules.ruleset("r", count("c"), count("d"));
    private static final Ruleset TUMBLING = WindowedRules.ruleset(
            "r", WindowedRules.rule("t", new WindowSpec.Tumbling(TUMBLING_MS), new Trigger.Close(0)));

    private static CompiledRule count(String id) {
        return WindowedRules.rule(id, new WindowSpec.Count(1_000_000), new Trigger.Each(0));
    }

    @RepeatedTest(5)
    void countsAreThoseOfAModelWhateverIsWrittenAndReadBetween() {
        long seed = System.nanoTime();
        System.out.println("StoredWindowsSimulationTest seed " + seed);
        Random random = new Random(seed);
        TaskUnderTest task = new TaskUnderTest(1 + random.nextInt(KEYS));
        task.use(COUNTS);
        Map<String, Long> counts = new HashMap<>();
        Map<String, Long> committed = new HashMap<>();
        for (int step = 0; step < STEPS; step++) {
            switch (random.nextInt(40)) {
                case 0 -> {
                    task.restart();
                    committed = new HashMap<>(counts);
                }
                case 1 -> {
                    task.crash();
                    counts = new HashMap<>(committed);
                }
                case 2, 3 -> {
                    task.commit();
                    committed = new HashMap<>(counts);
                }
                case 4 -> task.pass(random.nextInt(3_000));
                default -> {
                    String rule = random.nextBoolean() ? "c" : "d";
                    long key = random.nextInt(KEYS);
                    long expected = counts.merge(rule + key, 1L, Long::sum);
                    assertThat(task.event(COUNTS, rule, step, key))
                            .as("seed %d, step %d", seed, step)
                            .containsExactly(expected);
                }
            }
        }
    }

    @RepeatedTest(5)
    void eachWindowThatEndsIsShownOnceWhateverIsWrittenAndReadBetween() {
        long seed = System.nanoTime();
        System.out.println("StoredWindowsSimulationTest seed " + seed);
        Random random = new Random(seed);
        TaskUnderTest task = new TaskUnderTest(1 + random.nextInt(KEYS));
        task.use(TUMBLING);
        Map<String, Long> open = new HashMap<>();
        List<String> expected = new ArrayList<>();
        List<String> shown = new ArrayList<>();
        long streamMs = 0;
        for (int step = 0; step < STEPS; step++) {
            if (random.nextInt(40) == 0) {
                shown.addAll(task.due());
                task.restart();
                task.sweep();
            } else if (random.nextInt(40) == 0) {
                task.commit();
            }
            streamMs += random.nextInt(20) == 0 ? random.nextInt(3_000) : random.nextInt(20);
            long startMs = streamMs / TUMBLING_MS * TUMBLING_MS;
            end(open, startMs, expected);
            long key = random.nextInt(KEYS);
            open.merge("t " + key + " " + startMs, 1L, Long::sum);
            task.event(TUMBLING, "t", streamMs, key);
            shown.addAll(task.due());
        }
        assertThat(shown).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(expected);
    }

    /** Windows that began before the one that is open now. */
    private static void end(Map<String, Long> open, long startMs, List<String> ended) {
        open.entrySet().removeIf(window -> {
            boolean isOpen = window.getKey().endsWith(" " + startMs);
            if (!isOpen) {
                ended.add(window.getKey() + " " + window.getValue());
            }
            return !isOpen;
        });
    }
}
