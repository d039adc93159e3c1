package dev.sluice.deployment;

import dev.sluice.deployment.FleetView.Instance;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Instances that do as the records say, a second later, unless a story wants otherwise. */
final class StoryFleet {
    static final Duration SILENT_AFTER = Duration.ofSeconds(4);
    static final Duration GONE_AFTER = Duration.ofSeconds(45);
    private static final double[] SPREAD = {0.6, 0.9, 1.0, 1.1, 1.4};

    private final Map<String, Member> members = new TreeMap<>();
    private final Map<Long, Behaviour> behaviours = new HashMap<>();
    private double eventsPerSecond;
    private int starts;

    /** What evaluations by a version are like. */
    record Behaviour(double errors, double timeouts, double alerts, long micros) {
        static final Behaviour GOOD = new Behaviour(0, 0, 0.1, 200);
    }

    private static final class Member {
        final String start;
        final Set<Long> prepared = new HashSet<>();
        final Map<Long, String> refusing = new HashMap<>();
        final Map<Long, String> refused = new HashMap<>();
        final Map<Long, Figures> counters = new HashMap<>();
        final Map<Long, double[]> owed = new HashMap<>();
        Deployment.@Nullable Routing routing;
        boolean isFrozen;
        boolean isSlowToCompile;
        Instant heardAt;

        /** Instances do not fail at the same events. */
        double[] first() {
            double part = start.hashCode() % 10 / 10.0;
            return new double[] {0, part, part, part};
        }

        Member(String start, Instant heardAt) {
            this.start = start;
            this.heardAt = heardAt;
        }
    }

    void join(String id, Instant now) {
        members.put(id, new Member(id + "/" + ++starts, now));
    }

    void leave(String id, HealthHistory health) {
        health.forget(member(id).start);
        members.remove(id);
    }

    void freeze(String id) {
        member(id).isFrozen = true;
    }

    void thaw(String id) {
        member(id).isFrozen = false;
        member(id).isSlowToCompile = false;
    }

    void lag(String id) {
        member(id).isSlowToCompile = true;
    }

    void refuse(String id, long version, String reason) {
        member(id).refusing.put(version, reason);
    }

    private Member member(String id) {
        Member member = members.get(id);
        if (member == null) {
            throw new IllegalArgumentException("no instance " + id);
        }
        return member;
    }

    void traffic(double perSecond) {
        eventsPerSecond = perSecond;
    }

    void behave(long version, Behaviour behaviour) {
        behaviours.put(version, behaviour);
    }

    /** A pause of the process meets one evaluation on each of its four threads. */
    void pause(String id, Duration pause) {
        Member member = member(id);
        serving(member).forEach((version, share) -> {
            long[] counts = new long[Latencies.BUCKETS];
            counts[Latencies.bucket(pause.toNanos())] = 4;
            count(member, version, new Figures(4, 0, 0, 0, 4, 4 * pause.toNanos(), Latencies.of(counts)));
        });
    }

    /** One second of all of them. */
    void second(Instant now, Set<Long> published, @Nullable Deployment deployment, HealthHistory health) {
        for (Member member : members.values()) {
            if (!member.isFrozen) {
                evaluate(member);
                compile(member, published);
                member.routing = deployment == null ? null : deployment.routing();
                member.heardAt = now;
                health.report(member.start, member.counters);
            }
        }
    }

    /** Who takes over has the last report of each, and has just heard of it. */
    void takeOver(Instant now, HealthHistory health) {
        for (Member member : members.values()) {
            member.heardAt = now;
            health.report(member.start, member.counters);
        }
    }

    private static void compile(Member member, Set<Long> published) {
        for (long version : published) {
            String reason = member.refusing.get(version);
            if (reason != null) {
                member.refused.put(version, reason);
            } else if (!member.isSlowToCompile) {
                member.prepared.add(version);
            }
        }
    }

    private static Map<Long, Double> serving(Member member) {
        Map<Long, Double> shares = new HashMap<>();
        Deployment.Routing routing = member.routing;
        if (routing != null && routing.stable() != null) {
            double candidate = (double) routing.weight() / KeySplit.BUCKETS;
            shares.put(routing.stable(), 1 - candidate);
            if (routing.candidate() != null) {
                shares.put(routing.candidate(), candidate);
            }
        }
        return shares;
    }

    private void evaluate(Member member) {
        serving(member).forEach((version, share) -> {
            double[] owed = member.owed.computeIfAbsent(version, v -> member.first());
            Behaviour wanted = behaviours.getOrDefault(version, Behaviour.GOOD);
            long evaluations = due(owed, 0, eventsPerSecond * share / members.size());
            long errors = due(owed, 1, evaluations * wanted.errors());
            long timeouts = due(owed, 2, evaluations * wanted.timeouts());
            long alerts = due(owed, 3, evaluations * wanted.alerts());
            long[] counts = new long[Latencies.BUCKETS];
            long nanos = 0;
            for (int i = 0; i < evaluations; i++) {
                long one = (long) (wanted.micros() * 1000 * SPREAD[i % SPREAD.length]);
                counts[Latencies.bucket(one)]++;
                nanos += one;
            }
            count(
                    member,
                    version,
                    new Figures(evaluations, errors, timeouts, alerts, evaluations, nanos, Latencies.of(counts)));
        });
    }

    /** What is owed adds up to whole ones. */
    private static long due(double[] owed, int which, double more) {
        owed[which] += more;
        long whole = (long) (owed[which] + 1e-9);
        owed[which] -= whole;
        return whole;
    }

    private static void count(Member member, long version, Figures gain) {
        member.counters.merge(version, gain, Figures::plus);
    }

    FleetView view() {
        List<Instance> instances = members.entrySet().stream()
                .map(entry -> instance(entry.getKey(), entry.getValue()))
                .toList();
        return new FleetView(instances, GONE_AFTER);
    }

    private static Instance instance(String id, Member member) {
        Deployment.Routing routing = member.routing;
        return new Instance(
                id,
                member.heardAt,
                SILENT_AFTER,
                member.prepared,
                member.refused,
                routing == null ? null : routing.stable(),
                routing == null ? null : routing.candidate());
    }
}
