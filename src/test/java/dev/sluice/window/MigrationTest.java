package dev.sluice.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.window.Aggregation.Function;
import dev.sluice.window.Column.Kind;
import dev.sluice.window.Migration.Outcome;
import dev.sluice.window.WindowSpec.Count;
import dev.sluice.window.WindowSpec.Hopping;
import dev.sluice.window.WindowSpec.Session;
import dev.sluice.window.WindowSpec.Sliding;
import dev.sluice.window.WindowSpec.Tumbling;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MigrationTest {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final Column COUNT = column(Function.COUNT, Kind.ANY);
    private static final Column SUM = column(Function.SUM, Kind.LONG);

    private static Column column(Function function, Kind kind) {
        return new Column(function + "()", Aggregation.of(function), kind);
    }

    private static StateShape shape(WindowSpec spec, Column... columns) {
        return new StateShape(new Window(spec, 0), List.of(columns));
    }

    private static Migration between(WindowSpec before, WindowSpec after) {
        return Migration.between(shape(before, COUNT), shape(after, COUNT));
    }

    private static void kept(WindowSpec before, WindowSpec after) {
        assertThat(between(before, after)).isEqualTo(new Migration(Outcome.KEPT, 0, ""));
    }

    private static void later(WindowSpec before, WindowSpec after, long exactAfterMs) {
        Migration migration = between(before, after);
        assertThat(migration.outcome()).isEqualTo(Outcome.EXACT_LATER);
        assertThat(migration.exactAfterMs()).isEqualTo(exactAfterMs);
        assertThat(migration.reason()).isNotEmpty();
    }

    private static void reset(WindowSpec before, WindowSpec after) {
        assertThat(between(before, after).outcome()).isEqualTo(Outcome.RESET);
    }

    @Test
    void aSmallerSlidingWindowIsExactAtOnce() {
        kept(new Sliding(HOUR, 0), new Sliding(10 * MINUTE, 0));
    }

    @Test
    void aLargerSlidingWindowIsExactAfterTheDifference() {
        later(new Sliding(HOUR, 0), new Sliding(6 * HOUR, 0), 5 * HOUR);
    }

    @Test
    void aResolutionIsAddedAtOnceAndTakenAwayAfterTheSize() {
        kept(new Sliding(HOUR, 0), new Sliding(HOUR, MINUTE));
        kept(new Sliding(HOUR, MINUTE), new Sliding(HOUR, 5 * MINUTE));
        later(new Sliding(HOUR, MINUTE), new Sliding(HOUR, 0), HOUR);
    }

    @Test
    void aSlidingWindowBecomesATumblingOrHoppingOneThatIsNoLargerAtOnce() {
        kept(new Sliding(HOUR, 0), new Tumbling(HOUR));
        kept(new Sliding(HOUR, 0), new Hopping(HOUR, 5 * MINUTE));
        later(new Sliding(HOUR, 0), new Tumbling(2 * HOUR), HOUR);
    }

    @Test
    void hoppingWindowsCoverTheirSizeLessTheDistanceOfTheirStarts() {
        later(new Hopping(HOUR, 5 * MINUTE), new Tumbling(HOUR), 5 * MINUTE);
        kept(new Hopping(HOUR, 5 * MINUTE), new Hopping(30 * MINUTE, 5 * MINUTE));
        later(new Hopping(HOUR, 5 * MINUTE), new Hopping(2 * HOUR, 5 * MINUTE), HOUR + 5 * MINUTE);
    }

    @Test
    void windowsThatCutPanesAreExactOnceTheyBeginAfterTheChange() {
        later(new Tumbling(HOUR), new Tumbling(30 * MINUTE), 30 * MINUTE);
        later(new Tumbling(HOUR), new Sliding(HOUR, 0), HOUR);
        later(new Hopping(HOUR, 10 * MINUTE), new Hopping(HOUR, 5 * MINUTE), HOUR);
    }

    @Test
    void reasonsAreForAuthors() {
        assertThat(between(new Hopping(HOUR, 5 * MINUTE), new Tumbling(90 * MINUTE))
                        .reason())
                .isEqualTo("no more than the last 55m is kept, of 1h30m");
        assertThat(between(new Tumbling(HOUR), new Tumbling(2 * HOUR)).reason())
                .isEqualTo("no more than the window at hand is kept, of 2h");
        assertThat(between(new Sliding(MINUTE, 1_500), new Sliding(MINUTE, 0)).reason())
                .isEqualTo("events are kept by 1s500ms, which the windows cut in two");
        assertThat(between(new Count(5), new Tumbling(HOUR)).reason())
                .isEqualTo("count windows cannot go on as tumbling windows");
    }

    @Test
    void sessionsAndCountsGoOnAmongThemselvesOnly() {
        later(new Session(MINUTE), new Session(2 * MINUTE), 2 * MINUTE);
        later(new Session(2 * MINUTE), new Session(MINUTE), 0);
        later(new Count(10), new Count(20), 0);
        kept(new Count(20), new Count(10));
        reset(new Session(MINUTE), new Count(10));
        reset(new Session(MINUTE), new Tumbling(MINUTE));
        reset(new Sliding(MINUTE, 0), new Session(MINUTE));
        reset(new Count(5), new Sliding(MINUTE, 0));
    }

    @Test
    void anotherGraceOrOrderOfColumnsKeepsState() {
        StateShape before = new StateShape(new Window(new Tumbling(HOUR), 0), List.of(COUNT, SUM));
        StateShape after = new StateShape(new Window(new Tumbling(HOUR), MINUTE), List.of(SUM, COUNT));
        assertThat(Migration.between(before, after).outcome()).isEqualTo(Outcome.KEPT);
    }

    @Test
    void aggregatesAreTakenAwayAtOnceAndExactAfterTheWindowWhenAdded() {
        Tumbling window = new Tumbling(HOUR);
        assertThat(Migration.between(shape(window, COUNT, SUM), shape(window, SUM))
                        .outcome())
                .isEqualTo(Outcome.KEPT);
        assertThat(Migration.between(shape(window, COUNT), shape(window, COUNT, SUM)))
                .isEqualTo(new Migration(Outcome.EXACT_LATER, HOUR, "aggregates were added"));
    }

    @Test
    void anAggregateOfAnotherKindOfValueCountsAsAdded() {
        StateShape longs = shape(new Tumbling(HOUR), new Column("sum(x)", Aggregation.of(Function.SUM), Kind.LONG));
        StateShape doubles = shape(new Tumbling(HOUR), new Column("sum(x)", Aggregation.of(Function.SUM), Kind.DOUBLE));
        assertThat(Migration.between(longs, doubles).outcome()).isEqualTo(Outcome.EXACT_LATER);
    }

    @Test
    void stateGoesOnWithWhatBothShapesKeep() {
        StateShape before = shape(new Sliding(100, 0), COUNT, SUM);
        KeyState state = before.fresh();
        for (long time = 10; time <= 100; time += 10) {
            state.add(time, time, Row.of(true, time));
        }
        state.setEmittedMs(70);
        state.setNote("departures-0-9");

        KeyState after = shape(new Sliding(30, 0), SUM).read(state.write(), before);
        after.add(105, 105, Row.of(1_000L));

        assertThat(Shown.by(after::visitTouched, 1))
                .containsExactly(new Shown(76, 106, false, List.of(80L + 90 + 100 + 1_000)));
        assertThat(after.emittedMs()).isEqualTo(70);
        assertThat(after.note()).isEqualTo("departures-0-9");
        assertThat(after.newestMs()).isEqualTo(105);
    }

    @Test
    void aLargerWindowSaysFromWhenItIsExact() {
        StateShape before = shape(new Sliding(100, 0), COUNT);
        KeyState state = before.fresh();
        assertThat(state.exactFromMs()).isEqualTo(Long.MIN_VALUE);
        state.add(1_000, 1_000, Row.of(true));

        StateShape larger = shape(new Sliding(250, 0), COUNT);
        KeyState after = larger.read(state.write(), before);

        assertThat(after.exactFromMs()).isEqualTo(1_150);
        assertThat(larger.read(after.write()).exactFromMs()).isEqualTo(1_150);
    }

    @Test
    void whatAnEarlierChangeLeftInexactIsSoForLongerInALargerWindow() {
        StateShape counting = shape(new Hopping(400, 100), COUNT);
        StateShape summing = shape(new Hopping(400, 100), SUM);
        StateShape larger = shape(new Hopping(600, 100), SUM);
        KeyState state = counting.fresh();
        state.add(1_000, 1_000, Row.of(true));
        KeyState added = summing.read(state.write(), counting);
        added.add(1_100, 1_100, Row.of(7L));
        KeyState grown = larger.read(added.write(), summing);

        assertThat(added.exactFromMs()).isEqualTo(1_400);
        // The column knows events since 1,000 only, of which the last 300 ms are kept: without the first, 1,400 would
        // do.
        assertThat(grown.exactFromMs()).isEqualTo(1_600);
        assertThat(summing.read(grown.write(), larger).exactFromMs()).isEqualTo(1_600);
    }

    @Test
    void aLargerCountWindowIsExactAfterSoManyFurtherEvents() {
        StateShape before = shape(new Count(2), COUNT);
        KeyState state = before.fresh();
        state.add(1, 1, Row.of(true));
        StateShape larger = shape(new Count(3), COUNT);
        KeyState after = larger.read(state.write(), before);
        for (long time = 2; time <= 3; time++) {
            after.add(time, time, Row.of(true));
            assertThat(after.exactFromMs()).isEqualTo(Long.MAX_VALUE);
            after = larger.read(after.write());
        }
        after.add(4, 4, Row.of(true));
        assertThat(after.exactFromMs()).isEqualTo(4);
    }

    @Test
    void sessionsAreJoinedWhenTheGapGrows() {
        StateShape before = new StateShape(new Window(new Session(10), 50), List.of(COUNT));
        KeyState state = before.fresh();
        state.add(100, 100, Row.of(true));
        state.add(111, 111, Row.of(true));

        KeyState after = new StateShape(new Window(new Session(20), 50), List.of(COUNT)).read(state.write(), before);
        after.add(125, 125, Row.of(true));

        assertThat(Shown.by(after::visitTouched, 1)).containsExactly(new Shown(100, 126, false, List.of(3L)));
    }

    @Test
    void windowsThatWerePastStayPastWhenTheGraceGrows() {
        StateShape before = shape(new Tumbling(10), COUNT);
        KeyState state = before.fresh();
        state.add(5, 5, Row.of(true));
        state.visitClosed(20, view -> {});
        StateShape patient = new StateShape(new Window(new Tumbling(10), 100), List.of(COUNT));

        KeyState after = patient.read(state.write(), before);

        assertThat(after.add(6, 21, Row.of(true))).isEqualTo(KeyState.Admission.LATE);
        assertThat(after.add(14, 21, Row.of(true))).isEqualTo(KeyState.Admission.LATE);
        assertThat(after.add(20, 21, Row.of(true))).isEqualTo(KeyState.Admission.ADMITTED);
    }

    @Test
    void aWindowKeepsItsBitWhenAggregatesChange() {
        for (WindowSpec spec :
                List.of(new Tumbling(100), new Hopping(100, 50), new Sliding(100, 0), new Session(100), new Count(5))) {
            StateShape before = shape(spec, COUNT);
            KeyState state = before.fresh();
            state.add(60, 60, Row.of(true));
            state.visitTouched(view -> view.set(true));
            KeyState after = shape(spec, SUM).read(state.write(), before);
            after.add(61, 61, Row.of(1L));
            assertThat(Shown.by(after::visitTouched, 1)).as("%s", spec).allMatch(Shown::isSet);
        }
    }

    @Test
    void refusesBytesOfAShapeThatItCannotGoOnWith() {
        StateShape before = shape(new Count(2), COUNT);
        byte[] bytes = before.fresh().write();
        assertThatThrownBy(() -> shape(new Tumbling(5), COUNT).read(bytes, before))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot go on");
    }
}
