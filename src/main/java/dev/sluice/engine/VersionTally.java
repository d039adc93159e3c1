package dev.sluice.engine;

import dev.sluice.ruleset.Ruleset;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;

/** What one version did on one thread. Written by that thread only; anyone reads. */
final class VersionTally {
    private static final long SERVES = Long.MIN_VALUE;
    private static final int ERRORS = 0;
    private static final int ALERTS = 1;

    private final Name name;
    private final AtomicLongArray counts = new AtomicLongArray(2);
    /** Of combinations that are no more, as a {@link Tally} counts. */
    private final AtomicLongArray before = Tally.nothing();

    private final Map<String, OfRule> rules = new ConcurrentHashMap<>();
    private volatile long goneSinceNs = SERVES;

    record Name(String ruleset, long version) {
        static Name of(Ruleset ruleset) {
            return new Name(ruleset.name(), ruleset.version());
        }
    }

    VersionTally(Name name) {
        this.name = name;
    }

    Name name() {
        return name;
    }

    void serves() {
        goneSinceNs = SERVES;
    }

    void leaves(long nowNs) {
        if (goneSinceNs == SERVES) {
            goneSinceNs = nowNs;
        }
    }

    boolean isServing() {
        return goneSinceNs == SERVES;
    }

    boolean isGoneFor(long ns, long nowNs) {
        return goneSinceNs != SERVES && nowNs - goneSinceNs > ns;
    }

    void add(AtomicLongArray combination) {
        for (int i = 0; i < combination.length(); i++) {
            Tally.add(before, i, combination.getPlain(i));
        }
    }

    void failed() {
        Tally.add(counts, ERRORS, 1);
    }

    void alerted() {
        Tally.add(counts, ALERTS, 1);
    }

    OfRule rule(String id) {
        OfRule known = rules.get(id);
        return known == null ? rules.computeIfAbsent(id, rule -> new OfRule()) : known;
    }

    long errors() {
        return counts.get(ERRORS);
    }

    long alerts() {
        return counts.get(ALERTS);
    }

    AtomicLongArray before() {
        return before;
    }

    Map<String, OfRule> rules() {
        return rules;
    }

    /** What one rule did: matches, errors, timeouts, alerts, nanoseconds. */
    static final class OfRule {
        static final int COUNTS = 5;
        private static final int MATCHES = 0;
        private static final int ERRORS = 1;
        private static final int TIMEOUTS = 2;
        private static final int ALERTS = 3;
        private static final int NANOS = 4;

        private final AtomicLongArray counts = new AtomicLongArray(COUNTS);

        void matched() {
            Tally.add(counts, MATCHES, 1);
        }

        void failed() {
            Tally.add(counts, ERRORS, 1);
        }

        void alerted() {
            Tally.add(counts, ALERTS, 1);
        }

        /** An evaluation in which it had a part took so long. */
        void spent(long nanos) {
            Tally.add(counts, NANOS, nanos);
        }

        /** It alone took longer than an evaluation may. */
        void timedOut() {
            Tally.add(counts, TIMEOUTS, 1);
        }

        void addTo(long[] sums) {
            for (int i = 0; i < COUNTS; i++) {
                sums[i] += counts.get(i);
            }
        }
    }
}
