package dev.sluice.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deployment.KeySplit;
import dev.sluice.engine.ArmedTask.Said;
import dev.sluice.evaluation.Arm;
import dev.sluice.evaluation.Arms;
import dev.sluice.evaluation.RandomSamples;
import dev.sluice.evaluation.RuleIndexes;
import dev.sluice.evaluation.Sample;
import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.EventTypes;
import dev.sluice.rule.Windowing;
import dev.sluice.rule.compile.Compilation;
import dev.sluice.rule.compile.RuleCompiler;
import dev.sluice.ruleset.ActiveRulesets;
import dev.sluice.ruleset.Ruleset;
import dev.sluice.window.WindowSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * Two versions of random rulesets side by side, with a weight that grows between random events, and an end: all keys, or a
 * rollback. At each event what is emitted is what each version emits alone, of those keys and windows that are its. Reproduce
 * with {@code -Dsluice.seed=SEED}.
 */
final class ArmsSimulationTest {
    private static final int STORIES = 40;
    private static final int EVENTS = 220;
    private static final int KEYS = 5;
    private static final String RULESET = "random";
    private static final Predicate<CompiledRule> HOME = rule -> rule.from().equals("Reading")
            && rule.windowing() != null
            && rule.windowing().partitionBy().get(0).source().equals("k");

    private final long seed = Long.getLong("sluice.seed", System.nanoTime());
    private int byCandidate;
    private int byStable;

    @Test
    void eachVersionSpeaksForItsKeysAsIfItWereAlone() {
        System.out.println("ArmsSimulationTest: -Dsluice.seed=" + seed);
        Random random = new Random(seed);
        for (int i = 0; i < STORIES; i++) {
            new Story(random).tell();
        }
        assertThat(byCandidate).as("emissions of candidates").isGreaterThan(STORIES * 20);
        assertThat(byStable).as("emissions of stable versions").isGreaterThan(STORIES * 20);
    }

    /** A step of the rollout, and the stream time when it came. */
    private record Step(int weight, long seenMs) {}

    /** One pair of versions. */
    private final class Story {
        private final Random random;
        private final RandomSamples samples;
        private final String stableText;
        private final String candidateText;
        private final Ruleset stable;
        private final Ruleset candidate;
        private final ArmedTask both = new ArmedTask(HOME);
        private final ArmedTask stableAlone = new ArmedTask(HOME);
        private final ArmedTask candidateAlone = new ArmedTask(HOME);
        private final KeySplit split;
        private final List<Step> steps = new ArrayList<>();
        private Arms arms = Arms.NONE;

        Story(Random random) {
            this.random = random;
            this.samples = new RandomSamples(random, KEYS);
            this.split = new KeySplit(RULESET + "/2/" + random.nextInt(1_000));
            StringBuilder before = new StringBuilder();
            StringBuilder after = new StringBuilder();
            for (int i = 0; i < 5; i++) {
                pair("r" + i, before, after);
            }
            stableText = before.toString();
            candidateText = after.toString();
            RuleCompiler compiler = new RuleCompiler(new EventTypes(Map.of("Reading", Sample.TYPE), Set.of()));
            stable = compiled(compiler, 1, stableText);
            candidate = compiled(compiler, 2, candidateText);
            stableAlone.use(Arms.of(RuleIndexes.of(new ActiveRulesets(Map.of(RULESET, stable)))));
            candidateAlone.use(Arms.of(RuleIndexes.of(new ActiveRulesets(Map.of(RULESET, candidate)))));
        }

        private Ruleset compiled(RuleCompiler compiler, long version, String rules) {
            String text = "ruleset: " + RULESET + "\nrules:\n" + RuleText.COPY.stripTrailing() + "\n" + rules;
            Compilation compilation = compiler.compile(text);
            assertThat(compilation.definition())
                    .as(text + compilation.problems())
                    .isPresent();
            return new Ruleset(compilation.definition().orElseThrow(), version, "digest");
        }

        /** A rule of both versions, or of one of them. */
        private void pair(String id, StringBuilder before, StringBuilder after) {
            switch (random.nextInt(7)) {
                case 0 -> {
                    before.append(stateless(id, random.nextInt(6)));
                    after.append(stateless(id, random.nextInt(6)));
                }
                case 1 -> {
                    String same = windowed(id, shape(), "");
                    before.append(same);
                    after.append(same);
                }
                case 2 -> before.append(windowed(id, shape(), ""));
                case 3 -> after.append(windowed(id, shape(), ""));
                case 4 -> {
                    Shape shared = shape().each(random.nextBoolean() ? "each" : "close");
                    before.append(windowed(id, shared.having(1 + random.nextInt(3)), ""));
                    after.append(windowed(id, shared.having(1 + random.nextInt(3)), ""));
                }
                default -> {
                    before.append(windowed(id, shape(), ""));
                    after.append(windowed(id, shape(), "other"));
                }
            }
        }

        private String stateless(String id, int bound) {
            return """
                      - id: %s
                        from: Reading
                        when: n > %d
                        emit: { type: Plain, fields: { n: n } }
                    """.formatted(id, bound);
        }

        /** @param having the least count */
        private record Shape(String from, String by, String window, String trigger, int having, int bound) {
            Shape having(int least) {
                return new Shape(from, by, window, trigger, least, bound);
            }

            Shape each(String wanted) {
                boolean mayClose = !window.startsWith("sliding") && !window.startsWith("count");
                return new Shape(from, by, window, mayClose ? wanted : "each", having, bound);
            }
        }

