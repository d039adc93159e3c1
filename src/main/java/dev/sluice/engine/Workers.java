package dev.sluice.engine;

import dev.sluice.control.Installation;
import dev.sluice.control.ReportRequests;
import dev.sluice.schema.VersionFigures;
import dev.sluice.settings.SettingsInForce;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * The evaluating threads of this instance, and what each of them last read.
 *
 * <p>Threading: stream threads register tasks and tell what they read; anyone lists.
 */
public final class Workers {

    /** Some times the pause between two looks, so that a thread at work is not taken for idle. */
    private static final long ACTIVE_MS = 250;

    /**
     * One evaluating thread: which partitions it has, and the installation that its last event was evaluated with; before its
     * first, the one that was current as it joined.
     */
    public record Worker(String name, String pool, List<String> partitions, Installation lastRead) {
        public Worker {
            partitions = List.copyOf(partitions);
        }
    }

    /** One thread's entry; {@code lastRead} and {@code workedMs} are written by that thread only. */
    static final class Slot {
        private final String pool;
        private final SortedSet<String> partitions = new TreeSet<>();
        private volatile Installation lastRead;
        /** Whether the thread evaluated since it last looked up; of that thread only. */
        private boolean worked;

        private volatile long workedMs = Long.MIN_VALUE;

        private Slot(String pool, Installation current) {
            this.pool = pool;
            this.lastRead = current;
        }
    }

    private final Map<String, Slot> slots = new ConcurrentHashMap<>();
    private final ReportRequests reports;
    private final SettingsInForce own;
    private final LongSupplier nowNs;
    /** By thread; what a thread that ended counted still counts. */
    private final Map<String, Tally> tallies = new ConcurrentHashMap<>();

    /** Events evaluated, matches sent and events set aside since the start, aborted transactions included. */
    private final LongAdder events = new LongAdder();

    private final LongAdder alerts = new LongAdder();
    private final LongAdder deadLetters = new LongAdder();
    private final LongAdder ruleFailures = new LongAdder();
    private final LongAdder handovers = new LongAdder();
    private final LongAdder handoverMarks = new LongAdder();
    private final LongAdder handoversDropped = new LongAdder();
    private final LongAdder lateEvents = new LongAdder();
    private final LongAdder owed = new LongAdder();
    private final Map<String, LongAdder> lateByRule = new ConcurrentHashMap<>();

    /** @param reports asked for by stream threads when a thread has read another installation or changed partitions */
    public Workers(ReportRequests reports) {
        this(reports, SettingsInForce.DEFAULT);
    }

    /**
     * @param reports as above
     * @param own what holds where the fleet's settings say nothing
     */
    public Workers(ReportRequests reports, SettingsInForce own) {
        this(reports, own, System::nanoTime);
    }

    Workers(ReportRequests reports, SettingsInForce own, LongSupplier nowNs) {
        this.reports = reports;
        this.own = own;
        this.nowNs = nowNs;
    }

    /** How evaluations are timed by the settings of an installation. */
    Tally.Timing timing(Installation installation) {
        return Tally.Timing.of(installation.settings().over(own));
    }

    /** What a thread counts by version. */
    Tally tally(String thread) {
        return tallies.computeIfAbsent(thread, name -> new Tally(Tally.Timing.of(own), nowNs));
    }

    /**
     * What the versions did that serve, or served in the last ten minutes: since the start, aborted transactions included, of
     * all threads together; by ruleset, at most four versions of each, the newest first.
     */
    public Map<String, List<VersionFigures>> versionFigures() {
        Map<VersionTally.Name, Boolean> served = new HashMap<>();
        tallies.values().forEach(tally -> tally.tellVersions(served));
        VersionSums sums = VersionSums.ofSome(served);
        tallies.values().forEach(tally -> tally.addTo(sums));
        return sums.byRuleset();
    }

