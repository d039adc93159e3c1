package dev.sluice.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Three instances, rules of which some fail, and a decider, where reports are late, lost or come twice, instances and deciders
 * begin anew, rules are released and versions published. Reproduce with {@code -Dsluice.seed=SEED}.
 */
final class QuarantineSimulationTest {
    private static final int WORLDS = 60;
    private static final int STEPS = 1_500;
    /** Longer than a trial. */
    private static final int CALM_STEPS = 400;

    private static final Duration STEP = Duration.ofMillis(500);
    private static final List<String> RULES = List.of("a", "b", "c", "d");
    private static final RuleBudget BUDGET =
            new RuleBudget(0.05, 20, 20, Duration.ofSeconds(60), Duration.ofSeconds(30));

    private final TreeMap<String, Integer> seen = new TreeMap<>();

    @Test
    void whateverHappensOnlyRulesThatFailAreApartAndOnAllInstancesAndEachTrialEnds() {
        long first = Long.getLong("sluice.seed", System.nanoTime());
        System.out.println("QuarantineSimulationTest: -Dsluice.seed=" + first);
        for (int i = 0; i < WORLDS; i++) {
            new Run(first + i).all();
        }
        System.out.println("QuarantineSimulationTest: " + seen);
        assertThat(seen).containsKeys("Apart", "Apart -> Trial", "Trial -> Apart", "Trial -> Released");
        assertThat(seen.get("Apart")).isGreaterThan(WORLDS);
    }

    private final class Run {
        private final long seed;
        private final Random random;
        private final RuleWorld world = new RuleWorld(BUDGET);
        private final Deque<RuleInstance.Report> underWay = new ArrayDeque<>();
        private long version;

        Run(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            for (String id : List.of("one", "two", "three")) {
                world.instances.add(new RuleInstance(id, this::outcome));
            }
            publish();
        }

        private long outcome(double share, long events) {
            return share == 0
                    ? 0
                    : random.doubles(events).filter(each -> each < share).count();
        }

        private boolean oneIn(int often) {
            return random.nextInt(often) == 0;
        }

        void all() {
            for (int i = 0; i < STEPS; i++) {
                disturb();
                step();
            }
            underWay.forEach(world::hear);
            underWay.clear();
            world.events = 20;
            for (int i = 0; i < CALM_STEPS; i++) {
                world.tick(STEP);
                world.instances.forEach(this::live);
                world.look();
                check();
            }
            end();
        }

        /** The rest of the rules say what they said. */
        private void publish() {
            List<String> rules = new ArrayList<>();
            for (String rule : RULES) {
                String before = version == 0 ? null : world.texts.get(version).get(rule);
                String text = before == null || oneIn(4) ? rule + ": " + version : before;
                if (!text.equals(before)) {
                    world.failing.put(text, oneIn(3) ? 0.2 + 0.8 * random.nextDouble() : oneIn(2) ? 0.01 : 0);
                    world.slow.put(text, oneIn(12) ? 0.3 : 0);
                }
                rules.add(text);
            }
            Long[] before = version == 0 ? new Long[0] : new Long[] {version};
            world.version(++version, rules.toArray(String[]::new));
            world.active(version, before);
        }

        private void disturb() {
            if (oneIn(300)) {
                publish();
            }
            if (oneIn(60)) {
                world.release(RULES.get(random.nextInt(RULES.size())));
            }
            if (oneIn(150)) {
                // The data got better, or worse.
                String rule = world.texts.get(version).get(RULES.get(random.nextInt(RULES.size())));
                world.failing.computeIfPresent(rule, (text, share) -> share > 0.01 && oneIn(2) ? 0.02 : share);
            }
            if (oneIn(100)) {
                world.instances.get(random.nextInt(3)).restart();
            }
            if (oneIn(120)) {
                world.takeOver();
            }
            if (oneIn(50)) {
                world.events = random.nextInt(30);
            }
        }

        private void step() {
            world.tick(STEP);
            for (RuleInstance instance : world.instances) {
                int behind = world.topic.size() - 1 - instance.read;
                instance.read += behind == 0 || oneIn(3) ? 0 : 1 + random.nextInt(behind);
                instance.evaluate(world, world.events);
                for (int copies = oneIn(8) ? 0 : oneIn(10) ? 2 : 1; copies > 0; copies--) {
                    underWay.add(instance.report());
                }
            }
            for (int left = random.nextInt(8); left > 0 && !underWay.isEmpty(); left--) {
                world.hear(underWay.remove());
            }
            world.look();
            check();
        }

        private void live(RuleInstance instance) {
            instance.read = world.topic.size() - 1;
            instance.evaluate(world, world.events);
            world.hear(instance.report());
        }

        /** A rule that fails for 2 % of the events at most is healthy. It may have got so after it was set apart. */
        private boolean isHealthy(String text) {
            return world.failing.getOrDefault(text, 0.0) <= 0.01 && world.slow.getOrDefault(text, 0.0) == 0;
        }

        private void check() {
            world.quarantines()
                    .values()
                    .forEach(quarantine -> assertThat(isHealthy(quarantine.digest()))
                            .as("seed %d: %s is healthy", seed, quarantine)
                            .isFalse());
        }

        private void end() {
            world.told.forEach(line ->
                    seen.merge(line.replaceAll(".*: ([A-Z][a-z]+( -> [A-Z][a-z]+)?) .*", "$1"), 1, Integer::sum));
            Set<Set<String>> apart = new HashSet<>();
            world.instances.forEach(instance -> apart.add(instance.apart(world)));
            assertThat(apart).as("seed %d: apart on instances", seed).hasSize(1);
            assertThat(world.quarantines().values())
                    .as("seed %d: each trial ends", seed)
                    .allSatisfy(quarantine -> assertThat(quarantine.isApart()).isTrue());
            world.texts.get(version).values().forEach(text -> {
                if (world.failing.getOrDefault(text, 0.0) >= 0.2) {
                    assertThat(apart.iterator().next())
                            .as("seed %d: fails", seed)
                            .contains(text);
                }
            });
        }
    }
}
