package dev.sluice.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.window.KeyState.Admission;
import dev.sluice.window.Migration.Outcome;
import dev.sluice.window.Recomputed.Raw;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * State that goes on under another shape, several times in its life: every window that is said to be exact holds what a
 * recomputation from all raw events holds. Reproduce with {@code -Dsluice.seed=SEED}.
 */
final class MigrationSimulationTest {
    private static final int STORIES = 600;
    private static final int EVENTS = 60;
    private static final int CHANGES = 3;

    private final long seed = Long.getLong("sluice.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final RandomWindows some = new RandomWindows(random);
    private final List<Column> columns = RandomWindows.allColumns();
    private final Map<Outcome, Integer> exact = new EnumMap<>(Outcome.class);
    private int inexact;

    /** Events that some window took in, in the order of arrival. */
    private final List<Raw> events = new ArrayList<>();

    private KeyState state = new StateShape(new Window(new WindowSpec.Count(1), 0), List.of()).fresh();
    private Outcome outcome = Outcome.KEPT;
    private long streamMs;

    @Test
    void windowsSaidToBeExactHoldAllTheirEvents() {
        System.out.println("MigrationSimulationTest: -Dsluice.seed=" + seed);
        for (int i = 0; i < STORIES; i++) {
            story();
        }
        System.out.printf(
                "%d exact at once, %d exact later, %d windows not exact%n",
                exact.get(Outcome.KEPT), exact.get(Outcome.EXACT_LATER), inexact);
        assertThat(exact.get(Outcome.KEPT)).isGreaterThan(STORIES);
        assertThat(exact.get(Outcome.EXACT_LATER)).isGreaterThan(STORIES);
        assertThat(inexact).isGreaterThan(STORIES);
    }

    private void story() {
        events.clear();
        streamMs = random.nextInt(1_000);
        StateShape shape = new StateShape(some.window(), columnsAmongAll());
        state = shape.fresh();
        outcome = Outcome.KEPT;
        for (int change = 0; change <= CHANGES; change++) {
            for (int i = 0; i < EVENTS; i++) {
                step(shape);
            }
            shape = change(shape);
        }
    }

    private StateShape change(StateShape before) {
        StateShape after = new StateShape(similar(before.window()), columnsAmongAll());
        Migration migration = Migration.between(before, after);
        if (migration.outcome() == Outcome.RESET) {
            assertThat(migration.reason()).isNotEmpty();
            return before;
        }
        state = after.read(state.write(), before);
        outcome = migration.outcome();
        return after;
    }

    private Window similar(Window before) {
        Window after = some.window();
        WindowSpec spec = before.spec();
        if (random.nextInt(3) == 0) {
            return new Window(spec, after.graceMs());
        } else if (spec instanceof WindowSpec.Hopping hopping && random.nextBoolean()) {
            long every = hopping.everyMs();
            return new Window(new WindowSpec.Hopping(every * (1 + random.nextInt(5)), every), before.graceMs());
        }
        return after;
    }

    private List<Column> columnsAmongAll() {
        return random.nextInt(3) == 0 ? some.columns() : columns.subList(0, 1 + random.nextInt(columns.size()));
    }

    private void step(StateShape shape) {
        long timeMs = streamMs + random.nextInt(10) - (random.nextInt(3) == 0 ? random.nextInt(60) : 0);
        streamMs = Math.max(timeMs, random.nextInt(40) == 0 ? streamMs + random.nextInt(200) : streamMs);
        state.visitClosed(
                streamMs, view -> compare(shape, Shown.of(view, shape.columns().size())));
        Raw event = some.event(timeMs, columns);
        Admission admission = state.add(timeMs, streamMs, new Row(argumentsOf(shape, event)));
        boolean[] touched = {false};
        if (admission == Admission.ADMITTED) {
            state.visitTouched(view -> {
                if (!touched[0]) {
                    events.add(event);
                    touched[0] = true;
                }
                compare(shape, Shown.of(view, shape.columns().size()));
            });
        }
        if (random.nextInt(10) == 0) {
            state.expire(streamMs);
        }
    }

    private List<Object> argumentsOf(StateShape shape, Raw event) {
        List<Object> arguments = new ArrayList<>();
        shape.columns().forEach(column -> arguments.add(event.arguments().get(columns.indexOf(column))));
        return arguments;
    }

    private void compare(StateShape shape, Shown view) {
        boolean session = shape.window().spec() instanceof WindowSpec.Session;
        if ((session ? view.startMs() - 1 : view.endMs() - 1) < state.exactFromMs()) {
            inexact++;
            return;
        }
        List<Raw> held = held(shape.window().spec(), view);
        if (beginsWithinAStep(shape.window().spec(), view)) {
            return;
        }
        exact.merge(outcome, 1, Integer::sum);
        Comparison.demandSame(
                shape,
                view,
                held.stream()
                        .map(event -> new Raw(event.timeMs(), argumentsOf(shape, event)))
                        .toList());
    }

    private List<Raw> held(WindowSpec spec, Shown view) {
        if (spec instanceof WindowSpec.Count count) {
            return events.subList(Math.max(0, events.size() - count.events()), events.size());
        }
        return events.stream()
                .filter(event -> event.timeMs() >= view.startMs() && event.timeMs() < view.endMs())
                .toList();
    }

    /** Then it depends on the order of arrival how many events of the step a window by resolution holds. */
    private boolean beginsWithinAStep(WindowSpec spec, Shown view) {
        long step = spec instanceof WindowSpec.Sliding sliding ? Math.max(1, sliding.resolutionMs()) : 1;
        long begun = Math.floorDiv(view.startMs(), step) * step;
        return events.stream().anyMatch(event -> event.timeMs() >= begun && event.timeMs() < view.startMs());
    }
}
