package dev.sluice.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.window.Aggregation.Function;
import dev.sluice.window.Column.Kind;
import dev.sluice.window.WindowSpec.Count;
import dev.sluice.window.WindowSpec.Tumbling;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class AggregationTest {
    private static Object result(Function function, double parameter, Kind kind, Object... values) {
        Column column = new Column("it", new Aggregation(function, parameter), kind);
        StateShape shape = new StateShape(new Window(new Tumbling(1_000_000), 0), List.of(column));
        KeyState state = shape.fresh();
        long time = 0;
        for (Object value : values) {
            state.add(time, time, Row.of(value));
            time++;
        }
        List<Shown> before = Shown.by(state::visitTouched, 1);
        KeyState read = shape.read(state.write());
        List<Shown> after = Shown.by(visitor -> read.visitClosed(1_000_000, visitor), 1);
        assertThat(after).isEqualTo(before);
        return before.get(0).values().get(0);
    }

    @ParameterizedTest
    @EnumSource(Function.class)
    void nullsGiveWhatNoValueGives(Function function) {
        Object result = result(function, function == Function.EMA ? 0.5 : 9, Kind.DOUBLE, (Object) null);
        switch (function) {
            case COUNT, COUNT_DISTINCT -> assertThat(result).isEqualTo(0L);
            case SUM -> assertThat(result).isEqualTo(0.0);
            case COLLECT -> assertThat(result).isEqualTo(List.of());
            default -> assertThat(result).isNull();
        }
    }

    @Test
    void sumsDoublesWithoutLosingSmallOnes() {
        assertThat(result(Function.SUM, 0, Kind.DOUBLE, 1e16, 1.0, -1e16)).isEqualTo(1.0);
        assertThat(result(Function.SUM, 0, Kind.DOUBLE, Double.POSITIVE_INFINITY, 1.0))
                .isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void averagesLongsBeyondTheRangeOfTheirSum() {
        assertThat(result(Function.AVG, 0, Kind.LONG, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE))
                .isEqualTo((double) Long.MAX_VALUE);
        assertThat(result(Function.AVG, 0, Kind.LONG, Long.MIN_VALUE, Long.MIN_VALUE, 5L, 1L))
                .isEqualTo(Long.MIN_VALUE / 2.0);
    }

    @Test
    void findsTheEndsOfTheRange() {
        assertThat(result(Function.MIN, 0, Kind.LONG, Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
        assertThat(result(Function.MAX, 0, Kind.LONG, Long.MIN_VALUE)).isEqualTo(Long.MIN_VALUE);
        assertThat(result(Function.MAX, 0, Kind.DOUBLE, Double.NEGATIVE_INFINITY))
                .isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void notANumberSpreads() {
        assertThat(result(Function.MIN, 0, Kind.DOUBLE, 1.0, Double.NaN, 0.0)).isEqualTo(Double.NaN);
        assertThat(result(Function.SUM, 0, Kind.DOUBLE, 1.0, Double.NaN, 0.0)).isEqualTo(Double.NaN);
        assertThat(result(Function.PERCENTILE, 50, Kind.DOUBLE, 1.0, Double.NaN))
                .isEqualTo(1.0);
    }

    @Test
    void ordersOtherValues() {
        assertThat(result(Function.MAX, 0, Kind.ANY, "a", "\uFFFF", "\uD83D\uDE00", "b"))
                .isEqualTo("\uD83D\uDE00");
        assertThat(result(Function.MIN, 0, Kind.ANY, Instant.ofEpochMilli(5), Instant.ofEpochMilli(3)))
                .isEqualTo(Instant.ofEpochMilli(3));
        assertThat(result(Function.MAX, 0, Kind.ANY, Duration.ofMillis(5), Duration.ofMillis(-3)))
                .isEqualTo(Duration.ofMillis(5));
        assertThat(result(Function.MAX, 0, Kind.ANY, false, true, false)).isEqualTo(true);
    }

    @Test
    void countsEventsOfWhichTheArgumentIsTrue() {
        assertThat(result(Function.COUNT, 0, Kind.ANY, true, false, null, true)).isEqualTo(2L);
    }

    @Test
    void movesAnAverageFromTheEarliestValueOn() {
        assertThat(result(Function.EMA, 0.25, Kind.DOUBLE, 8.0, null, 4.0)).isEqualTo(7.0);
    }

    @Test
    void measuresDeviationOfTheValuesThemselves() {
        assertThat(result(Function.STDDEV, 0, Kind.LONG, 1L, 1L, 3L, 3L)).isEqualTo(1.0);
        assertThat(result(Function.STDDEV, 0, Kind.LONG, 7L)).isEqualTo(0.0);
    }

    @Test
    void percentilesAreValuesThereAre() {
        assertThat(result(Function.PERCENTILE, 50, Kind.LONG, 4L, 1L, 3L, 2L)).isEqualTo(2.0);
        assertThat(result(Function.PERCENTILE, 0, Kind.LONG, 4L, 1L)).isEqualTo(1.0);
        assertThat(result(Function.PERCENTILE, 100, Kind.LONG, 4L, 1L)).isEqualTo(4.0);
    }

    @Test
    void collectsTheNewestOfAnyClass() {
        Object list = List.of(1L, "x");
        assertThat(result(Function.COLLECT, 3, Kind.ANY, 1L, 2.0, null, true, list))
                .isEqualTo(List.of(2.0, true, list));
    }

    @Test
    void differentValuesAreCountedWithinTheToldError() {
        for (int size : new int[] {256, 257, 1_000, 50_000}) {
            Object[] values = new Object[2 * size];
            for (int i = 0; i < values.length; i++) {
                values[i] = "value " + i % size;
            }
            long count = (Long) result(Function.COUNT_DISTINCT, 0, Kind.ANY, values);
            assertThat((double) count).isBetween(size * 0.95, size * 1.05);
            if (size <= DistinctValues.EXACT) {
                assertThat(count).isEqualTo(size);
            }
        }
    }

    @Test
    void ranksAreWithinTheToldErrorOfManyValues() {
        Random random = new Random(3);
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            values.add((double) i);
        }
        java.util.Collections.shuffle(values, random);
        double p99 = (Double) result(Function.PERCENTILE, 99, Kind.DOUBLE, values.toArray());
        assertThat(p99).isBetween(0.975 * 20_000, 20_000.0);
    }

    @Test
    void theEstimateOfDifferentValuesDoesNotDependOnTheirOrder() {
        Column column = new Column("it", Aggregation.of(Function.COUNT_DISTINCT), Kind.LONG);
        StateShape shape = new StateShape(new Window(new Count(1_000), 0), List.of(column));
        KeyState one = shape.fresh();
        KeyState other = shape.fresh();
        for (long i = 0; i < 3_000; i++) {
            one.add(i, i, Row.of(i));
            other.add(i, i, Row.of(i < 2_000 ? -i : 4_999 - i));
            if (i % 700 == 0) {
                one = shape.read(one.write());
            }
        }
        assertThat(Shown.by(one::visitTouched, 1).get(0).values())
                .isEqualTo(Shown.by(other::visitTouched, 1).get(0).values());
    }
}
