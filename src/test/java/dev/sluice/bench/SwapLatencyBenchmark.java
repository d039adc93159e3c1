package dev.sluice.bench;

import dev.sluice.testing.ChildBroker;
import dev.sluice.testing.ChildEngine;
import dev.sluice.testing.Sandbox;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * Latency of events, from just before the producer's {@code send} to receipt by a {@code read_committed} consumer, with
 * and without versions of a ruleset being swapped meanwhile. The engine has a JVM of its own, the broker another.
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
    /** A round of versions ends early when it takes this many times as long as it should. */
    private static final int SLOWEST = 3;

    /** After versions were prepared. */
    private static final int SETTLING_MS = 500;

    private static final int WARM_JIT_MS_PER_SECOND = 60;

    /** Share of the machine's processors that others may have of a round that counts, on average over its two blocks. */
    private static final double CALM = 0.02;

    private static final String HEAP = "-Xmx2g";
    private static final List<String> BROKER_OPTIONS = Stream.concat(
                    Stream.of("-Xmx1g"), Collector.concurrent().options().stream())
            .toList();

    private final SwapScenario scenario;
    private final SwapScenario.Load load;

    /**
     * Events and costs of all blocks of a kind.
     *
     * @param latencyNanos from the moment an event was sent
     * @param sinceDueNanos from the moment it should have been: the sender, too, may have to wait for a processor
     * @param costs of the engine's JVM
     * @param stolenMs processor time that the machine's host gave to others
     */
    record Phase(String name, Histogram latencyNanos, Histogram sinceDueNanos, JvmCosts costs, long stolenMs) {
        double eventsPerSecond() {
            return latencyNanos.getTotalCount() / costs.seconds();
        }

        /** Share of the machine's processors. */
        double stolen() {
            return stolenMs / (costs.seconds() * 1000 * Machine.processors());
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
     * @param leftOut rounds that do not count, for what was stolen from the machine in them
     * @param stolenMost of the machine's processors, in a round that counts
     * @param addedByRound to p99.9 in nanoseconds, by the block with swaps of a round against its block without
     */
    record Result(
            SwapScenario scenario,
            int leftOut,
            double stolenMost,
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

    SwapLatencyBenchmark(SwapScenario scenario) {
        this.scenario = scenario;
        this.load = scenario.load();
    }

    /** All scenarios, to standard output; {@code quick} for one short run. */
    public static void main(String[] args) throws Exception {
        for (SwapScenario scenario : List.of(args).contains("quick") ? SwapScenario.QUICK : SwapScenario.FULL) {
            System.out.println(SwapTables.of(new SwapLatencyBenchmark(scenario).run()));
        }
        System.exit(0); // whatever threads are left
    }

    Result run() throws Exception {
        AlertLedger ledger = new AlertLedger(load.rules(), load.capacity());
        try (ChildBroker broker = ChildBroker.start(BROKER_OPTIONS);
                Sandbox sandbox = Sandbox.on(
                        broker.bootstrapServers(), scenario.delivery().settings());
                VersionFlow versions = new VersionFlow(sandbox, load);
                RemoteJvm engine = RemoteJvm.of(start(sandbox, versions).pid());
                AlertTap tap = new AlertTap(sandbox.config("tap"), ledger)) {
            Run run = new Run(
                    ledger,
                    versions,
                    engine,
                    new EventFlow(sandbox, ledger, load.eventsPerSecond(), SwapScenario.LINGER_MS));
            tap.start();
            run.phases();
            sandbox.awaitEvaluated();
            tap.close();
            return run.result();
        }
    }

    private ChildEngine start(Sandbox sandbox, VersionFlow versions) {
        List<String> options = Stream.concat(Stream.of(HEAP), scenario.collector().options().stream())
                .toList();
        ChildEngine engine = sandbox.startChild("bench", Map.of(), options);
        versions.prepare(1);
        versions.first();
        return engine;
    }

    private final class Run {
        private final AlertLedger ledger;
        private final VersionFlow versions;
        private final RemoteJvm engine;
        private final EventFlow events;
        private final List<Round> rounds = new ArrayList<>();

        /** The events {@code from} (inclusive) to {@code to}, by number. */
        private record Block(int from, int to, JvmCosts costs, long stolenMs) {}

        private record Round(int number, Block quiet, Block swapping, List<VersionFlow.Swap> swaps) {
            /** Share of the machine's processors. */
            double stolen() {
                double seconds = quiet.costs().seconds() + swapping.costs().seconds();
                return (quiet.stolenMs() + swapping.stolenMs()) / (seconds * 1000 * Machine.processors());
            }
        }

        private interface Activity {
            void run() throws InterruptedException;
        }

        Run(AlertLedger ledger, VersionFlow versions, RemoteJvm engine, EventFlow events) {
            this.ledger = ledger;
            this.versions = versions;
            this.engine = engine;
            this.events = events;
        }

        void phases() throws InterruptedException {
            events.start();
            warmUp();
            while (rounds.size() < load.roundsMax()
                    && rounds.stream().filter(Run::isCalm).count() < load.rounds()) {
                versions.prepare(load.swaps());
                Thread.sleep(SETTLING_MS);
                Block quiet = block(() -> Thread.sleep(load.blockMs()));
                List<VersionFlow.Swap> swaps = new ArrayList<>();
                Block swapping = block(() -> swaps.addAll(swap(load.swaps(), load.swapEveryMs())));
                rounds.add(new Round(rounds.size(), quiet, swapping, swaps));
            }
            events.close();
        }

        private static boolean isCalm(Round round) {
            return round.stolen() <= CALM;
        }

        /** Swaps until the just-in-time compilers are nearly done and no backlog is left, or the limit passes. */
        private void warmUp() throws InterruptedException {
            JvmCosts begin = engine.costs();
            JvmCosts round = begin;
            JvmCosts spent;
            do {
                JvmCosts before = round;
                versions.prepare(load.warmUpRound());
                swap(load.warmUpRound(), load.swapEveryMs() / SwapScenario.WARM_UP_PACE);
                round = engine.costs();
                spent = round.since(before);
            } while (round.since(begin).seconds() < load.warmUpSeconds() && !isWarm(spent));
        }

        private boolean isWarm(JvmCosts spent) {
            return events.isOnTime() && spent.jitMs() < spent.seconds() * WARM_JIT_MS_PER_SECOND;
        }

        private Block block(Activity activity) throws InterruptedException {
            int from = events.next();
            JvmCosts before = engine.costs();
            long stolen = Machine.stolenMs();
            activity.run();
            return new Block(from, events.next(), engine.costs().since(before), Machine.stolenMs() - stolen);
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
            List<Round> counted = rounds.stream()
                    .sorted(Comparator.comparingDouble(Round::stolen))
                    .limit(load.rounds())
                    .sorted(Comparator.comparingInt(Round::number))
                    .toList();
            List<Phase> phases = List.of(
                    phase(QUIET, counted.stream().map(Round::quiet)),
                    phase("of these odd", everyOther(counted, 0).map(Round::quiet)),
                    phase("of these even", everyOther(counted, 1).map(Round::quiet)),
                    phase(SWAPS, counted.stream().map(Round::swapping)));
            return new Result(
                    scenario,
                    rounds.size() - counted.size(),
                    counted.stream().mapToDouble(Round::stolen).max().orElse(0),
                    phases,
                    counted.stream().map(this::added).toList(),
                    counted.stream().flatMap(round -> round.swaps().stream()).toList(),
                    moments(counted),
                    ledger.check(events.next()));
        }

        private static Stream<Round> everyOther(List<Round> rounds, int first) {
            return IntStream.range(0, rounds.size()).filter(i -> i % 2 == first).mapToObj(rounds::get);
        }

        private long added(Round round) {
            return high(round.swapping()) - high(round.quiet());
        }

        private long high(Block block) {
            return ledger.latencies(block.from(), block.to(), ledger::sentNanos).getValueAtPercentile(BAR_PERCENTILE);
        }

        private Phase phase(String name, Stream<Block> blocks) {
            Histogram latencies = new Histogram(3);
            Histogram sinceDue = new Histogram(3);
            JvmCosts costs = JvmCosts.NONE;
            long stolenMs = 0;
            for (Block block : blocks.toList()) {
                latencies.add(ledger.latencies(block.from(), block.to(), ledger::sentNanos));
                sinceDue.add(ledger.latencies(block.from(), block.to(), events::dueNanos));
                costs = costs.plus(block.costs());
                stolenMs += block.stolenMs();
            }
            return new Phase(name, latencies, sinceDue, costs, stolenMs);
        }

        private Moments moments(List<Round> counted) {
            Moments moments = new Moments(new Histogram(3), new Histogram(3), new Histogram(3));
            for (Round round : counted) {
                for (int number = round.swapping().from();
                        number < round.swapping().to();
                        number++) {
                    long sent = ledger.sentNanos(number);
                    momentOf(sent, round.swaps(), moments)
                            .recordValue(Math.max(0, ledger.receivedNanos(number) - sent));
                }
            }
            return moments;
        }

        private static Histogram momentOf(long sent, List<VersionFlow.Swap> swaps, Moments moments) {
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