    /** All threads that have partitions, by name. */
    public List<Worker> list() {
        List<Worker> workers = new ArrayList<>();
        new TreeMap<>(slots).forEach((name, slot) -> {
            List<String> partitions;
            synchronized (slot) {
                partitions = List.copyOf(slot.partitions);
            }
            workers.add(new Worker(name, slot.pool, partitions, slot.lastRead));
        });
        return workers;
    }

    /** Counters since the start, by the names that the status shows. */
    public Map<String, Long> figures() {
        return Map.of(
                "events", events.sum(),
                "alerts", alerts.sum(),
                "deadLetters", deadLetters.sum(),
                "ruleFailures", ruleFailures.sum(),
                "lateEvents", lateEvents.sum(),
                "owed", owed.sum(),
                "handovers", handovers.sum(),
                "handoverMarks", handoverMarks.sum(),
                "handoversDropped", handoversDropped.sum());
    }

    /** Events that came too late since the start, by {@code RULESET/RULE}; rules without any are not there. */
    public Map<String, Long> lateByRule() {
        Map<String, Long> late = new TreeMap<>();
        lateByRule.forEach((rule, count) -> late.put(rule, count.sum()));
        return late;
    }

    /** @param current what the thread evaluates with, or with a later one, if it is new */
    Slot join(String thread, String pool, String partition, Installation current) {
        Slot joined = slots.compute(thread, (name, standing) -> {
            Slot slot = standing == null ? new Slot(pool, current) : standing;
            synchronized (slot) {
                slot.partitions.add(partition);
            }
            return slot;
        });
        reports.changed();
        return joined;
    }

    void leave(String thread, String partition) {
        slots.computeIfPresent(thread, (name, slot) -> {
            synchronized (slot) {
                slot.partitions.remove(partition);
                return slot.partitions.isEmpty() ? null : slot;
            }
        });
        reports.changed();
    }

    /** A task of the thread has read another installation than before. What is waited for is that all threads serve it. */
    @SuppressWarnings("ReferenceEquality") // the installation itself, not one that looks alike
    void adopted(Slot slot, Installation installation) {
        Installation before = slot.lastRead;
        if (installation == before) {
            return;
        }
        slot.lastRead = installation;
        if (!installation.servesLike(before)
                && slots.values().stream().allMatch(each -> installation.servesLike(each.lastRead))) {
            reports.changed();
        } else {
            reports.moved();
        }
    }

    void evaluated(Slot slot) {
        events.increment();
        slot.worked = true;
    }

    /** What was handed over is no event of its own, but work. */
    void evaluatedHandover(Slot slot) {
        slot.worked = true;
    }

    /** The thread looks up from its work, or from waiting for it. */
    void lookedUp(Slot slot, long nowMs) {
        if (slot.worked) {
            slot.worked = false;
            slot.workedMs = nowMs;
        }
    }

    /** Number of threads that evaluated something in the last {@value #ACTIVE_MS} ms, as far as they looked up since. */
    int active(long nowMs) {
        int active = 0;
        for (Slot slot : slots.values()) {
            active += slot.workedMs > nowMs - ACTIVE_MS ? 1 : 0;
        }
        return active;
    }

    /** Events evaluated since the start. */
    long events() {
        return events.sum();
    }

    void sent(int matches, int failures) {
        if (matches > 0) {
            alerts.add(matches);
        }
        if (failures > 0) {
            ruleFailures.add(failures);
        }
    }

    void handedOver(int count) {
        if (count > 0) {
            handovers.add(count);
        }
    }

    void marked() {
        handoverMarks.increment();
    }

    void handoverDropped() {
        handoversDropped.increment();
    }

    void late(String ruleset, String rule) {
        lateEvents.increment();
        lateByRule
                .computeIfAbsent(ruleset + "/" + rule, name -> new LongAdder())
                .increment();
    }

    /** So many rules in quarantine were not asked about an event. */
    void owed(int count) {
        if (count > 0) {
            owed.add(count);
        }
    }

    void setAside() {
        deadLetters.increment();
    }
}
