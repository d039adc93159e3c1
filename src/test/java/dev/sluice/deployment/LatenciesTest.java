package dev.sluice.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LatenciesTest {

    private static Latencies of(long... nanos) {
        long[] counts = new long[Latencies.BUCKETS];
        for (long one : nanos) {
            counts[Latencies.bucket(one)]++;
        }
        return Latencies.of(counts);
    }

    @Test
    void aBucketEndsWhereTheNextBegins() {
        for (int bucket = 0; bucket < Latencies.BUCKETS; bucket++) {
            long end = Latencies.end(bucket);
            assertThat(Latencies.bucket(end - 1)).isEqualTo(bucket);
            assertThat(Latencies.bucket(end)).isEqualTo(Math.min(bucket + 1, Latencies.BUCKETS - 1));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-1, 0",
        "16, 0",
        "19, 0",
        "20, 1",
        "32, 4",
        "100, 10",
        "1000000, 63",
        "9223372036854775807, 131"
    })
    void timesOutsideBelongToTheFirstAndTheLast(long nanos, int bucket) {
        assertThat(Latencies.bucket(nanos)).isEqualTo(bucket);
    }

    @Test
    void aQuantileIsAtMostNineteenPercentTooLong() {
        Random random = new Random(3);
        for (int i = 0; i < 2_000; i++) {
            long[] nanos = new long[1 + random.nextInt(300)];
            Arrays.setAll(nanos, n -> 16 + (long) Math.exp(random.nextDouble() * 24));
            Latencies latencies = of(nanos);
            Arrays.sort(nanos);
            for (double share : new double[] {0.01, 0.5, 0.9, 0.99, 1}) {
                long exact = nanos[(int) Math.ceil(nanos.length * share) - 1];
                assertThat((double) latencies.quantile(share)).isBetween((double) exact, exact * 1.1893);
            }
        }
    }

    @Test
    void countsAddUpAndAreTakenAway() {
        Latencies one = of(20, 1_000, 5_000);
        Latencies both = one.plus(of(20, 7_000_000));
        assertThat(both.total()).isEqualTo(5);
        assertThat(both.minus(one)).isEqualTo(of(20, 7_000_000)).hasSameHashCodeAs(of(20, 7_000_000));
        assertThat(one.minus(both)).isEqualTo(Latencies.NONE);
        assertThat(Latencies.NONE.quantile(0.99)).isZero();
        assertThat(both).hasToString("5 evaluations, p99 " + both.quantile(0.99) + " ns");
    }

    @Test
    void shorterAndLongerCountsAreTaken() {
        assertThat(Latencies.of(new long[] {1, 2}).total()).isEqualTo(3);
        long[] tooMany = new long[Latencies.BUCKETS + 5];
        Arrays.fill(tooMany, 1);
        assertThat(Latencies.of(tooMany).total()).isEqualTo(Latencies.BUCKETS);
    }

    @Test
    void whatIsGivenOutAndTakenInIsACopy() {
        long[] counts = {1, 2, 3};
        Latencies latencies = Latencies.of(counts);
        counts[0] = 100;
        latencies.counts()[1] = 100;
        assertThat(latencies.total()).isEqualTo(6);
    }

    @Test
    void tellsHowManyMayHaveTakenLonger() {
        Latencies latencies = of(100, 200, 10_000, 11_000, 50_000);
        assertThat(latencies.over(10_000)).isEqualTo(3);
        assertThat(latencies.over(20_000)).isEqualTo(1);
        assertThat(latencies.over(0)).isEqualTo(5);
        assertThat(latencies.over(1_000_000)).isZero();
    }
}
