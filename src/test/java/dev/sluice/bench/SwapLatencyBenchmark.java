package dev.sluice.bench;

import dev.sluice.app.RulesEngine;
import dev.sluice.testing.Sandbox;
import dev.sluice.topics.TopicsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.awaitility.Awaitility;

/**
 * Latency of events, from just before the producer's {@code send} to receipt by a {@code read_committed} consumer, with
 * and without versions of a ruleset being swapped meanwhile. Broker, engine, sender and receiver share one JVM.
 *
 * <p>One steady flow in blocks of a few seconds, by turns without swaps and with a new version every second, so that what
 * the machine does beside falls on both alike. How far the odd blocks without swaps are from the even ones tells how
 * much a difference means.
 */
public final class SwapLatencyBenchmark {
    private static final String QUIET = "no swaps";
    private static final String SWAPS = "swaps";
    static final double BAR_PERCENTILE = 99.9;
    private static final long SWITCH_NANOS = 5_000_000;
    private static final int MAX_WARM_UP_ROUND_MS = 8000;
    /** How many times as often versions come in the warm-up: what only they use is to be compiled, too. */
    private static final int WARM_UP_PACE = 4;
    /** A round of versions ends early when it takes this many times as long as it should. */
    private static final int SLOWEST = 3;

    /** After versions were prepared. */
    private static final int SETTLING_MS = 500;

    private static final int WARM_JIT_MS_PER_SECOND = 60;

    private final Load load;
    private final Delivery delivery;

    /**
     * How much of everything.
     *
     * @param rules of the ruleset
     * @param change what each version changes
     * @param rounds each of a block without swaps and one with them
     * @param swaps in a block
     * @param swapEveryMs from one publication to the next, or longer when a version is not active by then
     * @param warmUpSeconds at most, before the first block
     */
    record Load(
            int eventsPerSecond,
            int rules,
            BenchRules.Change change,
            int rounds,
            int swaps,
            int swapEveryMs,
            int warmUpSeconds) {
        private static final int SLACK_SECONDS = 240;

        /** A percentile of few slow commits swings more than one of events that go out at once. */
        static final Load ONE_RULE_COMMITTED = new Load(2000, 10_000, BenchRules.Change.ONE_RULE, 32, 4, 1000, 150);

        static final Load ONE_RULE = new Load(2000, 10_000, BenchRules.Change.ONE_RULE, 16, 4, 1000, 150);
        static final Load EVERY_RULE = new Load(2000, 10_000, BenchRules.Change.EVERY_RULE, 16, 1, 4000, 90);
        static final Load EVERY_RULE_AT_EASE = new Load(1000, 10_000, BenchRules.Change.EVERY_RULE, 32, 1, 4000, 30);
        static final Load QUICK = new Load(2000, 10_000, BenchRules.Change.ONE_RULE, 4, 3, 1000, 20);

        int capacity() {
            return eventsPerSecond * (2 * rounds * swaps * swapEveryMs / 1000 + warmUpSeconds + SLACK_SECONDS);
        }

        int blockMs() {
            return swaps * swapEveryMs;
        }

        /** Versions in one round of the warm-up. */
        int warmUpRound() {
            return Math.max(2, MAX_WARM_UP_ROUND_MS * WARM_UP_PACE / swapEveryMs);
        }

        String text() {
            String changed = change == BenchRules.Change.ONE_RULE ? "one" : "all";
            return "%,d rules, %s changed, %,d events/s".formatted(rules, changed, eventsPerSecond);
        }
    }

    /** A load and how the engine is set. */
    record Scenario(Load load, Delivery delivery) {
        static final List<Scenario> FULL = List.of(
                new Scenario(Load.ONE_RULE_COMMITTED, Delivery.EXACTLY_ONCE),
                new Scenario(Load.ONE_RULE, Delivery.AT_LEAST_ONCE),
                new Scenario(Load.EVERY_RULE, Delivery.AT_LEAST_ONCE),
                new Scenario(Load.EVERY_RULE_AT_EASE, Delivery.AT_LEAST_ONCE));
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

    /**
     * Events and costs of all blocks of a kind.
     *
     * @param latencyNanos from the moment an event was sent
     * @param sinceDueNanos from the moment it should have been: the sender, too, stands still in the collector's pauses
     */
    record Phase(String name, Histogram latencyNanos, Histogram sinceDueNanos, JvmCosts costs) {
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

