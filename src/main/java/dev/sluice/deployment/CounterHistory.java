package dev.sluice.deployment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counters of many things over time, from what instances report. An instance that starts anew begins its counters at 0; what it
 * had counted before is not lost. Not persisted: who takes over knows nothing of the past.
 *
 * <p>The further back, the fewer readings are kept: one for each fiftieth of its age, so the start of a span is off by 2 % of
 * the span at most, and months fit into some hundred readings.
 *
 * <p>Threading: confined to one thread.
 *
 * @param <K> what the counters are of
 */
final class CounterHistory<K, C extends Counters<C>> {
    private static final int PARTS_OF_AGE = 50;

    private final C none;
    private final int keysMax;
    private final Instant begun;
    private final Map<String, Map<K, C>> read = new HashMap<>();
    private final Map<K, C> sums = new HashMap<>();
    private List<Sample<K, C>> samples = new ArrayList<>();
    private boolean changed;

    private record Sample<K, C>(Instant at, long ms, Map<K, C> sums) {
        Sample(Instant at, Map<K, C> sums) {
            this(at, at.toEpochMilli(), sums);
        }
    }

    /**
     * @param begun when its owner began to look
     * @param none counters at 0
     * @param keysMax how many are remembered that nobody reports any more
     */
    CounterHistory(Instant begun, C none, int keysMax) {
        this.begun = begun;
        this.none = none;
        this.keysMax = keysMax;
        samples.add(new Sample<>(begun, Map.of()));
    }

    /** Nothing from before is known. */
    Instant begun() {
        return begun;
    }

    /**
     * Takes in a report.
     *
     * @param instance the instance and its start: what tells two runs of one process apart
     * @param counters since that start
     */
    void report(String instance, Map<K, C> counters) {
        Map<K, C> before = read.put(instance, Map.copyOf(counters));
        // What an instance counted before it was first heard of happened at a time that is not known.
        if (before != null && !before.equals(counters)) {
            counters.forEach((key, now) -> sums.merge(key, gain(before.getOrDefault(key, none), now), C::plus));
            changed = true;
        }
    }

    /** Counters that shrank were begun anew, it is not known when. */
    private C gain(C before, C now) {
        return now.isBegunAnewSince(before) ? none : now.minus(before);
    }

    /** What an instance said last; null before its first report. */
    @Nullable Map<K, C> last(String instance) {
        return read.get(instance);
    }

    void forget(String instance) {
        read.remove(instance);
    }

    /** Marks the present; called at each look. A clock that goes back is waited for. */
    void mark(Instant now) {
        if (changed && !now.isBefore(samples.get(samples.size() - 1).at())) {
            leaveOutOld();
            samples.add(new Sample<>(now, Map.copyOf(sums)));
            changed = false;
            thinOut(now);
        }
    }

    private void leaveOutOld() {
        if (sums.size() > keysMax) {
            Set<K> reported = new HashSet<>();
            read.values().forEach(counters -> reported.addAll(counters.keySet()));
            sums.keySet().retainAll(reported);
        }
    }

    private void thinOut(Instant now) {
        long nowMs = now.toEpochMilli();
        List<Sample<K, C>> kept = new ArrayList<>();
        kept.add(samples.get(0));
        for (int i = 1; i < samples.size(); i++) {
            boolean isLast = i == samples.size() - 1;
            if (isLast || !spans(kept.get(kept.size() - 1), samples.get(i + 1), nowMs)) {
                kept.add(samples.get(i));
            }
        }
        samples = kept;
    }

    /** Whether two readings stand so close, for their age, that none is needed between them. */
    private static boolean spans(Sample<?, ?> from, Sample<?, ?> to, long nowMs) {
        return (to.ms() - from.ms()) * PARTS_OF_AGE <= nowMs - to.ms();
    }

    /** How many readings are kept. */
    int samples() {
        return samples.size();
    }

    /** All that was counted so far. */
    Map<K, C> sums() {
        return sums;
    }

    /** What had been counted by then, as far as it is known. */
    Map<K, C> at(Instant then) {
        for (int i = samples.size() - 1; i >= 0; i--) {
            if (!samples.get(i).at().isAfter(then)) {
                return samples.get(i).sums();
            }
        }
        return Map.of();
    }

    /** What was counted since then, as far as it is known. */
    C since(Instant then, K key) {
        return sums.getOrDefault(key, none).minus(at(then).getOrDefault(key, none));
    }
}
