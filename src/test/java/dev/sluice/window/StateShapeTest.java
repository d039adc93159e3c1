package dev.sluice.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.window.Aggregation.Function;
import dev.sluice.window.Column.Kind;
import dev.sluice.window.WindowSpec.Count;
import dev.sluice.window.WindowSpec.Hopping;
import dev.sluice.window.WindowSpec.Session;
import dev.sluice.window.WindowSpec.Sliding;
import dev.sluice.window.WindowSpec.Tumbling;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class StateShapeTest {
    private static final List<WindowSpec> SPECS = List.of(
            new Tumbling(60_000),
            new Hopping(60_000, 7_000),
            new Sliding(60_000, 500),
            new Session(9_000),
            new Count(7));

    @Test
    void isReadAsItWasWritten() {
        for (WindowSpec spec : SPECS) {
            StateShape shape = new StateShape(new Window(spec, 1_234), RandomWindows.allColumns());
            assertThat(StateShape.parse(shape.write())).isEqualTo(shape);
        }
    }

    @Test
    void aFreshStateIsReadAsItWasWritten() {
        for (WindowSpec spec : SPECS) {
            StateShape shape = new StateShape(new Window(spec, 0), RandomWindows.allColumns());
            KeyState read = shape.read(shape.fresh().write());
            assertThat(read.newestMs()).isEqualTo(Long.MIN_VALUE);
            assertThat(read.emittedMs()).isEqualTo(Long.MIN_VALUE);
            assertThat(read.exactFromMs()).isEqualTo(Long.MIN_VALUE);
            assertThat(read.note()).isEmpty();
            assertThat(read.expire(0)).isTrue();
        }
    }

    @Test
    void bytesOfStateGoOnTheSameAfterEveryReading() {
        RandomWindows some = new RandomWindows(new Random(5));
        for (WindowSpec spec : SPECS) {
            StateShape shape = new StateShape(new Window(spec, 1_000), RandomWindows.allColumns());
            KeyState state = shape.fresh();
            for (int i = 0; i < 100; i++) {
                state.add(
                        i * 500L,
                        i * 500L,
                        new Row(some.event(0, shape.columns()).arguments()));
            }
            state.setNote("departures-0-9");
            state.setEmittedMs(3);
            byte[] bytes = state.write();
            assertThat(shape.read(bytes).write()).isEqualTo(bytes);
        }
    }

    @Test
    void fewBytesHoldAPaneOfCountAndSum() {
        Column count = new Column("count()", Aggregation.of(Function.COUNT), Kind.ANY);
        Column sum = new Column("sum(x)", Aggregation.of(Function.SUM), Kind.LONG);
        StateShape shape = new StateShape(new Window(new Sliding(600_000, 0), 0), List.of(count, sum));
        KeyState state = shape.fresh();
        long start = 1_700_000_000_000L;
        for (int i = 0; i < 100; i++) {
            state.add(start + i * 1_000L, start + i * 1_000L, Row.of(true, 50L));
        }
        assertThat(state.write()).hasSizeLessThan(20 + 100 * 4);
        assertThat(state.sizeBytes()).isBetween(state.write().length / 2, 4 * state.write().length);
    }

    @Test
    void damagedBytesAreRefusedOrReadButNothingElse() {
        Random random = new Random(11);
        RandomWindows some = new RandomWindows(random);
        int refused = 0;
        for (int i = 0; i < 3_000; i++) {
            WindowSpec spec = SPECS.get(i % SPECS.size());
            StateShape shape = new StateShape(new Window(spec, 0), some.columns());
            KeyState state = shape.fresh();
            for (int event = 0; event < 5; event++) {
                state.add(
                        event * 5_000L,
                        20_000,
                        new Row(some.event(0, shape.columns()).arguments()));
            }
            byte[] bytes = state.write();
            byte[] damaged = Arrays.copyOf(bytes, random.nextBoolean() ? bytes.length : random.nextInt(bytes.length));
            if (damaged.length == bytes.length) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
            }
            try {
                shape.read(damaged);
            } catch (IllegalArgumentException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(1_500);
    }

    @Test
    void saysWhichVersionItCannotRead() {
        StateShape shape = new StateShape(new Window(new Count(1), 0), List.of());
        assertThatThrownBy(() -> shape.read(new byte[] {9}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("version 9");
        assertThatThrownBy(() -> StateShape.parse(new byte[] {8}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("version 8");
    }
}
