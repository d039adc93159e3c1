package dev.sluice.deployment;

import java.util.Arrays;

/**
 * How long evaluations took, counted in buckets, four a doubling: a quantile is the longest time of its bucket, which is up to
 * 19 % (a fourth root of two) more than the time that was taken. Counts add up over threads and instances. Immutable.
 */
public final class Latencies {
    /** From 16 ns to 68 s, four a doubling. */
    public static final int BUCKETS = 33 * 4;

    private static final int FIRST_BITS = 4;
    private static final int SCALE_BITS = 61;

    /** 2^61 times the fourth root of two, its square and its cube, rounded up. */
    private static final long[] QUARTERS = {
        2_742_124_912_636_209_756L, 3_260_954_456_333_195_554L, 3_877_950_241_171_266_238L
    };

    public static final Latencies NONE = new Latencies(new long[BUCKETS]);

    private final long[] counts;

    private Latencies(long[] counts) {
        this.counts = counts;
    }

    /**
     * Counts as they were taken.
     *
     * @param counts by bucket; fewer than {@link #BUCKETS}: the rest is 0; more are left out
     */
    public static Latencies of(long[] counts) {
        return new Latencies(Arrays.copyOf(counts, BUCKETS));
    }

    /**
     * The number of the bucket that a time in nanoseconds belongs to; shorter and longer ones belong to the first and the last.
     * Example: 100 ns are 16 ns doubled 2.64 times, so they are of bucket 10.
     */
    public static int bucket(long nanos) {
        long time = Math.max(nanos, 1L << FIRST_BITS);
        int bits = 63 - Long.numberOfLeadingZeros(time);
        long scaled = time << (SCALE_BITS - bits);
        int quarter = scaled < QUARTERS[0] ? 0 : scaled < QUARTERS[1] ? 1 : scaled < QUARTERS[2] ? 2 : 3;
        return Math.min((bits - FIRST_BITS) * 4 + quarter, BUCKETS - 1);
    }

    /** The least time in nanoseconds that no longer belongs to a bucket. */
    static long end(int bucket) {
        int bits = FIRST_BITS + bucket / 4;
        int quarter = bucket % 4;
        if (quarter == 3) {
            return 1L << (bits + 1);
        }
        int shift = SCALE_BITS - bits;
        return (QUARTERS[quarter] + (1L << shift) - 1) >> shift;
    }

    public long[] counts() {
        return counts.clone();
    }

    public long total() {
        return Arrays.stream(counts).sum();
    }

    public Latencies plus(Latencies other) {
        long[] sums = counts.clone();
        for (int i = 0; i < sums.length; i++) {
            sums[i] += other.counts[i];
        }
        return new Latencies(sums);
    }

    Latencies minus(Latencies other) {
        long[] rest = counts.clone();
        for (int i = 0; i < rest.length; i++) {
            rest[i] = Math.max(0, rest[i] - other.counts[i]);
        }
        return new Latencies(rest);
    }

    /**
     * The time in nanoseconds that so large a share of the evaluations did not take longer than; 0 when there were none.
     *
     * @param share above 0, at most 1
     */
    public long quantile(double share) {
        long wanted = (long) Math.ceil(total() * share);
        long seen = 0;
        for (int i = 0; i < counts.length && wanted > 0; i++) {
            seen += counts[i];
            if (seen >= wanted) {
                return end(i) - 1;
            }
        }
        return 0;
    }

    /** How many may have taken longer: those of the bucket that the time belongs to count. */
    long over(long nanos) {
        long over = 0;
        for (int i = bucket(nanos); i < counts.length; i++) {
            over += counts[i];
        }
        return over;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Latencies that && Arrays.equals(counts, that.counts);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(counts);
    }

    @Override
    public String toString() {
        return total() + " evaluations, p99 " + quantile(0.99) + " ns";
    }
}
