package dev.sluice.bench;

import dev.sluice.app.RulesEngine;
import dev.sluice.testing.Sandbox;
import dev.sluice.topics.TopicsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.awaitility.Awaitility;

/**
 * Latency of events, from just before the producer's {@code send} to receipt by a {@code read_committed} consumer, with
 * and without versions of a ruleset being swapped meanwhile. Broker, engine, sender and receiver share one JVM.
 *
 * <p>Phases of one steady flow: nothing else; a new version again and again; the same compilations without a swap;
 * nothing else again, so that drift shows.
 */
public final class SwapLatencyBenchmark {
    private static final long SWITCH_NANOS = 5_000_000;
    private static final int MAX_WARM_UP_ROUND = 10;
    /** A round of versions ends early when it takes this many times as long as it should. */
    private static final int SLOWEST = 3;

    private static final int WARM_JIT_MS_PER_SECOND = 100;

    private final Load load;
    private final Delivery delivery;

    /**
     * How much of everything.
     *
     * @param rules of the ruleset
     * @param change what each version changes
     * @param swapEveryMs from one publication to the next, or longer when a version is not active by then
     * @param warmUpSeconds at most, before the first phase
     */
    record Load(
            int eventsPerSecond,
            int rules,
            BenchRules.Change change,
            int quietSeconds,
            int swaps,
            int swapEveryMs,
            int warmUpSeconds) {
        private static final int SLACK_SECONDS = 240;

        static final Load ONE_RULE = new Load(2000, 10_000, BenchRules.Change.ONE_RULE, 20, 40, 500, 40);
        static final Load EVERY_RULE = new Load(2000, 10_000, BenchRules.Change.EVERY_RULE, 20, 8, 2500, 40);
        static final Load QUICK = new Load(2000, 10_000, BenchRules.Change.ONE_RULE, 6, 12, 500, 15);

        int capacity() {
            int seconds = 3 * quietSeconds + 2 * swaps * swapEveryMs / 1000;
            return eventsPerSecond * (seconds + SLACK_SECONDS);
        }

        /** Versions in one round of the warm-up. */
        int warmUpRound() {
            return Math.max(2, Math.min(MAX_WARM_UP_ROUND, warmUpSeconds * 500 / swapEveryMs));
        }

        String text() {
            return "%,d rules, %s changed".formatted(rules, change == BenchRules.Change.ONE_RULE ? "one" : "all");
        }
    }

    /** A load and how the engine is set. */
    record Scenario(Load load, Delivery delivery) {
        static final List<Scenario> FULL = List.of(
                new Scenario(Load.ONE_RULE, Delivery.EXACTLY_ONCE),
                new Scenario(Load.ONE_RULE, Delivery.AT_LEAST_ONCE),
                new Scenario(Load.EVERY_RULE, Delivery.AT_LEAST_ONCE));
        static final List<Scenario> QUICK = List.of(new Scenario(Load.QUICK, Delivery.AT_LEAST_ONCE));

        String text() {
            return load.text() + ", " + delivery.name();
        }

        /** Name of what swaps add to p99.9, in milliseconds. */
        String figure() {
            return "swap p99.9, " + text();
        }
    }

    /** How the engine is set. */
    record Delivery(String name, Map<String, String> settings) {
        static final Delivery EXACTLY_ONCE = new Delivery("exactly once (the default: commit every 100 ms)", Map.of());
        static final Delivery AT_LEAST_ONCE = new Delivery(
                "at least once, producer linger 0",
                Map.of(
                        "engine.streams.processing.guarantee",
                        "at_least_once",
                        "engine.streams.producer.linger.ms",
                        "0"));
    }

    /** A phase's events and costs. */
    record Phase(String name, Histogram latencyNanos, JvmCosts costs, double machineCores) {
        double eventsPerSecond() {
            return latencyNanos.getTotalCount() / costs.seconds();
        }
    }

    /**
     * Latencies of the swap phase by the moment of sending, which tells the switch itself from the compilation before it.
     *
     * @param compiling sent while a version was between publish and 5 ms before its installation
     * @param switching sent within 5 ms before or after the installation of a version
     * @param other sent at any other time
     */
    record Moments(Histogram compiling, Histogram switching, Histogram other) {}

    /** What one run found. */
    record Result(
            Load load,
            Delivery delivery,
            List<Phase> phases,
            List<VersionFlow.Swap> swaps,
            Moments moments,
            AlertLedger.Exactness exactness) {

        /** What swaps add to a percentile, in milliseconds: against the mean of the two phases without any. */
        double addedMs(double percentile) {
            double quiet = (nanos(0, percentile) + nanos(phases.size() - 1, percentile)) / 2;
            return (nanos(1, percentile) - quiet) / 1e6;
        }

        private double nanos(int phase, double percentile) {
            return phases.get(phase).latencyNanos().getValueAtPercentile(percentile);
        }
    }

    SwapLatencyBenchmark(Scenario scenario) {
        this.load = scenario.load();
        this.delivery = scenario.delivery();
    }

    /** All scenarios, to standard output; {@code quick} for one short run. */
    public static void main(String[] args) throws Exception {
        for (Scenario scenario : List.of(args).contains("quick") ? Scenario.QUICK : Scenario.FULL) {
            System.out.println(SwapTables.of(new SwapLatencyBenchmark(scenario).run()));
        }
        System.exit(0); // the broker's shutdown hook ends its threads
    }

