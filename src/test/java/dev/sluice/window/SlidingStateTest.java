package dev.sluice.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.window.Aggregation.Function;
import dev.sluice.window.Column.Kind;
import dev.sluice.window.KeyState.Admission;
import dev.sluice.window.WindowSpec.Sliding;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SlidingStateTest {
    private static final Column SUM = new Column("sum(x)", Aggregation.of(Function.SUM), Kind.LONG);

    private static StateShape shape(long sizeMs, long graceMs) {
        return new StateShape(new Window(new Sliding(sizeMs, 0), graceMs), List.of(SUM));
    }

    private static List<Shown> shown(KeyState state) {
        return Shown.by(state::visitTouched, 1);
    }

    @Test
    void holdsTheEventsYoungerThanItsSize() {
        KeyState state = shape(10, 0).fresh();
        state.add(100, 100, Row.of(1L));
        state.add(109, 109, Row.of(10L));
        assertThat(shown(state)).containsExactly(new Shown(100, 110, false, List.of(11L)));
        state.add(110, 110, Row.of(100L));
        assertThat(shown(state)).containsExactly(new Shown(101, 111, false, List.of(110L)));
    }

    @Test
    void anEventIsLateByItsOwnSource() {
        KeyState state = shape(10, 5).fresh();
        assertThat(state.add(100, 90, 114, Row.of(1L))).isEqualTo(Admission.ADMITTED);
        assertThat(state.add(100, 90, 115, Row.of(1L))).isEqualTo(Admission.LATE);
    }

    @Test
    void countsAnEventThatComesLateButInTheWindowAtOnce() {
        KeyState state = shape(10, 0).fresh();
        state.add(109, 109, Row.of(10L));
        assertThat(state.add(100, 109, Row.of(1L))).isEqualTo(Admission.ADMITTED);
        assertThat(shown(state)).containsExactly(new Shown(100, 110, false, List.of(11L)));
    }

    @Test
    void anEventOlderThanTheWindowIsCountedNowhere() {
        KeyState state = shape(10, 50).fresh();
        state.add(109, 109, Row.of(10L));
        assertThat(state.add(99, 109, Row.of(1L))).isEqualTo(Admission.ADMITTED);
        assertThat(shown(state)).isEmpty();
        assertThat(state.add(49, 109, Row.of(1L))).isEqualTo(Admission.LATE);
        assertThat(state.newestMs()).isEqualTo(109);
        state.add(110, 110, Row.of(0L));
        assertThat(shown(state)).containsExactly(new Shown(101, 111, false, List.of(10L)));
    }

    @Test
    void itsBitGoesOnUntilAllEventsHaveLeftIt() {
        KeyState state = shape(10, 0).fresh();
        state.add(100, 100, Row.of(1L));
        state.visitTouched(view -> view.set(true));
        state.add(109, 109, Row.of(1L));
        assertThat(shown(state)).allMatch(Shown::isSet);
        state.add(119, 119, Row.of(1L));
        assertThat(shown(state)).noneMatch(Shown::isSet);
    }

    @Test
    void isDroppedWhenNoEventThatIsNotLateCanReachIt() {
        StateShape shape = shape(10, 5);
        KeyState state = shape.fresh();
        state.add(100, 100, Row.of(1L));
        assertThat(state.expire(124)).isFalse();
        state.add(110 - 1, 123, Row.of(10L));
        assertThat(shown(state)).containsExactly(new Shown(100, 110, false, List.of(11L)));
        assertThat(state.expire(109 + 25)).isTrue();
    }

    @Test
    void aSumThatLeavesItsRangeFailsAndChangesNothing() {
        KeyState state = shape(10, 0).fresh();
        state.add(100, 100, Row.of(Long.MAX_VALUE));
        assertThatThrownBy(() -> state.add(109, 109, Row.of(1L)))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("sum(x)");
        assertThat(state.newestMs()).isEqualTo(100);
        state.add(101, 109, Row.of(-1L));
        assertThat(shown(state)).containsExactly(new Shown(92, 102, false, List.of(Long.MAX_VALUE - 1)));
        state.add(110, 110, Row.of(7L));
        assertThat(shown(state)).containsExactly(new Shown(101, 111, false, List.of(6L)));
    }

    /** Windows of several thousand panes, so that panes are cut many times, with disorder near the end and far from it. */
    @Test
    void staysRightOverManyPanes() {
        Random random = new Random(7);
        List<Column> columns = RandomWindows.allColumns().stream()
                .filter(column -> column.aggregation().function() != Function.STDDEV)
                .toList();
        StateShape shape = new StateShape(new Window(new Sliding(3_000, 0), 0), columns);
        RandomWindows some = new RandomWindows(random);
        KeyState state = shape.fresh();
        List<Recomputed.Raw> events = new ArrayList<>();
        for (int i = 0; i < 9_000; i++) {
            int back = random.nextInt(10) == 0 ? random.nextInt(random.nextInt(50) == 0 ? 2_900 : 40) : 0;
            Recomputed.Raw event = some.event(i - back, columns);
            events.add(event);
            state.add(event.timeMs(), i, new Row(event.arguments()));
            if (i % 501 == 500) {
                int now = i;
                state.visitTouched(view -> compare(shape, view, events, now));
            }
        }
    }

    /** All but estimates, which hold more values here than are kept exactly. */
    private static void compare(StateShape shape, WindowView view, List<Recomputed.Raw> events, int now) {
        Shown shown = Shown.of(view, shape.columns().size());
        List<Recomputed.Raw> held = events.stream()
                .filter(event -> event.timeMs() >= shown.startMs())
                .toList();
        assertThat(shown.endMs()).isBetween(now - 40L, now + 1L);
        for (int number = 0; number < shape.columns().size(); number++) {
            Column column = shape.columns().get(number);
            Object expected = Recomputed.result(column, number, held);
            switch (column.aggregation().function()) {
                case COUNT_DISTINCT ->
                    assertThat((double) (long) shown.values().get(number))
                            .as("%s", column)
                            .isBetween(0.94 * (long) expected, 1.06 * (long) expected);
                case PERCENTILE ->
                    assertThat(share(held, number, (double) shown.values().get(number)))
                            .as("%s", column)
                            .isBetween(0.88, 0.92);
                default -> Comparison.demandSame(shape, shown, held, number);
            }
        }
    }

    /** What part of the values is not above one. */
    private static double share(List<Recomputed.Raw> events, int number, double value) {
        List<Double> values = events.stream()
                .map(event -> event.arguments().get(number))
                .filter(Number.class::isInstance)
                .map(argument -> ((Number) argument).doubleValue())
                .toList();
        return (double) values.stream().filter(other -> other <= value).count() / values.size();
    }
}
