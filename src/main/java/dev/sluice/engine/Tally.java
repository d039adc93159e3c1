package dev.sluice.engine;

import dev.sluice.deployment.Latencies;
import dev.sluice.evaluation.Arms;
import dev.sluice.evaluation.Evaluation;
import dev.sluice.evaluation.Match;
import dev.sluice.evaluation.RuleFailure;
import dev.sluice.evaluation.RuleIndexes;
import dev.sluice.evaluation.SlowRules;
import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.Event;
import dev.sluice.ruleset.Ruleset;
import dev.sluice.settings.SettingsInForce;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the evaluations of one thread were, by version. An event is evaluated with one version of each ruleset at once; its
 * time counts for each of them: two versions of one ruleset differ by what they add to the same others.
 *
 * <p>Threading: written by that thread only, without contention; anyone reads. Readers and a change of rules exclude each
 * other.
 */
final class Tally {
    /** Of slow evaluations one in that time is looked at again. */
    static final long LOOK_EVERY_NS = 100_000_000;

    private static final int EVALUATIONS = 0;
    private static final int TIMEOUTS = 1;
    private static final int MEASURED = 2;
    private static final int NANOS = 3;
    private static final int LATENCIES = 4;

    private final LongSupplier nowNs;
    private Timing timing;
    private final Map<VersionTally.Name, VersionTally> versions = new ConcurrentHashMap<>();
    private final IdentityHashMap<Ruleset, VersionTally> known = new IdentityHashMap<>();
    /** By what is evaluated together; changed under the lock. */
    private final IdentityHashMap<RuleIndexes, Combination> combinations = new IdentityHashMap<>();

    private boolean watched;
    private int events;
    private @Nullable RuleIndexes current;
    private AtomicLongArray counts = new AtomicLongArray(0);
    private long nanos;
    private final SlowRules slowRules;
    private long lookedNs;

    /** Versions that evaluate together. */
    private record Combination(AtomicLongArray counts, List<VersionTally> versions) {}

    /**
     * Which evaluations are timed, and how long they may take.
     *
     * @param budgetNs an evaluation that takes longer is a timeout
     * @param oneIn while nothing is watched the time of one evaluation in so many is taken; a power of two
     */
    record Timing(long budgetNs, int oneIn) {
        static Timing of(SettingsInForce settings) {
            return new Timing(
                    1_000 * settings.evaluationBudgetUs(), settings.pace().timedEvaluations());
        }
    }

    /** @param nowNs as {@link System#nanoTime} */
    Tally(Timing timing, LongSupplier nowNs) {
        this.timing = timing;
        this.nowNs = nowNs;
        this.slowRules = new SlowRules(nowNs);
        this.lookedNs = nowNs.getAsLong() - LOOK_EVERY_NS;
    }

    /** How evaluations are timed from now on. Called by the thread whose evaluations they are. */
    void use(Timing next) {
        timing = next;
    }

    /** The rules from now on. */
    synchronized void use(Arms arms) {
        watched = arms.isWatched();
        current = null;
        known.clear();
        List<RuleIndexes> gone = new ArrayList<>(combinations.keySet());
        gone.removeAll(arms.all());
        gone.forEach(indexes -> fold(combinations.remove(indexes)));
        Map<VersionTally.Name, VersionTally> unused = new HashMap<>(versions);
        arms.all()
                .forEach(indexes -> indexes.rulesets().inOrder().forEach(ruleset -> {
                    VersionTally version = version(ruleset);
                    version.serves();
                    unused.remove(version.name());
                }));
        unused.values().forEach(version -> version.leaves(nowNs.getAsLong()));
    }

    private static void fold(@Nullable Combination combination) {
        if (combination == null) {
            return;
        }
        combination.versions().forEach(version -> version.add(combination.counts()));
    }

    private VersionTally version(Ruleset ruleset) {
        VersionTally version = known.get(ruleset);
        if (version == null) {
            version = versions.computeIfAbsent(VersionTally.Name.of(ruleset), VersionTally::new);
            known.put(ruleset, version);
        }
        return version;
    }

    /** An evaluation begins. Gives what {@link #end} is to be told. */
    @SuppressWarnings("ReferenceEquality")
    long begin(RuleIndexes with) {
        if (with != current) {
            current = with;
            counts = combination(with);
        }
        return watched || (++events & (timing.oneIn() - 1)) == 0 ? nowNs.getAsLong() : 0;
    }

    private AtomicLongArray combination(RuleIndexes indexes) {
        Combination combination = combinations.get(indexes);
        if (combination == null) {
            List<VersionTally> together =
                    indexes.rulesets().inOrder().stream().map(this::version).toList();
            combination = new Combination(new AtomicLongArray(LATENCIES + Latencies.BUCKETS), together);
            synchronized (this) {
                combinations.put(indexes, combination);
            }
        }
        return combination.counts();
    }

