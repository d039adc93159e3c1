package dev.sluice.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.Edit.Limit;
import dev.sluice.evaluation.Emission;
import dev.sluice.evaluation.RandomSamples;
import dev.sluice.evaluation.Sample;
import dev.sluice.ruleset.StateOutcome;
import dev.sluice.ruleset.StateOutcome.Kind;
import dev.sluice.window.KeyState.Admission;
import dev.sluice.window.Recomputed.Raw;
import dev.sluice.window.RecomputedWindows;
import dev.sluice.window.Window;
import dev.sluice.window.WindowSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each kind of edit between random events. Afterwards the engine emits what a fresh one emits that had the new rules from the
 * start and was given those events that the old windows held at the change; where the state is said to be exact, what a fresh
 * one emits that was given all events. The report says what became of the state. Reproduce with {@code -Dsluice.seed=SEED}.
 */
final class EditSimulationTest {
    private static final int STORIES = 2;
    private static final int EVENTS = 160;
    private static final int KEYS = 3;
    /** Mark of an event that no rule lets in. */
    private static final long SHUT_OUT = 0;

    private final long seed = Long.getLong("sluice.seed", System.nanoTime());

    static Stream<Edit> edits() {
        return Edit.underEachTrigger();
    }

    @ParameterizedTest
    @MethodSource("edits")
    void goesOnAsAFreshEngineWithWhatTheWindowsHeld(Edit edit) {
        System.out.println("EditSimulationTest " + edit + ": -Dsluice.seed=" + seed);
        Random random = new Random(seed);
        int compared = 0;
        int exact = 0;
        for (int i = 0; i < STORIES; i++) {
            Story story = new Story(edit, random);
            compared += story.demandGoingOn();
            exact += story.demandExactness();
        }
        assertThat(compared).as("emissions after the change").isGreaterThan(STORIES * 10);
        if (edit.outcome().kind() != Kind.RESET) {
            assertThat(exact).as("emissions said to be exact").isGreaterThan(STORIES * 5);
        }
    }

    /** One edit between two runs of events. */
    private final class Story {
        private final Edit edit;
        private final Random random;
        private final RandomSamples samples;
        private final List<Sample> before = new ArrayList<>();
        private final List<Sample> after = new ArrayList<>();
        private final long changeMs;
        private final List<Emission> actual;
        private final WindowSpec spec;
        /** Events that were not late before the change. */
        private final Set<Integer> admitted = new HashSet<>();

        private final Map<Integer, Sample> surviving = new HashMap<>();

        Story(Edit edit, Random random) {
            this.edit = edit;
            this.random = random;
            this.samples = new RandomSamples(random, KEYS);
            for (int i = 0; i < EVENTS; i++) {
                before.add(marked(samples.next()));
            }
            changeMs = samples.nowMs() + 1;
            ofAllKeys(changeMs, before);
            before.add(samples.next().at(changeMs).marked(SHUT_OUT));
            ofAllKeys(changeMs + 1, after);
            for (int i = 0; i < EVENTS; i++) {
                Sample next = marked(samples.next());
                boolean isTooOld = edit.limits().contains(Limit.NO_STRAGGLERS) && next.time() <= changeMs;
                after.add(isTooOld ? next.at(changeMs + 1) : next);
            }
            after.add(samples.next().at(samples.nowMs() + 100_000).marked(SHUT_OUT));
            RulesUnderTest engine = new RulesUnderTest();
            this.actual = changed(engine);
            this.spec = engine.rule("r").windowing().window().spec();
        }

        private Sample marked(Sample sample) {
            return sample.marked(1 + random.nextInt(8) % 3 + (random.nextBoolean() ? 1 : 0));
        }

        private void ofAllKeys(long timeMs, List<Sample> into) {
            for (int i = 0; i < KEYS; i++) {
                Sample any = samples.next();
                String key = String.valueOf((char) ('a' + i));
                into.add(new Sample(any.arrival(), any.position(), timeMs, key, any.n(), any.x(), 3));
            }
        }

        private String told() {
            return "seed " + seed + ", change at " + changeMs + "\n"
                    + edit.before().text() + edit.after().text() + before + "\n" + after;
        }

        private List<Emission> changed(RulesUnderTest engine) {
            engine.publish(edit.before().text());
            Window window = engine.rule("r").windowing().window();
            before.forEach(engine::event);
            survive(window, engine.late());
            engine.idle();
            if (random.nextBoolean()) {
                engine.restart();
            }
            engine.take();
            List<StateOutcome> outcomes = engine.publish(edit.after().text()).states();
            assertThat(outcomes).containsExactly(edit.outcome());
            if (random.nextBoolean()) {
                engine.idle();
            }
            for (Sample event : after) {
                engine.event(event);
                if (random.nextInt(40) == 0) {
                    engine.restart();
                    engine.idle();
                }
            }
            engine.idle();
            assertThat(engine.failures()).as(this::told).isEmpty();
            return engine.take();
        }

