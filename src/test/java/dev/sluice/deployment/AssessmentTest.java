package dev.sluice.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deployment.HealthPolicy.OnBreach;
import java.time.Duration;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AssessmentTest {
    private static final HealthPolicy POLICY = HealthPolicy.DEFAULT;

    /** Evaluations of which each takes a time that its number tells, in microseconds. */
    private static Figures figures(long evaluations, long errors, LongUnaryOperator micros) {
        long[] counts = new long[Latencies.BUCKETS];
        long nanos = 0;
        for (long i = 0; i < evaluations; i++) {
            long one = micros.applyAsLong(i) * 1_000;
            counts[Latencies.bucket(one)]++;
            nanos += one;
        }
        return new Figures(evaluations, errors, 0, 0, evaluations, nanos, Latencies.of(counts));
    }

    private static Figures steady(long evaluations, long errors, long micros) {
        return figures(evaluations, errors, i -> micros);
    }

    private static Figures withTimeouts(Figures of, long timeouts) {
        return new Figures(
                of.evaluations(), of.errors(), timeouts, of.alerts(), of.measured(), of.nanos(), of.latencies());
    }

    private static String word(Verdict verdict) {
        return verdict.getClass().getSimpleName();
    }

    @ParameterizedTest
    @CsvSource({
        // Under the minimum sample nothing is judged, however bad it is.
        "99, 99, Inconclusive",
        "0, 0, Inconclusive",
        "100, 0, Pass",
        "100, 1, Pass",
        "1000, 10, Pass",
        // More than the bound, but so few that it may be chance.
        "100, 2, Inconclusive",
        "1000, 15, Inconclusive",
        "100, 5, Fail",
        "1000, 25, Fail",
        "10000, 150, Fail",
        "100, 100, Fail"
    })
    void judgesTheErrorRate(long evaluations, long errors, String expected) {
        assertThat(word(Assessment.of(POLICY, steady(evaluations, errors, 100), Figures.NONE)))
                .isEqualTo(expected);
    }

    @Test
    void namesTheBoundAndWhatWasSeen() {
        assertThat(Assessment.of(POLICY, steady(100, 5, 100), Figures.NONE))
                .isEqualTo(new Verdict.Fail("5.00 % of 100 evaluations failed, more than 1.00 %"));
        assertThat(Assessment.of(POLICY, steady(100, 2, 100), Figures.NONE))
                .isEqualTo(new Verdict.Inconclusive(
                        "2.00 % of 100 evaluations failed, more than 1.00 %, which may be chance"));
        assertThat(Assessment.of(POLICY, steady(40, 40, 100), Figures.NONE))
                .isEqualTo(new Verdict.Inconclusive("40 evaluations, of 100 to judge by"));
        assertThat(Assessment.of(POLICY, withTimeouts(steady(500, 0, 100), 101), Figures.NONE))
                .isEqualTo(new Verdict.Fail("101 evaluations were over their time budget, more than 100"));
        assertThat(Assessment.of(POLICY, steady(500, 0, 11_000), Figures.NONE))
                .isEqualTo(new Verdict.Fail("an evaluation takes 11000.0 us on average, more than 10000.0 us"));
    }

    @Test
    void timeoutsCountFromTheMinimumSampleOn() {
        HealthPolicy strict = new HealthPolicy(
                0.01, Duration.ofMillis(10), 10, 2, 1.5, 100, Duration.ofMinutes(1), OnBreach.ROLLBACK);
        assertThat(word(Assessment.of(strict, withTimeouts(steady(99, 0, 100), 50), Figures.NONE)))
                .isEqualTo("Inconclusive");
        assertThat(word(Assessment.of(strict, withTimeouts(steady(100, 0, 100), 10), Figures.NONE)))
                .isEqualTo("Pass");
        assertThat(word(Assessment.of(strict, withTimeouts(steady(100, 0, 100), 11), Figures.NONE)))
                .isEqualTo("Fail");
    }

    @ParameterizedTest
    @CsvSource({
        // candidate errors of 10,000; stable errors of 10,000
        "150, 30, Fail",
        "90, 30, Pass",
        "60, 30, Pass",
        "40, 0, Fail",
        "3, 0, Pass",
        "80, 60, Pass"
    })
    void comparesErrorsWithTheStableVersion(long errors, long stable, String expected) {
        assertThat(word(Assessment.of(POLICY, steady(10_000, errors, 100), steady(10_000, stable, 100))))
                .isEqualTo(expected);
    }

    @Test
    void comparesNothingWithAStableVersionThatDidTooLittle() {
        assertThat(word(Assessment.of(POLICY, steady(10_000, 90, 900), steady(99, 0, 100))))
                .isEqualTo("Pass");
    }

    @ParameterizedTest
    @CsvSource({"400, 800, Fail", "400, 500, Pass", "5000, 5200, Pass", "20, 40, Pass", "100, 200, Fail"})
    void comparesLatencyWithTheStableVersion(long stable, long candidate, String expected) {
        assertThat(word(Assessment.of(POLICY, steady(1_000, 0, candidate), steady(1_000, 0, stable))))
                .isEqualTo(expected);
    }

    @Test
    void seesAVersionThatIsSlowForEveryTenthEventOnly() {
        Figures candidate = figures(2_000, 0, i -> i % 10 == 0 ? 3_000 : 100);
        assertThat(word(Assessment.of(POLICY, candidate, steady(2_000, 0, 100))))
                .isEqualTo("Fail");
    }

    @Test
    void blamesNoVersionForAPauseOfItsProcess() {
        Figures paused = figures(200, 0, i -> i < 8 ? 3_000_000 : 100);
        assertThat(word(Assessment.of(POLICY, paused, steady(4_000, 0, 100)))).isEqualTo("Pass");
        assertThat(word(Assessment.of(POLICY, paused, Figures.NONE))).isEqualTo("Pass");
    }

    @Test
    void comparesNothingWhenTheFactorsAreZero() {
        assertThat(word(Assessment.of(HealthPolicy.DEVELOPMENT, steady(10_000, 900, 9_000), steady(10_000, 0, 100))))
                .isEqualTo("Pass");
    }

    /** Of two versions that are equal one is hardly ever blamed: at most 3 times in 1,000. */
    @Test
    void hardlyEverBlamesAnEqual() {
        Random random = new Random(11);
        int blamed = 0;
        for (int i = 0; i < 5_000; i++) {
            double rate = random.nextDouble() * 0.008;
            Figures candidate = random(random, 100 + random.nextInt(3_000), rate);
            Figures stable = random(random, 100 + random.nextInt(20_000), rate);
            blamed += Assessment.of(POLICY, candidate, stable) instanceof Verdict.Fail ? 1 : 0;
        }
        assertThat(blamed).isLessThan(15);
    }

    private static Figures random(Random random, long evaluations, double rate) {
        long errors = 0;
        for (long i = 0; i < evaluations; i++) {
            errors += random.nextDouble() < rate ? 1 : 0;
        }
        return new Figures(evaluations, errors, 0, 0, 0, 0, Latencies.NONE);
    }
}
