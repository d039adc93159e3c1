package dev.sluice.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class HealthHistoryTest {
    private static final Instant START = Instant.parse("2026-12-01T12:00:00Z");

    private final HealthHistory history = new HealthHistory(START);

    private static Figures figures(long evaluations, long errors) {
        return new Figures(evaluations, errors, 0, 0, 0, 0, Latencies.NONE);
    }

    private static Instant at(long seconds) {
        return START.plusSeconds(seconds);
    }

    private void report(String instance, long evaluations, long errors) {
        history.report(instance, Map.of(2L, figures(evaluations, errors)));
    }

    private long since(long seconds) {
        return history.since(at(seconds), 2).evaluations();
    }

    @Test
    void whatAnInstanceDidBeforeItWasHeardOfIsNotKnown() {
        report("a/1", 1_000, 500);
        assertThat(since(0)).isZero();
        report("a/1", 1_100, 501);
        assertThat(history.since(at(0), 2)).isEqualTo(figures(100, 1));
        assertThat(history.since(at(0), 1)).isEqualTo(Figures.NONE);
    }

    @Test
    void sumsUpTheInstancesSinceAnyTime() {
        report("a/1", 0, 0);
        report("b/1", 0, 0);
        for (int second = 1; second <= 100; second++) {
            report("a/1", second * 10L, 0);
            report("b/1", second * 20L, second);
            history.mark(at(second));
        }
        assertThat(history.since(at(0), 2)).isEqualTo(figures(3_000, 100));
        assertThat(history.since(at(99), 2)).isEqualTo(figures(30, 1));
        assertThat(history.since(at(100), 2)).isEqualTo(Figures.NONE);
        assertThat(history.since(at(-5), 2)).isEqualTo(figures(3_000, 100));
    }

    @Test
    void aRestartLosesNothingAndCountsNothingTwice() {
        report("a/1", 0, 0);
        report("a/1", 500, 5);
        history.mark(at(1));
        report("a/2", 0, 0);
        history.mark(at(2));
        report("a/2", 30, 0);
        assertThat(history.since(at(0), 2)).isEqualTo(figures(530, 5));
        assertThat(history.since(at(1), 2)).isEqualTo(figures(30, 0));
    }

    @Test
    void whatAnInstanceDidStaysWhenItIsForgotten() {
        report("a/1", 0, 0);
        report("a/1", 500, 5);
        history.forget("a/1");
        assertThat(history.since(at(0), 2)).isEqualTo(figures(500, 5));
        report("a/1", 700, 5);
        assertThat(history.since(at(0), 2)).isEqualTo(figures(500, 5));
    }

    @Test
    void aReportThatComesTwiceCountsOnce() {
        report("a/1", 0, 0);
        report("a/1", 500, 5);
        report("a/1", 500, 5);
        assertThat(history.since(at(0), 2)).isEqualTo(figures(500, 5));
    }

    @Test
    void countersThatBeginAnewInventNothing() {
        report("a/1", 0, 0);
        report("a/1", 500, 5);
        report("a/1", 20, 20);
        assertThat(history.since(at(0), 2)).isEqualTo(figures(500, 5));
        report("a/1", 30, 21);
        assertThat(history.since(at(0), 2)).isEqualTo(figures(510, 6));
    }

    @Test
    void aClockThatGoesBackIsWaitedFor() {
        report("a/1", 0, 0);
        report("a/1", 10, 0);
        history.mark(at(10));
        report("a/1", 30, 0);
        history.mark(at(5));
        assertThat(since(10)).isEqualTo(20);
        history.mark(at(11));
        assertThat(since(11)).isZero();
    }

    /** Against all readings: the start of a span is off by 2 % of the span, and no more than it was between two marks. */
    @Test
    void theStartOfASpanIsOffByFewPercentOfTheSpan() {
        long seed = Long.getLong("sluice.seed", System.nanoTime());
        System.out.println("HealthHistoryTest: -Dsluice.seed=" + seed);
        Random random = new Random(seed);
        TreeMap<Long, Long> all = new TreeMap<>();
        all.put(0L, 0L);
        report("a/1", 0, 0);
        long total = 0;
        long ms = 0;
        for (int i = 0; i < 20_000; i++) {
            ms += 100 + random.nextInt(400);
            total += random.nextInt(50);
            report("a/1", total, 0);
            history.mark(START.plusMillis(ms));
            all.put(ms, total);
        }
        assertThat(history.samples()).isLessThan(700);
        for (int i = 0; i < 2_000; i++) {
            long then = (long) (random.nextDouble() * ms);
            long span = ms - then;
            long least = total - all.floorEntry(then).getValue();
            long most =
                    total - all.floorEntry(Math.max(0, then - span / 50 - 600)).getValue();
            assertThat(history.since(START.plusMillis(then), 2).evaluations())
                    .as("seed %d, the last %d ms", seed, span)
                    .isBetween(least, most);
        }
    }

    @Test
    void versionsThatNobodyReportsAreForgottenInTheEnd() {
        for (long version = 1; version < 500; version++) {
            Map<Long, Figures> counters = new HashMap<>();
            counters.put(version, Figures.NONE);
            history.report("a/1", counters);
            counters.put(version, figures(10, 0));
            history.report("a/1", counters);
            history.mark(at(version));
        }
        assertThat(history.since(at(0), 1)).isEqualTo(Figures.NONE);
        assertThat(history.since(at(0), 499)).isEqualTo(figures(10, 0));
        assertThat(history.since(START.minus(Duration.ofDays(1)), 490)).isEqualTo(figures(10, 0));
    }
}