    /** @param begunNs what {@link #begin} gave */
    void end(long begunNs) {
        add(counts, EVALUATIONS, 1);
        if (begunNs == 0) {
            nanos = 0;
            return;
        }
        nanos = Math.max(1, nowNs.getAsLong() - begunNs);
        add(counts, MEASURED, 1);
        add(counts, NANOS, nanos);
        add(counts, LATENCIES + Latencies.bucket(nanos), 1);
        if (nanos > timing.budgetNs()) {
            add(counts, TIMEOUTS, 1);
        }
    }

    /**
     * Finds out which rules are to blame when the evaluation that ended last took too long, and counts a timeout of each. When
     * nothing but the process was slow, there are none.
     *
     * @param with what the event was evaluated with
     */
    void blame(Arms arms, RuleIndexes with, Event event) {
        if (nanos <= timing.budgetNs() || nowNs.getAsLong() - lookedNs < LOOK_EVERY_NS) {
            return;
        }
        for (SlowRules.Slow slow : slowRules.of(arms, with, event, timing.budgetNs())) {
            version(slow.ruleset()).rule(slow.rule().id()).timedOut();
        }
        lookedNs = nowNs.getAsLong();
    }

    /** No evaluation of an event whose time is taken: what follows has none. */
    void untimed() {
        nanos = 0;
    }

    /** An event met the condition of a windowed rule. */
    void met(Ruleset ruleset, CompiledRule rule) {
        version(ruleset).rule(rule.id()).matched();
    }

    /** What came of the evaluation. Failures are of its rules, and of sending what they emitted. */
    void sent(Evaluation evaluation, List<RuleFailure> failures) {
        for (Match match : evaluation.matches()) {
            VersionTally version = version(match.ruleset());
            version.alerted();
            VersionTally.OfRule rule = version.rule(match.rule().id());
            rule.alerted();
            if (match.rule().windowing() == null) {
                rule.matched();
            }
            spend(version, match.rule());
        }
        for (int i = 0; i < failures.size(); i++) {
            RuleFailure failure = failures.get(i);
            VersionTally version = version(failure.ruleset());
            if (isFirst(failures, i)) {
                version.failed();
            }
            version.rule(failure.rule().id()).failed();
            spend(version, failure.rule());
        }
    }

    /** An evaluation is one error of a version, however many of its rules failed. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isFirst(List<RuleFailure> failures, int at) {
        for (int i = 0; i < at; i++) {
            if (failures.get(i).ruleset() == failures.get(at).ruleset()) {
                return false;
            }
        }
        return true;
    }

    private void spend(VersionTally version, CompiledRule rule) {
        if (nanos > 0) {
            version.rule(rule.id()).spent(nanos);
        }
    }

    /** Only the thread writes: a plain read and an ordered write. */
    static void add(AtomicLongArray array, int index, long by) {
        array.setRelease(index, array.getPlain(index) + by);
    }

    /** Tells of each version whether it serves on any thread. Those that serve no more are forgotten after a while. */
    synchronized void tellVersions(Map<VersionTally.Name, Boolean> served) {
        versions.values().removeIf(version -> version.isGoneFor(VersionSums.KEPT_NS, nowNs.getAsLong()));
        versions.values().forEach(version -> served.merge(version.name(), version.isServing(), Boolean::logicalOr));
    }

    /** Adds what this thread counted of the versions that are wanted; others that serve no more are forgotten. */
    synchronized void addTo(VersionSums sums) {
        versions.values().removeIf(version -> !version.isServing() && !sums.hasWanted(version.name()));
        versions.values().forEach(sums::add);
        for (Combination combination : combinations.values()) {
            for (VersionTally version : combination.versions()) {
                sums.add(version.name(), combination.counts());
            }
        }
    }

    static long evaluations(AtomicLongArray counts) {
        return counts.get(EVALUATIONS);
    }

    static long timeouts(AtomicLongArray counts) {
        return counts.get(TIMEOUTS);
    }

    static long measured(AtomicLongArray counts) {
        return counts.get(MEASURED);
    }

    static long nanos(AtomicLongArray counts) {
        return counts.get(NANOS);
    }

    static Latencies latencies(AtomicLongArray counts) {
        long[] taken = new long[Latencies.BUCKETS];
        for (int i = 0; i < taken.length; i++) {
            taken[i] = counts.get(LATENCIES + i);
        }
        return Latencies.of(taken);
    }

    static AtomicLongArray nothing() {
        return new AtomicLongArray(LATENCIES + Latencies.BUCKETS);
    }
}
