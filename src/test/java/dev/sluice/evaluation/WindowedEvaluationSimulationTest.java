package dev.sluice.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.evaluation.Evaluator.ArmedEvent;
import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.EventTypes;
import dev.sluice.rule.RulesetDefinition;
import dev.sluice.rule.compile.Compilation;
import dev.sluice.rule.compile.RuleCompiler;
import dev.sluice.ruleset.ActiveRulesets;
import dev.sluice.ruleset.Ruleset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Random windowed rules against {@link WindowModel}, which makes every window anew of all raw events: several keys, events
 * late and out of order, time that passes without events, tasks that are behind with what is due, rules that are set apart for
 * a while, states that go through their bytes, keys that are forgotten; at home and handed over. Reproduce with {@code -Dsluice.seed=SEED}.
 */
final class WindowedEvaluationSimulationTest {
    private static final int RULES = 1_200;
    private static final int EVENTS = 120;
    private static final RuleCompiler COMPILER =
            new RuleCompiler(new EventTypes(Map.of("Reading", Sample.TYPE), Set.of()));

    private final long seed = Long.getLong("sluice.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Map<String, Integer> alerts = new TreeMap<>();
    private int late;
    private int owed;

    @Test
    void saysWhatTheRawEventsSayAtHome() {
        System.out.println("WindowedEvaluationSimulationTest: -Dsluice.seed=" + seed);
        for (int i = 0; i < RULES; i++) {
            new Run(ModelRule.random(random), new AtHome()).play();
        }
        demandThatAllWasSeen();
    }

    @Test
    void saysWhatTheRawEventsSayWhenHandedOver() {
        System.out.println("WindowedEvaluationSimulationTest: -Dsluice.seed=" + seed);
        for (int i = 0; i < RULES; i++) {
            new Run(ModelRule.random(random), new HandedOver()).play();
        }
        demandThatAllWasSeen();
    }

    private void demandThatAllWasSeen() {
        System.out.println(alerts + ", " + late + " late, " + owed + " owed");
        assertThat(owed).isGreaterThan(RULES);
        assertThat(alerts)
                .hasSize(36)
                .allSatisfy((rule, count) -> assertThat(count).isGreaterThan(RULES / 100));
        assertThat(late).isGreaterThan(RULES);
    }

    private static String name(ModelRule rule) {
        String cooldown = rule.speech().cooldown() > 0 ? " with cooldown" : "";
        return rule.span().kind() + " " + rule.speech().trigger() + cooldown;
    }

    private static RuleIndexes indexes(ModelRule rule) {
        Compilation compilation = COMPILER.compile(rule.text());
        RulesetDefinition definition = compilation
                .definition()
                .orElseThrow(() -> new AssertionError(compilation.problems() + "\n" + rule.text()));
        return RuleIndexes.of(new ActiveRulesets(Map.of("random", new Ruleset(definition, 1, "digest"))));
    }

    /** Who has the windows. */
    private interface Tasks {
        MapWindows windows();

        /** Whether an event moves the stream time of the windows. */
        boolean counts(boolean matches);

        Evaluation evaluate(Arms arms, Sample event, long streamMs);
    }

    private static final class AtHome implements Tasks {
        private final Evaluator evaluator = new Evaluator();
        private final MapWindows windows = new MapWindows(rule -> true);

        @Override
        public MapWindows windows() {
            return windows;
        }

        @Override
        public boolean counts(boolean matches) {
            return true;
        }

        @Override
        public Evaluation evaluate(Arms arms, Sample event, long streamMs) {
            return evaluator.evaluate(
                    arms, arms.stable(), new ArmedEvent(event.event(), event.moment(streamMs), windows));
        }
    }

    private static final class HandedOver implements Tasks {
        private final Evaluator sender = new Evaluator();
        private final Evaluator receiver = new Evaluator();
        private final MapWindows windows = new MapWindows(rule -> true);

        @Override
        public MapWindows windows() {
            return windows;
        }

        @Override
        public boolean counts(boolean matches) {
            return matches;
        }

        @Override
        public Evaluation evaluate(Arms arms, Sample event, long streamMs) {
            MapWindows none = new MapWindows(rule -> false);
            Evaluation sent =
                    sender.evaluate(arms, arms.stable(), new ArmedEvent(event.event(), event.moment(0), none));
            assertThat(sent.matches()).isEmpty();
            assertThat(none.due(Long.MAX_VALUE)).isEmpty();
            return sent.handovers().isEmpty()
                    ? sent
                    : receiver.received(arms, sent.handovers().get(0), streamMs, windows);
        }
    }

    /** One rule and its events. */
    private final class Run {
        private final ModelRule rule;
        private final Tasks tasks;
        private final Arms evaluated;
        private final Arms apart;
        private final WindowModel model;
        private final Evaluator timer = new Evaluator();
        private final List<Emission> said = new ArrayList<>();
        private final List<String> history = new ArrayList<>();
        private long stream = Long.MIN_VALUE;
        private int lateOfRun;
        /** Whether much is due at once, so that the task leaves some of it for later; then all is compared in the end. */
        private final boolean isBehind = random.nextInt(3) == 0;
        /** Only of a task that is behind: of what comes to an end meanwhile, nothing is said before the rule is back. */
        private boolean isApart;

        Run(ModelRule rule, Tasks tasks) {
            this.rule = rule;
            this.tasks = tasks;
            this.evaluated = Arms.of(indexes(rule));
            Set<CompiledRule> rules = Collections.newSetFromMap(new IdentityHashMap<>());
            evaluated.rulesets().forEach(ruleset -> rules.addAll(ruleset.rules()));
            this.apart = evaluated.apart(rules);
            this.model = new WindowModel(rule);
        }

        void play() {
            RandomSamples readings = new RandomSamples(random, 3);
            for (int i = 0; i < EVENTS; i++) {
                event(readings.next());
                disturb();
                if (!isBehind) {
                    compare();
                }
            }
            isApart = false;
            pass(stream + 10_000);
            seeTo(tasks.windows().due(stream));
            compare();
        }

        private void event(Sample reading) {
            if (isApart) {
                eventOfNobody(reading);
                return;
            }
            history.add(reading.toString());
            boolean matches = rule.admits(reading);
            if (tasks.counts(matches)) {
                pass(Math.max(stream, reading.time()));
            }
            if (matches) {
                model.event(reading, stream);
            }
            Evaluation evaluation = tasks.evaluate(evaluated, reading, stream);
            late += evaluation.late().size();
            lateOfRun += evaluation.late().size();
            note(evaluation, reading.moment(stream));
        }

        /** The rule does not learn of it, and owes it if it would have admitted it. */
        private void eventOfNobody(Sample reading) {
            history.add("apart: " + reading);
            if (tasks.counts(false)) {
                pass(Math.max(stream, reading.time()));
            }
            Evaluation evaluation = tasks.evaluate(apart, reading, stream);
            assertThat(evaluation.matches()).isEmpty();
            assertThat(evaluation.handovers()).isEmpty();
            assertThat(evaluation.failures()).isEmpty();
            if (rule.admits(reading)) {
                assertThat(evaluation.owed()).hasSize(1);
                owed++;
            }
        }

        private void disturb() {
            switch (random.nextInt(40)) {
                case 0 -> tasks.windows().restart();
                case 1, 2 -> tasks.windows().sweep(stream);
                case 3 -> {
                    if (stream != Long.MIN_VALUE) {
                        pass(stream + random.nextInt(150));
                    }
                }
                case 4, 5 -> isApart = isBehind && !isApart;
                default -> {}
            }
        }

        private void pass(long streamMs) {
            if (streamMs > stream) {
                history.add("stream time " + streamMs);
            }
            stream = streamMs;
            model.pass(stream);
            List<Due> due = tasks.windows().due(stream);
            seeTo(isBehind ? due.stream().filter(one -> random.nextBoolean()).toList() : due);
        }

        private void seeTo(List<Due> due) {
            if (isApart) {
                due.forEach(one -> assertThat(timer.passed(apart, one, stream, tasks.windows()))
                        .isSameAs(Evaluation.NOTHING));
            } else {
                due.forEach(one -> note(timer.passed(evaluated, one, stream, tasks.windows()), one.newest(stream)));
            }
        }

        private void note(Evaluation evaluation, Moment moment) {
            assertThat(evaluation.failures()).isEmpty();
            for (Match match : evaluation.matches()) {
                said.add(Emission.of(match, moment));
                alerts.merge(name(rule), 1, Integer::sum);
            }
        }

        private void compare() {
            Emission.demandSame(
                    said, model.take(), () -> "seed " + seed + "\n" + rule.text() + "\n" + String.join("\n", history));
            assertThat(lateOfRun).isEqualTo(model.late());
            said.clear();
        }
    }
}
