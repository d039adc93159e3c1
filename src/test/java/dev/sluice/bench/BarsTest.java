package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.bench.Bar.Demand;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class BarsTest {
    @Test
    void aBarIsMetUpToItsLimit() {
        assertThat(row(Demand.atMost(3, "x"), 3)).endsWith("| met |");
        assertThat(row(Demand.atMost(3, "x"), 3.3)).endsWith("| **missed** by 10 % |");
        assertThat(row(Demand.atMost(3, "x"), 30)).endsWith("| **missed**: 10 times the bar |");
        assertThat(row(Demand.atLeast(20, "x"), 20)).endsWith("| met |");
        assertThat(row(Demand.atLeast(20, "x"), 15)).endsWith("| **missed** by 25 % |");
    }

    @Test
    void whatWasNotMeasuredIsNeitherMetNorMissed() {
        assertThat(Bars.table(new Figures())).doesNotContain("| met |").doesNotContain("missed");
    }

    @Test
    void ratiosAreOfTheFiguresOfOneRun() {
        Figures figures = new Figures();
        figures.put("IndexBenchmark.sluice matches=1 mix=EQ rules=10000", 50);
        figures.put("IndexBenchmark.handMadeIndex matches=1 mix=EQ rules=10000", 10);

        assertThat(Bars.table(figures).lines())
                .contains("| 10,000 equality rules, against the hand-made index | 50 : 10 | 5.00x | at most 4.00x"
                        + " | **missed** by 25 % |")
                .contains("| 10,000 equality rules |  | 50 ns | at most 60 ns | met |");
    }

    private static String row(Demand demand, double value) {
        return new Bar("what", "", OptionalDouble.of(value), demand).row();
    }
}
