package dev.sluice.bench;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.IntToLongFunction;
import org.HdrHistogram.Histogram;

/**
 * When each event was sent and its alert received, and whether each event has exactly the alerts that one version gives.
 *
 * <p>Threading: {@link #sent} by the sending thread, {@link #received} by the receiving one; everything else when both
 * have ended.
 */
final class AlertLedger {
    private static final byte TOO_MANY = 100;

    private final int rules;
    private final AtomicLongArray sentNanos;
    private final long[] receivedNanos;
    private final long[] versions;
    private final byte[] every;
    private final byte[] late;
    private final byte[] rare;
    private long alerts;
    private long strays;

    /** @param events how many there may be */
    AlertLedger(int rules, int events) {
        this.rules = rules;
        this.sentNanos = new AtomicLongArray(events);
        this.receivedNanos = new long[events];
        this.versions = new long[events];
        this.every = new byte[events];
        this.late = new byte[events];
        this.rare = new byte[events];
    }

    /** What was found wrong; all zero when every event was evaluated once, by one version. */
    record Exactness(int events, long alerts, int versions, long missing, long repeated, long unexpected, long mixed) {
        boolean holds() {
            return missing + repeated + unexpected + mixed == 0;
        }

        @Override
        public String toString() {
            return "%,d events, %,d alerts, %d versions seen: %d missing, %d repeated, %d unexpected, %d of mixed versions"
                    .formatted(events, alerts, versions, missing, repeated, unexpected, mixed);
        }
    }

    int capacity() {
        return receivedNanos.length;
    }

    void sent(int number, long nanos) {
        sentNanos.set(number, nanos);
    }

    long sentNanos(int number) {
        return sentNanos.get(number);
    }

    long receivedNanos(int number) {
        return receivedNanos[number];
    }

    void received(int number, String rule, long version, long nanos) {
        alerts++;
        if (versions[number] == 0) {
            versions[number] = version;
        } else if (versions[number] != version) {
            versions[number] = -1;
        }
        if (rule.equals(BenchRules.EVERY)) {
            receivedNanos[number] = nanos;
            count(every, number);
        } else if (rule.equals(BenchRules.LATE)) {
            count(late, number);
        } else if (rule.equals(BenchRules.rareRule(number, rules))) {
            count(rare, number);
        } else {
            strays++;
        }
    }

    private static void count(byte[] counts, int number) {
        if (counts[number] < TOO_MANY) {
            counts[number]++;
        }
    }

    /**
     * Time to receipt in nanoseconds, of the events {@code from} (inclusive) to {@code to}.
     *
     * @param beginNanos of an event, in {@link System#nanoTime}
     */
    Histogram latencies(int from, int to, IntToLongFunction beginNanos) {
        Histogram histogram = new Histogram(3);
        for (int number = from; number < to; number++) {
            if (every[number] > 0) {
                histogram.recordValue(Math.max(0, receivedNanos[number] - beginNanos.applyAsLong(number)));
            }
        }
        return histogram;
    }

    /** Checks the first {@code events}. */
    Exactness check(int events) {
        long missing = 0;
        long repeated = 0;
        long unexpected = strays;
        long mixed = 0;
        Set<Long> seen = new HashSet<>();
        for (int number = 0; number < events; number++) {
            seen.add(versions[number]);
            if (versions[number] < 0) {
                mixed++;
            }
            int[] found = {every[number], late[number], rare[number]};
            int[] expected = {
                1,
                BenchRules.isLate(number, versions[number]) ? 1 : 0,
                BenchRules.rareRule(number, rules).isEmpty() ? 0 : 1
            };
            for (int rule = 0; rule < found.length; rule++) {
                missing += Math.max(0, expected[rule] - found[rule]);
                int more = Math.max(0, found[rule] - expected[rule]);
                repeated += expected[rule] == 0 ? 0 : more;
                unexpected += expected[rule] == 0 ? more : 0;
            }
        }
        return new Exactness(events, alerts, seen.size(), missing, repeated, unexpected, mixed);
    }
}
