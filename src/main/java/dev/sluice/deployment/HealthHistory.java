package dev.sluice.deployment;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The figures of all versions of a ruleset over time, from the counters that instances report. An instance that starts anew
 * begins its counters at 0; what it had counted before is not lost. Not persisted: who takes over knows nothing of the past,
 * and judges it inconclusive.
 *
 * <p>The further back, the fewer readings are kept: one for each fiftieth of its age, so the start of a span is off by 2 % of
 * the span at most, and months fit into some hundred readings.
 *
 * <p>Threading: confined to one thread.
 */
public final class HealthHistory {
    private static final int PARTS_OF_AGE = 50;
    private static final int VERSIONS_MAX = 32;

    private final Instant begun;
    private final Map<String, Map<Long, Figures>> read = new HashMap<>();
    private final Map<Long, Figures> sums = new HashMap<>();
    private List<Sample> samples = new ArrayList<>();
    private boolean changed;

    private record Sample(Instant at, Map<Long, Figures> sums) {}

    /** @param begun when its owner began to look */
    public HealthHistory(Instant begun) {
        this.begun = begun;
        samples.add(new Sample(begun, Map.of()));
    }

    /** Nothing from before is known. */
    Instant begun() {
        return begun;
    }

    /**
     * Takes in a report.
     *
     * @param instance the instance and its start: what tells two runs of one process apart
     * @param counters by version, since that start
     */
    public void report(String instance, Map<Long, Figures> counters) {
        Map<Long, Figures> before = read.put(instance, Map.copyOf(counters));
        // What an instance counted before it was first heard of happened at a time that is not known.
        if (before != null && !before.equals(counters)) {
            counters.forEach((version, now) ->
                    sums.merge(version, gain(before.getOrDefault(version, Figures.NONE), now), Figures::plus));
            changed = true;
        }
    }

    /** Counters that shrank were begun anew, it is not known when. */
    private static Figures gain(Figures before, Figures now) {
        return now.evaluations() < before.evaluations() ? Figures.NONE : now.minus(before);
    }

    public void forget(String instance) {
        read.remove(instance);
    }

    /** Marks the present; called at each look. A clock that goes back is waited for. */
    public void mark(Instant now) {
        if (changed && !now.isBefore(last().at())) {
            leaveOutOldVersions();
            samples.add(new Sample(now, Map.copyOf(sums)));
            changed = false;
            thinOut(now);
        }
    }

    private Sample last() {
        return samples.get(samples.size() - 1);
    }

    private void leaveOutOldVersions() {
        if (sums.size() > VERSIONS_MAX) {
            Set<Long> reported = new HashSet<>();
            read.values().forEach(counters -> reported.addAll(counters.keySet()));
            sums.keySet().retainAll(reported);
        }
    }

    private void thinOut(Instant now) {
        List<Sample> kept = new ArrayList<>();
        kept.add(samples.get(0));
        for (int i = 1; i < samples.size(); i++) {
            boolean isLast = i == samples.size() - 1;
            if (isLast || !spans(kept.get(kept.size() - 1), samples.get(i + 1), now)) {
                kept.add(samples.get(i));
            }
        }
        samples = kept;
    }

    /** Whether two readings stand so close, for their age, that none is needed between them. */
    private static boolean spans(Sample from, Sample to, Instant now) {
        Duration age = Duration.between(to.at(), now);
        return Duration.between(from.at(), to.at()).multipliedBy(PARTS_OF_AGE).compareTo(age) <= 0;
    }

    /** How many readings are kept. */
    int samples() {
        return samples.size();
    }

    /** What a version did since then, as far as it is known. */
    public Figures since(Instant then, long version) {
        Figures start = Figures.NONE;
        for (Sample sample : samples) {
            if (sample.at().isAfter(then)) {
                break;
            }
            start = sample.sums().getOrDefault(version, Figures.NONE);
        }
        return sums.getOrDefault(version, Figures.NONE).minus(start);
    }
}
