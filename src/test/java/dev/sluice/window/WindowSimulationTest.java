package dev.sluice.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.window.KeyState.Admission;
import dev.sluice.window.Recomputed.Raw;
import dev.sluice.window.RecomputedWindows.Held;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The windows against a recomputation from lists of raw events, on random windows, columns and events: late, out of order,
 * of equal times, with nulls; several keys that share a stream time; written and read again at any moment. Reproduce with
 * {@code -Dsluice.seed=SEED}.
 */
final class WindowSimulationTest {
    private static final int STORIES = 400;
    private static final int EVENTS = 250;

    private final long seed = Long.getLong("sluice.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final RandomWindows some = new RandomWindows(random);
    private int late;
    private int outOfOrder;
    private int looks;
    private int closed;

    /** A key: its windows, and the same recomputed. */
    private static final class Key {
        KeyState state;
        final RecomputedWindows expected;

        Key(StateShape shape) {
            state = shape.fresh();
            expected = new RecomputedWindows(shape.window());
        }
    }

    @Test
    void showsWhatARecomputationFromRawEventsShows() {
        System.out.println("WindowSimulationTest: -Dsluice.seed=" + seed);
        for (int i = 0; i < STORIES; i++) {
            StateShape shape = new StateShape(some.window(), some.columns());
            story(shape);
        }
        System.out.printf("%d looks, %d closed, %d late, %d out of order%n", looks, closed, late, outOfOrder);
        assertThat(looks).isGreaterThan(STORIES * EVENTS / 2);
        assertThat(closed).isGreaterThan(STORIES);
        assertThat(late).isGreaterThan(STORIES);
        assertThat(outOfOrder).isGreaterThan(STORIES);
    }

    private void story(StateShape shape) {
        List<Key> keys = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            keys.add(new Key(shape));
        }
        long streamMs = random.nextInt(10_000) - 5_000L;
        int pace = 1 + random.nextInt(15);
        int disorder = random.nextInt(3) * random.nextInt(120);
        for (int i = 0; i < EVENTS; i++) {
            long timeMs = streamMs + random.nextInt(pace) - (random.nextInt(3) == 0 ? random.nextInt(disorder + 1) : 0);
            streamMs = Math.max(streamMs, random.nextInt(60) == 0 ? timeMs + random.nextInt(300) : timeMs);
            step(shape, keys.get(random.nextInt(keys.size())), some.event(timeMs, shape.columns()), streamMs);
            for (Key key : keys) {
                maintain(shape, key, streamMs);
            }
        }
    }

    private void step(StateShape shape, Key key, Raw event, long streamMs) {
        compareClosed(shape, key, streamMs);
        outOfOrder += event.timeMs() < key.state.newestMs() ? 1 : 0;
        Admission admission = key.state.add(event.timeMs(), streamMs, new Row(event.arguments()));
        assertThat(admission)
                .as("%s at %d, stream %d", shape, event.timeMs(), streamMs)
                .isEqualTo(key.expected.add(event, streamMs));
        if (admission == Admission.LATE) {
            late++;
            return;
        }
        List<Shown> shown = Shown.by(key.state::visitTouched, shape.columns().size());
        List<Held> held = key.expected.touched();
        compare(shape, shown, held);
        looks += held.size();
        boolean on = random.nextBoolean();
        key.state.visitTouched(view -> view.set(on));
        held.forEach(window -> key.expected.set(window.startMs(), on));
    }

    private void maintain(StateShape shape, Key key, long streamMs) {
        switch (random.nextInt(12)) {
            case 0 -> compareClosed(shape, key, streamMs);
            case 1 -> {
                compareClosed(shape, key, streamMs);
                if (key.state.expire(streamMs) && random.nextBoolean()) {
                    key.state = shape.fresh();
                }
            }
            case 2 -> key.state = shape.read(key.state.write());
            default -> {}
        }
    }

    private void compareClosed(StateShape shape, Key key, long streamMs) {
        boolean due = key.state.nextCloseMs() <= streamMs;
        List<Shown> shown = Shown.by(
                visitor -> key.state.visitClosed(streamMs, visitor),
                shape.columns().size());
        assertThat(due).isEqualTo(!shown.isEmpty());
        compare(shape, shown, key.expected.closed(streamMs));
        closed += shown.size();
    }

    private void compare(StateShape shape, List<Shown> shown, List<Held> held) {
        assertThat(shown).as("%s", shape).hasSameSizeAs(held);
        for (int i = 0; i < held.size(); i++) {
            Held window = held.get(i);
            Shown view = shown.get(i);
            assertThat(List.of(view.startMs(), view.endMs(), view.isSet()))
                    .as("%s", shape)
                    .isEqualTo(List.of(window.startMs(), window.endMs(), window.isSet()));
            Comparison.demandSame(shape, view, window.events());
        }
    }
}