    Result run() throws Exception {
        AlertLedger ledger = new AlertLedger(load.rules(), load.capacity());
        try (Sandbox sandbox = Sandbox.create();
                RulesEngine engine = start(sandbox);
                VersionFlow versions = new VersionFlow(sandbox, engine, load);
                AlertTap tap = new AlertTap(sandbox.config("tap"), ledger)) {
            versions.next();
            Run run = new Run(ledger, versions, new EventFlow(sandbox, ledger, load.eventsPerSecond()));
            tap.start();
            run.phases();
            sandbox.awaitEvaluated();
            tap.close();
            return run.result();
        }
    }

    /** On a loaded machine a broker may list new topics only a while after it created them. */
    private RulesEngine start(Sandbox sandbox) {
        return Awaitility.await()
                .atMost(Sandbox.LIMIT)
                .ignoreExceptionsInstanceOf(TopicsException.class)
                .until(() -> RulesEngine.start(sandbox.config("bench", delivery.settings())), started -> true);
    }

    private final class Run {
        private final AlertLedger ledger;
        private final VersionFlow versions;
        private final EventFlow events;
        private final List<Part> parts = new ArrayList<>();
        private List<VersionFlow.Swap> swaps = List.of();

        private record Part(String name, int from, int to, JvmCosts costs, double machineCores) {}

        private interface Activity {
            void run() throws InterruptedException;
        }

        Run(AlertLedger ledger, VersionFlow versions, EventFlow events) {
            this.ledger = ledger;
            this.versions = versions;
            this.events = events;
        }

        void phases() throws InterruptedException {
            events.start();
            warmUp();
            phase("no swaps", () -> Thread.sleep(load.quietSeconds() * 1000L));
            phase("swaps", () -> swaps = swap(load.swaps()));
            phase("compile only", this::compileOnly);
            phase("no swaps again", () -> Thread.sleep(load.quietSeconds() * 1000L));
            events.close();
        }

        /** Swaps until the just-in-time compilers are nearly done and no backlog is left, or the limit passes. */
        private void warmUp() throws InterruptedException {
            JvmCosts begin = JvmCosts.now();
            JvmCosts round = begin;
            JvmCosts spent;
            do {
                JvmCosts before = round;
                swap(load.warmUpRound());
                round = JvmCosts.now();
                spent = round.since(before);
            } while (round.since(begin).seconds() < load.warmUpSeconds() && !isWarm(spent));
        }

        private boolean isWarm(JvmCosts spent) {
            return events.isOnTime() && spent.jitMs() < spent.seconds() * WARM_JIT_MS_PER_SECOND;
        }

        private void phase(String name, Activity activity) throws InterruptedException {
            int from = events.next();
            JvmCosts before = JvmCosts.now();
            JvmCosts.machineCores();
            activity.run();
            parts.add(new Part(name, from, events.next(), JvmCosts.now().since(before), JvmCosts.machineCores()));
        }

        private List<VersionFlow.Swap> swap(int count) throws InterruptedException {
            List<VersionFlow.Swap> done = new ArrayList<>();
            long start = System.nanoTime();
            long limitNanos = (long) SLOWEST * count * load.swapEveryMs() * 1_000_000;
            for (int i = 0; i < count && System.nanoTime() - start < limitNanos; i++) {
                sleepUntil(start, i);
                done.add(versions.next());
            }
            sleepUntil(start, count);
            return done;
        }

        private void compileOnly() throws InterruptedException {
            long start = System.nanoTime();
            int count = Math.max(1, load.quietSeconds() * 1000 / load.swapEveryMs());
            for (int i = 0; i < count; i++) {
                sleepUntil(start, i);
                versions.compileOnly(i);
            }
            sleepUntil(start, count);
        }

        private void sleepUntil(long start, int step) throws InterruptedException {
            long leftMs = (long) step * load.swapEveryMs() - (System.nanoTime() - start) / 1_000_000;
            Thread.sleep(Math.max(0, leftMs));
        }

        Result result() {
            List<Phase> phases = parts.stream()
                    .map(part -> new Phase(
                            part.name(), ledger.latencies(part.from(), part.to()), part.costs(), part.machineCores()))
                    .toList();
            return new Result(load, delivery, phases, swaps, moments(parts.get(1)), ledger.check(events.next()));
        }

        private Moments moments(Part part) {
            Moments moments = new Moments(new Histogram(3), new Histogram(3), new Histogram(3));
            for (int number = part.from(); number < part.to(); number++) {
                long latency = ledger.receivedNanos(number) - ledger.sentNanos(number);
                momentOf(ledger.sentNanos(number), moments).recordValue(Math.max(0, latency));
            }
            return moments;
        }

        private Histogram momentOf(long sent, Moments moments) {
            for (VersionFlow.Swap swap : swaps) {
                if (Math.abs(sent - swap.installedNanos()) <= SWITCH_NANOS) {
                    return moments.switching();
                }
                if (sent >= swap.publishNanos() && sent < swap.installedNanos()) {
                    return moments.compiling();
                }
            }
            return moments.other();
        }
    }
}
