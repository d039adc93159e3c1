package dev.sluice.deployment;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToLongBiFunction;

/** One instance of a {@link RuleWorld}. */
final class RuleInstance {
    private final String id;
    /** How many of so many events a rule fails or holds up, by the share that it should. */
    private final ToLongBiFunction<Double, Long> outcome;

    private final Map<Long, Figures> evaluations = new HashMap<>();
    private final Map<Long, Map<String, RuleFailures>> failures = new HashMap<>();
    /** How far it has read the topic of quarantines. */
    int read;

    private int run = 1;

    /** What it says: its counters since its start. */
    record Report(String run, Map<Long, Figures> evaluations, Map<Long, Map<String, RuleFailures>> failures) {}

    RuleInstance(String id, ToLongBiFunction<Double, Long> outcome) {
        this.id = id;
        this.outcome = outcome;
    }

    /** One whose rules fail evenly. */
    static RuleInstance even(String id) {
        Map<Double, Double> owed = new HashMap<>();
        return new RuleInstance(id, (share, events) -> {
            double all = owed.getOrDefault(share, 0.0) + share * events;
            long whole = (long) (all + 1e-9);
            owed.put(share, all - whole);
            return whole;
        });
    }

    /** It begins anew: what it had counted is gone, what it had read is read again. */
    void restart() {
        run++;
        evaluations.clear();
        failures.clear();
        read = 0;
    }

    void evaluate(RuleWorld world, long events) {
        Deployment deployment = world.deployment;
        if (deployment == null) {
            return;
        }
        Deployment.Routing routing = deployment.routing();
        long candidate = events * routing.weight() / KeySplit.BUCKETS;
        if (routing.stable() != null) {
            evaluate(world, routing.stable(), events - candidate);
        }
        if (routing.candidate() != null) {
            evaluate(world, routing.candidate(), candidate);
        }
    }

    private void evaluate(RuleWorld world, long version, long events) {
        Figures gain = new Figures(events, 0, 0, 0, 0, 0, Latencies.NONE);
        evaluations.merge(version, gain, Figures::plus);
        Map<String, RuleFailures> ofVersion = failures.computeIfAbsent(version, each -> new HashMap<>());
        Set<String> apart = apart(world);
        world.texts.getOrDefault(version, new TreeMap<>()).forEach((rule, text) -> {
            if (!apart.contains(text)) {
                RuleFailures failed = new RuleFailures(
                        outcome.applyAsLong(world.failing.getOrDefault(text, 0.0), events),
                        outcome.applyAsLong(world.slow.getOrDefault(text, 0.0), events));
                ofVersion.merge(rule, failed, RuleFailures::plus);
            }
        });
    }

    /** What the rules say that it does not evaluate. */
    Set<String> apart(RuleWorld world) {
        Set<String> apart = new TreeSet<>();
        world.topic.get(read).values().stream()
                .filter(Quarantine::isApart)
                .forEach(quarantine -> apart.add(quarantine.digest()));
        return apart;
    }

    Report report() {
        Map<Long, Map<String, RuleFailures>> reported = new HashMap<>();
        failures.forEach((version, rules) -> {
            Map<String, RuleFailures> failing = new HashMap<>(rules);
            failing.values().removeIf(RuleFailures.NONE::equals);
            reported.put(version, failing);
        });
        return new Report(id + "/" + run, Map.copyOf(evaluations), reported);
    }
}