        /** What the windows held at the change, worked out from all raw events. */
        private void survive(Window window, int late) {
            Map<String, RecomputedWindows> windows = new HashMap<>();
            Map<Integer, Sample> byArrival = new HashMap<>();
            long streamMs = Long.MIN_VALUE;
            int admittable = 0;
            for (Sample event : before) {
                streamMs = Math.max(streamMs, event.time());
                byArrival.put(event.arrival(), event);
                if (event.mark() >= 2) {
                    RecomputedWindows ofKey = windows.computeIfAbsent(event.k(), k -> new RecomputedWindows(window));
                    ofKey.closed(streamMs);
                    admittable++;
                    if (ofKey.add(new Raw(event.time(), List.of(event.arrival())), streamMs) == Admission.ADMITTED) {
                        admitted.add(event.arrival());
                    }
                }
            }
            assertThat(late).as("late events").isEqualTo(admittable - admitted.size());
            if (edit.outcome().kind() != Kind.RESET) {
                windows.values().forEach(ofKey -> survive(ofKey, byArrival));
            }
        }

        private void survive(RecomputedWindows ofKey, Map<Integer, Sample> byArrival) {
            ofKey.closed(changeMs);
            List<Sample> held = ofKey.held().stream()
                    .flatMap(window -> window.events().stream())
                    .map(raw -> byArrival.get((Integer) raw.arguments().get(0)))
                    .distinct()
                    .toList();
            held.forEach(
                    event -> surviving.put(event.arrival(), edit.surviving().as(event, held, changeMs)));
        }

        /** What a fresh engine emits after the change that was given other events before it, one for each. */
        private List<Emission> fresh(List<Sample> given) {
            RulesUnderTest engine = new RulesUnderTest();
            engine.publish(edit.after().text());
            inOrder(given).forEach(engine::event);
            engine.idle();
            engine.take();
            after.forEach(engine::event);
            engine.idle();
            assertThat(engine.failures()).as(this::told).isEmpty();
            return engine.take();
        }

        /**
         * Where the grace shrinks, what the old one let in would be late, and where a gap shrinks, times brought nearer are
         * rounded: it comes in the order of time.
         */
        private List<Sample> inOrder(List<Sample> given) {
            boolean mayBeLate =
                    edit.limits().contains(Limit.LATER_ENDS) || edit.limits().contains(Limit.OTHER_BEGINNINGS);
            return mayBeLate
                    ? given.stream()
                            .sorted(Comparator.comparingLong(Sample::time))
                            .toList()
                    : given;
        }

        /** Gives how many emissions were compared. */
        int demandGoingOn() {
            List<Sample> given = before.stream()
                    .map(event -> surviving.containsKey(event.arrival())
                            ? surviving.get(event.arrival()).marked(3)
                            : event.marked(SHUT_OUT))
                    .toList();
            List<Emission> expected = comparable(fresh(given));
            Emission.demandSame(comparable(actual), expected, () -> "what survives; " + told());
            return expected.size();
        }

        private List<Emission> comparable(List<Emission> emissions) {
            Stream<Emission> compared = emissions.stream();
            if (edit.limits().contains(Limit.LATER_ENDS)) {
                compared = compared.filter(emission -> emission.window().endMs() > changeMs);
            }
            if (edit.limits().contains(Limit.OTHER_BEGINNINGS)) {
                compared = compared.map(this::withoutBeginning);
            }
            return compared.toList();
        }

        private Emission withoutBeginning(Emission emission) {
            long endMs = emission.window().endMs();
            return emission.window().startMs() > changeMs
                    ? emission
                    : new Emission(
                            emission.id(),
                            emission.timeMs(),
                            new Emission.Span(changeMs, endMs),
                            emission.key(),
                            emission.fields());
        }

        /** Gives how many emissions were compared. */
        int demandExactness() {
            if (edit.outcome().kind() == Kind.RESET) {
                return 0;
            }
            List<Sample> given = before.stream()
                    .map(event -> event.marked(admitted.contains(event.arrival()) ? 3 : SHUT_OUT))
                    .toList();
            List<Emission> expected = exact(fresh(given));
            Emission.demandSame(exact(actual), expected, () -> "all events; " + told());
            return expected.size();
        }

        /** Of windows that are said to be exact. */
        private List<Emission> exact(List<Emission> emissions) {
            StateOutcome outcome = edit.outcome();
            boolean isPastUnderOldGrace =
                    edit.limits().contains(Limit.LATER_ENDS) && spec instanceof WindowSpec.Session;
            if (outcome.kind() == Kind.KEPT && isSameWindow() && !isPastUnderOldGrace) {
                return comparable(emissions);
            }
            long fromMs = changeMs + outcome.exactAfterMs();
            if (spec instanceof WindowSpec.Session) {
                return emissions.stream()
                        .filter(emission -> emission.window().startMs() > fromMs)
                        .toList();
            } else if (spec instanceof WindowSpec.Count count) {
                return outcome.kind() == Kind.KEPT ? emissions : afterSoMany(count.events(), emissions);
            }
            long step = spec instanceof WindowSpec.Sliding sliding ? sliding.resolutionMs() : 0;
            return emissions.stream()
                    .filter(emission -> emission.window().endMs() > fromMs + step)
                    .toList();
        }

        private boolean isSameWindow() {
            return edit.before()
                            .parts()
                            .get("window")
                            .equals(edit.after().parts().get("window"))
                    || edit.limits().contains(Limit.LATER_ENDS);
        }

        /** From the event of each key on that is the so-manieth. */
        private static List<Emission> afterSoMany(int events, List<Emission> emissions) {
            Map<String, Integer> seen = new HashMap<>();
            return emissions.stream()
                    .filter(emission -> seen.merge(emission.key(), 1, Integer::sum) >= events)
                    .toList();
        }
    }
}
