package dev.sluice.deployment;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An instance as the decider may not know it: what it has truly read, compiled and serves. */
final class SimulatedInstance {
    String id;
    private final Random random;
    private final Deque<Sent> underWay = new ArrayDeque<>();
    private final Map<Long, Integer> compiling = new HashMap<>();
    private final Set<Long> prepared = new HashSet<>();
    private final Map<Long, String> refused = new HashMap<>();
    private final Map<Long, Figures> counters = new HashMap<>();
    /** Versions that it ever said it could serve, in whatever run under this name. */
    final Set<Long> acknowledged = new HashSet<>();

    Deployment.@Nullable Routing routing;
    int offset;
    boolean isFrozen;
    boolean isDown;
    private int run;

    /** A report on its way to the decider. */
    record Sent(Report report, Instant arrivesAt) {}

    /** @param isGoodbye nothing will come any more */
    record Report(
            String run,
            Set<Long> prepared,
            Map<Long, String> refused,
            @Nullable Long serving,
            @Nullable Long candidate,
            Map<Long, Figures> counters,
            boolean isGoodbye) {
        String id() {
            return run.substring(0, run.indexOf('/'));
        }
    }

    /** What evaluations by a version are like. */
    record Behaviour(double errors, long micros) {}

    SimulatedInstance(String id, Random random) {
        this.id = id;
        this.random = random;
    }

    boolean isWell() {
        return !isFrozen && !isDown;
    }

    /** What it had in memory is gone; what it had sent arrives. */
    void crash() {
        isDown = true;
        prepared.clear();
        refused.clear();
        compiling.clear();
        counters.clear();
        routing = null;
        offset = 0;
        isFrozen = false;
    }

    /** Some come back under another name, as a new one that nobody knows. */
    void start() {
        isDown = false;
        run++;
        if (random.nextInt(3) == 0) {
            id = id.charAt(0) + "-" + run;
            acknowledged.clear();
        }
    }

    void published(long version) {
        compiling.put(version, random.nextInt(6));
    }

    /** @param refuses out of a hundred versions */
    void compile(int refuses) {
        Set<Long> done = new HashSet<>();
        compiling.replaceAll((version, left) -> left - 1);
        compiling.forEach((version, left) -> {
            if (left < 0) {
                done.add(version);
            }
        });
        for (long version : done) {
            compiling.remove(version);
            if (random.nextInt(100) < refuses) {
                refused.put(version, "no such field");
            } else {
                prepared.add(version);
            }
        }
    }

    /** As many events as come in one step, shared between the versions that serve. */
    void evaluate(int events, Map<Long, Behaviour> behaviours) {
        if (routing == null || routing.stable() == null) {
            return;
        }
        int candidates = (int) ((long) events * routing.weight() / KeySplit.BUCKETS);
        count(routing.stable(), events - candidates, behaviours);
        if (routing.candidate() != null) {
            count(routing.candidate(), candidates, behaviours);
        }
    }

    private void count(long version, int evaluations, Map<Long, Behaviour> behaviours) {
        Behaviour behaviour = behaviours.getOrDefault(version, new Behaviour(0, 200));
        long errors = 0;
        long nanos = 0;
        long[] counts = new long[Latencies.BUCKETS];
        for (int i = 0; i < evaluations; i++) {
            errors += random.nextDouble() < behaviour.errors() ? 1 : 0;
            long one = (long) (behaviour.micros() * 1_000 * (0.5 + random.nextDouble()));
            nanos += one;
            counts[Latencies.bucket(one)]++;
        }
        Figures gain = new Figures(evaluations, errors, 0, 0, evaluations, nanos, Latencies.of(counts));
        counters.merge(version, gain, Figures::plus);
    }

    void send(Instant arrivesAt, boolean isGoodbye) {
        acknowledged.addAll(prepared);
        Report report = new Report(
                id + "/" + run,
                Set.copyOf(prepared),
                Map.copyOf(refused),
                routing == null ? null : routing.stable(),
                routing == null ? null : routing.candidate(),
                Map.copyOf(counters),
                isGoodbye);
        Sent last = underWay.peekLast();
        boolean isOvertaking = last != null && last.arrivesAt().isAfter(arrivesAt);
        underWay.addLast(new Sent(report, isOvertaking ? last.arrivesAt() : arrivesAt));
    }

    /** Null when nothing has arrived. */
    @Nullable Report arrived(Instant now) {
        Sent first = underWay.peekFirst();
        return first == null || first.arrivesAt().isAfter(now)
                ? null
                : underWay.removeFirst().report();
    }
}
