package dev.sluice.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FiguresTest {
    private static final Latencies ONE = Latencies.of(new long[] {0, 3});

    @Test
    void ratesAndAveragesAreOfWhatWasCounted() {
        Figures figures = new Figures(200, 3, 1, 50, 4, 10_000, Latencies.of(new long[] {0, 0, 4}));
        assertThat(figures.errorRate()).isEqualTo(0.015);
        assertThat(figures.alertRate()).isEqualTo(0.25);
        assertThat(figures.averageNanos()).isEqualTo(2_500);
        assertThat(figures.p99Nanos()).isEqualTo(Latencies.end(2) - 1);
    }

    @Test
    void ofNothingAllIsZero() {
        assertThat(Figures.NONE.errorRate()).isZero();
        assertThat(Figures.NONE.alertRate()).isZero();
        assertThat(Figures.NONE.averageNanos()).isZero();
        assertThat(Figures.NONE.p99Nanos()).isZero();
    }

    @Test
    void eachPartIsAddedAndTakenAway() {
        Figures a = new Figures(1, 2, 3, 4, 5, 6, ONE);
        Figures b = new Figures(10, 20, 30, 40, 50, 60, Latencies.of(new long[] {7}));
        assertThat(a.plus(b)).isEqualTo(new Figures(11, 22, 33, 44, 55, 66, Latencies.of(new long[] {7, 3})));
        assertThat(a.plus(b).minus(b)).isEqualTo(a);
        assertThat(a.minus(a.plus(b))).isEqualTo(Figures.NONE);
        Figures sum = IntStream.range(0, 10).mapToObj(i -> a).reduce(Figures.NONE, Figures::plus);
        assertThat(sum).isEqualTo(new Figures(10, 20, 30, 40, 50, 60, Latencies.of(new long[] {0, 30})));
    }
}