    /**
     * What one run found.
     *
     * @param addedByRound to p99.9 in nanoseconds, by the block with swaps of a round against its block without
     */
    record Result(
            Load load,
            Delivery delivery,
            List<Phase> phases,
            List<Long> addedByRound,
            List<VersionFlow.Swap> swaps,
            Moments moments,
            AlertLedger.Exactness exactness) {

        /** What swaps add to a percentile, in milliseconds. */
        double addedMs(double percentile) {
            return (nanos(SWAPS, percentile) - nanos(QUIET, percentile)) / 1e6;
        }

        private double nanos(String phase, double percentile) {
            return phases.stream()
                    .filter(p -> p.name().equals(phase))
                    .findFirst()
                    .orElseThrow()
                    .latencyNanos()
                    .getValueAtPercentile(percentile);
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
            versions.prepare(1);
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
        private final List<Block> blocks = new ArrayList<>();
        private final List<VersionFlow.Swap> swaps = new ArrayList<>();

        private record Block(boolean isQuiet, int round, int from, int to, JvmCosts costs) {}

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
            for (int round = 0; round < load.rounds(); round++) {
                versions.prepare(load.swaps());
                Thread.sleep(SETTLING_MS);
                block(true, round, () -> Thread.sleep(load.blockMs()));
                block(false, round, () -> swaps.addAll(swap(load.swaps(), load.swapEveryMs())));
            }
            events.close();
        }

        /** Swaps until the just-in-time compilers are nearly done and no backlog is left, or the limit passes. */
        private void warmUp() throws InterruptedException {
            JvmCosts begin = JvmCosts.now();
            JvmCosts round = begin;
            JvmCosts spent;
            do {
                JvmCosts before = round;
                versions.prepare(load.warmUpRound());
                swap(load.warmUpRound(), load.swapEveryMs() / WARM_UP_PACE);
                round = JvmCosts.now();
                spent = round.since(before);
            } while (round.since(begin).seconds() < load.warmUpSeconds() && !isWarm(spent));
        }

        private boolean isWarm(JvmCosts spent) {
            return events.isOnTime() && spent.jitMs() < spent.seconds() * WARM_JIT_MS_PER_SECOND;
        }

        private void block(boolean isQuiet, int round, Activity activity) throws InterruptedException {
            int from = events.next();
            JvmCosts before = JvmCosts.now();
            activity.run();
            blocks.add(new Block(
                    isQuiet, round, from, events.next(), JvmCosts.now().since(before)));
        }

        private List<VersionFlow.Swap> swap(int count, int everyMs) throws InterruptedException {
            List<VersionFlow.Swap> done = new ArrayList<>();
            long start = System.nanoTime();
            long limitNanos = (long) SLOWEST * count * everyMs * 1_000_000;
            for (int i = 0; i < count && System.nanoTime() - start < limitNanos; i++) {
                sleepUntil(start, (long) i * everyMs);
                done.add(versions.next());
            }
            sleepUntil(start, (long) count * everyMs);
            return done;
        }

        private void sleepUntil(long startNanos, long ms) throws InterruptedException {
            long leftMs = ms - (System.nanoTime() - startNanos) / 1_000_000;
            Thread.sleep(Math.max(0, leftMs));
        }

        Result result() {
            List<Phase> phases = List.of(
                    phase(QUIET, Block::isQuiet),
                    phase("of these odd", block -> block.isQuiet() && block.round() % 2 == 0),
                    phase("of these even", block -> block.isQuiet() && block.round() % 2 == 1),
                    phase(SWAPS, block -> !block.isQuiet()));
            return new Result(load, delivery, phases, addedByRound(), swaps, moments(), ledger.check(events.next()));
        }

        private List<Long> addedByRound() {
            return IntStream.range(0, load.rounds())
                    .mapToObj(round -> highOf(round, false) - highOf(round, true))
                    .toList();
        }

        private long highOf(int round, boolean isQuiet) {
            return phase("", block -> block.round() == round && block.isQuiet() == isQuiet)
                    .latencyNanos()
                    .getValueAtPercentile(BAR_PERCENTILE);
        }

        private Phase phase(String name, Predicate<Block> which) {
            Histogram latencies = new Histogram(3);
            Histogram sinceDue = new Histogram(3);
            JvmCosts costs = JvmCosts.NONE;
            for (Block block : blocks) {
                if (which.test(block)) {
                    latencies.add(ledger.latencies(block.from(), block.to(), ledger::sentNanos));
                    sinceDue.add(ledger.latencies(block.from(), block.to(), events::dueNanos));
                    costs = costs.plus(block.costs());
                }
            }
            return new Phase(name, latencies, sinceDue, costs);
        }

        private Moments moments() {
            Moments moments = new Moments(new Histogram(3), new Histogram(3), new Histogram(3));
            for (Block block : blocks) {
                for (int number = block.from(); !block.isQuiet() && number < block.to(); number++) {
                    long latency = ledger.receivedNanos(number) - ledger.sentNanos(number);
                    momentOf(ledger.sentNanos(number), moments).recordValue(Math.max(0, latency));
                }
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
