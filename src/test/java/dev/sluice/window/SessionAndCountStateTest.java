package dev.sluice.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.window.Aggregation.Function;
import dev.sluice.window.Column.Kind;
import dev.sluice.window.KeyState.Admission;
import dev.sluice.window.WindowSpec.Count;
import dev.sluice.window.WindowSpec.Session;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SessionAndCountStateTest {
    private static final Column SUM = new Column("sum(x)", Aggregation.of(Function.SUM), Kind.LONG);
    private static final Column EMA = new Column("ema(x)", new Aggregation(Function.EMA, 0.5), Kind.DOUBLE);

    private static KeyState session(long gapMs, long graceMs) {
        return new StateShape(new Window(new Session(gapMs), graceMs), List.of(SUM)).fresh();
    }

    private static List<Shown> touched(KeyState state) {
        return Shown.by(state::visitTouched, 1);
    }

    @Test
    void anEventJoinsTheSessionsThatItIsNearTo() {
        KeyState state = session(10, 100);
        state.add(100, 100, Row.of(1L));
        state.add(120, 120, Row.of(2L));
        state.visitTouched(view -> view.set(true));
        assertThat(touched(state)).containsExactly(new Shown(120, 121, true, List.of(2L)));
        state.add(110, 120, Row.of(4L));
        assertThat(touched(state)).containsExactly(new Shown(100, 121, true, List.of(7L)));
    }

    @Test
    void aSessionEndsWhenTheGapIsOver() {
        KeyState state = session(10, 0);
        state.add(100, 100, Row.of(1L));
        state.add(110, 110, Row.of(1L));
        assertThat(touched(state)).containsExactly(new Shown(100, 111, false, List.of(2L)));
        assertThat(state.nextCloseMs()).isEqualTo(121);
        assertThat(Shown.by(visitor -> state.visitClosed(121, visitor), 1))
                .containsExactly(new Shown(100, 111, false, List.of(2L)));
        assertThat(state.expire(121)).isTrue();
    }

    @Test
    void aSessionThatIsPastTakesNoMore() {
        KeyState state = session(10, 0);
        state.add(100, 100, Row.of(1L));
        assertThat(state.add(108, 115, Row.of(2L))).isEqualTo(Admission.ADMITTED);
        assertThat(touched(state)).containsExactly(new Shown(108, 109, false, List.of(2L)));
        assertThat(state.add(105, 115, Row.of(2L))).isEqualTo(Admission.LATE);
    }

    @Test
    void sessionsWhoseJointSumLeavesItsRangeStayApart() {
        KeyState state = session(10, 100);
        state.add(100, 100, Row.of(Long.MAX_VALUE));
        state.add(120, 120, Row.of(1L));
        assertThatThrownBy(() -> state.add(110, 120, Row.of(0L))).isInstanceOf(ArithmeticException.class);
        state.add(121, 121, Row.of(1L));
        assertThat(touched(state)).containsExactly(new Shown(120, 122, false, List.of(2L)));
    }

    @Test
    void aCountWindowHoldsTheLastEventsToArrive() {
        KeyState state = new StateShape(new Window(new Count(2), 0), List.of(SUM)).fresh();
        state.add(100, 100, Row.of(1L));
        state.add(50, 100, Row.of(2L));
        assertThat(touched(state)).containsExactly(new Shown(50, 101, false, List.of(3L)));
        state.add(70, 100, Row.of(4L));
        assertThat(touched(state)).containsExactly(new Shown(50, 71, false, List.of(6L)));
        assertThat(state.expire(1_000_000)).isFalse();
    }

    @Test
    void aCountWindowMakesMovingAveragesInTheOrderOfTime() {
        KeyState state = new StateShape(new Window(new Count(3), 0), List.of(EMA)).fresh();
        state.add(30, 30, Row.of(8.0));
        state.add(10, 30, Row.of(0.0));
        state.add(20, 30, Row.of(4.0));
        assertThat(touched(state)).extracting(shown -> shown.values().get(0)).containsExactly(5.0);
        state.add(40, 40, Row.of(1.0));
        assertThat(touched(state)).extracting(shown -> shown.values().get(0)).containsExactly(1.5);
        state.add(50, 50, Row.of(1.0));
        assertThat(touched(state)).extracting(shown -> shown.values().get(0)).containsExactly(1.75);
    }
}
