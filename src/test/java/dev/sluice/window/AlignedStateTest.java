package dev.sluice.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.window.Aggregation.Function;
import dev.sluice.window.Column.Kind;
import dev.sluice.window.KeyState.Admission;
import dev.sluice.window.WindowSpec.Hopping;
import dev.sluice.window.WindowSpec.Tumbling;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AlignedStateTest {
    private static final Column SUM = new Column("sum(x)", Aggregation.of(Function.SUM), Kind.LONG);

    private static StateShape shape(WindowSpec spec, long graceMs) {
        return new StateShape(new Window(spec, graceMs), List.of(SUM));
    }

    private static List<Shown> touched(KeyState state) {
        return Shown.by(state::visitTouched, 1);
    }

    private static List<Shown> closed(KeyState state, long streamMs) {
        return Shown.by(visitor -> state.visitClosed(streamMs, visitor), 1);
    }

    @Test
    void tumblingWindowsCountFromTheEpochAlsoBeforeIt() {
        KeyState state = shape(new Tumbling(10), 100).fresh();
        state.add(-1, -1, Row.of(1L));
        assertThat(touched(state)).containsExactly(new Shown(-10, 0, false, List.of(1L)));
        state.add(0, 0, Row.of(2L));
        assertThat(touched(state)).containsExactly(new Shown(0, 10, false, List.of(2L)));
    }

    @Test
    void aHoppingEventIsInEachWindowThatHoldsItsTime() {
        KeyState state = shape(new Hopping(10, 4), 0).fresh();
        state.add(11, 11, Row.of(1L));
        state.add(12, 12, Row.of(2L));
        assertThat(touched(state))
                .containsExactly(
                        new Shown(4, 14, false, List.of(3L)),
                        new Shown(8, 18, false, List.of(3L)),
                        new Shown(12, 22, false, List.of(2L)));
    }

    @Test
    void anEventIsCountedOnlyInWindowsThatAreNotPast() {
        KeyState state = shape(new Hopping(10, 5), 0).fresh();
        state.add(4, 4, Row.of(1L));
        assertThat(state.add(9, 12, Row.of(2L))).isEqualTo(Admission.ADMITTED);
        assertThat(touched(state)).containsExactly(new Shown(5, 15, false, List.of(2L)));
        assertThat(state.add(4, 12, Row.of(2L))).isEqualTo(Admission.LATE);
    }

    @Test
    void anEventIsLateByItsOwnSourceWhileItsWindowIsOpenForOthers() {
        KeyState state = shape(new Tumbling(10), 5).fresh();
        assertThat(state.add(9, 2, 14, Row.of(1L))).isEqualTo(Admission.ADMITTED);
        assertThat(state.add(9, 2, 15, Row.of(2L))).isEqualTo(Admission.LATE);
        assertThat(state.add(3, 3, 3, Row.of(4L))).isEqualTo(Admission.ADMITTED);
        assertThat(closed(state, 15)).containsExactly(new Shown(0, 10, false, List.of(5L)));
    }

    @Test
    void anEventThatIsLateForSomeWindowsBySourceCountsInAllThatAreOpenAlsoAfterARestart() {
        StateShape shape = shape(new Hopping(10, 5), 0);
        KeyState state = shape.fresh();
        assertThat(state.add(9, 2, 12, Row.of(1L))).isEqualTo(Admission.ADMITTED);
        state = shape.read(state.write(), shape);
        assertThat(closed(state, 20))
                .containsExactly(new Shown(0, 10, false, List.of(1L)), new Shown(5, 15, false, List.of(1L)));
    }

    @Test
    void windowsCloseOnceGraceIsOverAlsoAfterARestart() {
        StateShape shape = shape(new Tumbling(10), 5);
        KeyState state = shape.fresh();
        state.add(3, 3, Row.of(1L));
        state.add(12, 12, Row.of(2L));
        assertThat(state.nextCloseMs()).isEqualTo(15);
        assertThat(closed(state, 14)).isEmpty();

        KeyState read = shape.read(state.write());
        assertThat(closed(read, 25))
                .containsExactly(new Shown(0, 10, false, List.of(1L)), new Shown(10, 20, false, List.of(2L)));
        assertThat(read.nextCloseMs()).isEqualTo(Long.MAX_VALUE);
        assertThat(closed(shape.read(read.write()), 100)).isEmpty();
        assertThat(read.expire(25)).isTrue();
    }

    @Test
    void aWindowThatIsPastTakesNoMoreAfterARestart() {
        StateShape shape = shape(new Hopping(10, 5), 0);
        KeyState state = shape.fresh();
        state.add(7, 7, Row.of(1L));
        assertThat(closed(state, 10)).containsExactly(new Shown(0, 10, false, List.of(1L)));
        KeyState read = shape.read(state.write());
        assertThat(closed(read, 100)).containsExactly(new Shown(5, 15, false, List.of(1L)));
    }

    @Test
    void aSumThatLeavesItsRangeInOneWindowFailsAndChangesNone() {
        KeyState state = shape(new Hopping(10, 5), 0).fresh();
        state.add(4, 4, Row.of(Long.MIN_VALUE));
        state.add(6, 6, Row.of(Long.MAX_VALUE));
        assertThatThrownBy(() -> state.add(7, 7, Row.of(1L))).isInstanceOf(ArithmeticException.class);
        state.add(3, 7, Row.of(5L));
        state.add(7, 7, Row.of(-1L));
        assertThat(touched(state))
                .containsExactly(
                        new Shown(0, 10, false, List.of(3L)), new Shown(5, 15, false, List.of(Long.MAX_VALUE - 1)));
    }

    @Test
    void bitsOfWindowsSurviveARestart() {
        StateShape shape = shape(new Hopping(10, 5), 0);
        KeyState state = shape.fresh();
        state.add(7, 7, Row.of(1L));
        state.visitTouched(view -> view.set(view.startMs() == 5));
        KeyState read = shape.read(state.write());
        read.add(8, 8, Row.of(1L));
        assertThat(touched(read)).extracting(Shown::isSet).containsExactly(false, true);
    }
}
