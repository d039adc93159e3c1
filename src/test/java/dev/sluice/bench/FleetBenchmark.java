package dev.sluice.bench;

import dev.sluice.testing.ControlWriter;
import dev.sluice.testing.Sandbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;

/**
 * Versions of a ruleset, one after another, each with one rule changed, to a fleet of three engine processes under a steady
 * load: how long until every evaluating thread of all three has read that the version is active, and where the time goes.
 * The broker, the sender of events and the writer of versions share one JVM.
 */
final class FleetBenchmark {
    private static final List<String> INSTANCES = List.of("one", "two", "three");
    private static final int MAX_PAUSE_MS = 400;
    private static final long SEED = 5;

    private final Load load;
    private long version;

    /**
     * How much of everything.
     *
     * @param warmUp versions before those that count
     */
    record Load(int eventsPerSecond, int rules, int warmUp, int versions) {
        private static final int SECONDS_A_VERSION = 3;
        private static final int START_SECONDS = 120;

        static final Load FULL = new Load(500, 1_000, 30, 100);
        static final Load QUICK = new Load(500, 1_000, 10, 20);

        int capacity() {
            return eventsPerSecond * (SECONDS_A_VERSION * (warmUp + versions) + START_SECONDS);
        }
    }

    FleetBenchmark(Load load) {
        this.load = load;
    }

    /**
     * What one run found.
     *
     * @param ways of the versions that count, in order
     * @param late how many versions became active when the sender of the events was behind: then the load was not steady
     */
    record Result(Load load, List<FleetWatch.Way> ways, int late) {
        Result {
            ways = List.copyOf(ways);
        }
    }

    Result run() throws Exception {
        AlertLedger ledger = new AlertLedger(load.rules(), load.capacity());
        List<FleetWatch.Way> ways = new ArrayList<>();
        int late = 0;
        try (Sandbox sandbox = Sandbox.create();
                ControlWriter writer = new ControlWriter(sandbox.config("writer"));
                FleetWatch watch = new FleetWatch(sandbox.config("watch"), BenchRules.RULESET, INSTANCES.size())) {
            publish(writer);
            INSTANCES.forEach(name -> sandbox.startChild(name, Map.of("SLUICE_ENGINE_HEARTBEAT_MS", "1000")));
            Awaitility.await().atMost(Sandbox.LIMIT).until(() -> watch.isServing(version));
            Random pauses = new Random(SEED);
            try (EventFlow events = new EventFlow(sandbox, ledger, load.eventsPerSecond(), 0)) {
                events.start();
                for (int i = 0; i < load.warmUp() + load.versions(); i++) {
                    // So that publications do not fall in step with heartbeats and commits.
                    watch.pause(pauses.nextInt(MAX_PAUSE_MS));
                    FleetWatch.Way way = watch.follow(publish(writer));
                    if (i >= load.warmUp()) {
                        ways.add(way);
                        late += events.isOnTime() ? 0 : 1;
                    }
                }
            }
        }
        return new Result(load, ways, late);
    }

    private FleetWatch.Published publish(ControlWriter writer) {
        version++;
        byte[] record = ControlWriter.encoded(
                BenchRules.RULESET, version, BenchRules.text(BenchRules.Change.ONE_RULE, load.rules(), version));
        long atMs = System.currentTimeMillis();
        writer.write("ruleset/" + BenchRules.RULESET + "/" + version, record);
        return new FleetWatch.Published(version, atMs);
    }

    /** To standard output; {@code quick} for a short run. */
    public static void main(String[] args) throws Exception {
        Load load = List.of(args).contains("quick") ? Load.QUICK : Load.FULL;
        System.out.println(FleetTable.of(new FleetBenchmark(load).run(), new Figures()));
        System.exit(0); // the broker's shutdown hook ends its threads
    }
}