        private Shape shape() {
            List<String> windows = List.of(
                    "tumbling: 100ms",
                    "tumbling: 250ms, grace: 40ms",
                    "hopping: 100ms, every: 50ms",
                    "sliding: 150ms",
                    "sliding: 90ms, grace: 60ms",
                    "session: 30ms",
                    "count: 4");
            String window = windows.get(random.nextInt(windows.size()));
            String from = random.nextInt(4) == 0 ? "Copy" : "Reading";
            String by = List.of("k", "mark", "n").get(random.nextInt(3));
            String trigger = List.of("each", "crossing", "close", "missing").get(random.nextInt(4));
            boolean isOpen = window.startsWith("sliding") || window.startsWith("count");
            boolean isKnown =
                    trigger.equals("close") ? !isOpen : !trigger.equals("missing") || window.equals("sliding: 150ms");
            return new Shape(
                    from, by, window, isKnown ? trigger : "each", 1 + random.nextInt(3), random.nextInt(5) - 3);
        }

        private String windowed(String id, Shape shape, String reset) {
            String after = shape.trigger().equals("missing") ? ", after: " + (40 + random.nextInt(3) * 20) + "ms" : "";
            String state = reset.isEmpty() ? "" : "    state: " + reset + "\n";
            return """
                      - id: %s
                        from: %s
                        when: n > %d
                        partitionBy: %s
                        window: { %s }
                        aggregate: { c: count(), m: max(n) }
                        having: c >= %d
                    """.formatted(id, shape.from(), shape.bound(), shape.by(), shape.window(), shape.having())
                    + state
                    + "    emit: { trigger: %s%s, type: Out, fields: { c: c, m: m } }\n"
                            .formatted(shape.trigger(), after);
        }

        void tell() {
            step(0);
            int endsAt = EVENTS / 2 + random.nextInt(EVENTS / 3);
            for (int i = 0; i < EVENTS; i++) {
                if (i == endsAt) {
                    end();
                } else if (i < endsAt && random.nextInt(25) == 0) {
                    step(Math.min(KeySplit.BUCKETS, weight() + random.nextInt(4_000)));
                }
                if (random.nextInt(40) == 0) {
                    both.restart();
                }
                if (random.nextInt(40) == 0) {
                    both.sweep();
                }
                compare(samples.next());
            }
            assertThat(both.failures()).isEmpty();
        }

        private int weight() {
            return steps.get(steps.size() - 1).weight();
        }

        private void step(int weight) {
            if (steps.isEmpty() || weight != weight()) {
                steps.add(new Step(weight, both.streamMs()));
            }
            use(
                    new ActiveRulesets(Map.of(RULESET, stable)),
                    List.of(new Arms.Rollout(stable, candidate, split, weight)));
        }

        /** From then on one version has all keys, at once. */
        private void end() {
            steps.clear();
            boolean isRollback = random.nextBoolean();
            steps.add(new Step(isRollback ? 0 : KeySplit.BUCKETS, Long.MIN_VALUE));
            use(new ActiveRulesets(Map.of(RULESET, isRollback ? stable : candidate)), List.of());
        }

        private void use(ActiveRulesets active, List<Arms.Rollout> rollouts) {
            arms = arms.changed(active, List.of(), rollouts);
            both.use(arms);
        }

        private void compare(Sample event) {
            both.event(event);
            stableAlone.event(event);
            candidateAlone.event(event);
            List<String> expected = new ArrayList<>();
            stableAlone.take().stream()
                    .filter(said -> !isCandidates(said))
                    .forEach(said -> expected.add(text(said, Arm.STABLE)));
            candidateAlone.take().stream()
                    .filter(this::isCandidates)
                    .forEach(said -> expected.add(text(said, Arm.CANDIDATE)));
            List<Said> actual = both.take();
            assertThat(actual)
                    .extracting(Said::text)
                    .as(() -> "at " + event + " with steps " + steps + ", split " + split.salt() + "\n" + stableText
                            + "\n" + candidateText + "\nseed " + seed)
                    .containsExactlyInAnyOrderElementsOf(expected);
            byCandidate +=
                    (int) actual.stream().filter(said -> said.version() == 2).count();
            byStable +=
                    (int) actual.stream().filter(said -> said.version() == 1).count();
        }

        private String text(Said said, Arm arm) {
            boolean isOver = arms.rollouts().isEmpty();
            return new Said(
                            said.version(),
                            isOver ? Arm.STABLE : arm,
                            said.rule(),
                            said.key(),
                            said.startMs(),
                            said.what())
                    .text();
        }

        /** Whether the key, or the tumbling window of the key, is the candidate's. */
        private boolean isCandidates(Said said) {
            Windowing windowing = said.rule().windowing();
            boolean isUnchanged = stable.rules().stream().anyMatch(rule -> rule == said.rule())
                    && candidate.rules().stream().anyMatch(rule -> rule == said.rule());
            boolean hasEdges = windowing != null && windowing.window().spec() instanceof WindowSpec.Tumbling;
            return split.isWithin(hasEdges && !isUnchanged ? weightAt(said.startMs()) : weight(), said.key());
        }

        private int weightAt(long startMs) {
            int weight = 0;
            for (Step step : steps) {
                if (startMs > step.seenMs()) {
                    weight = step.weight();
                }
            }
            return weight;
        }
    }
}
