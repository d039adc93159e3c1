package dev.sluice.bench;

import dev.sluice.testing.ControlWriter;
import dev.sluice.testing.Sandbox;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * Writes versions to the control topic one after another, and sees each become active on the one engine. It writes with a
 * producer that stands open, so that the writer's own work on the machine is small. Confined to one thread.
 */
final class VersionFlow implements AutoCloseable {
    /** Ten thousand rules are more than a record may have by default, before they are compressed. */
    private static final Map<String, String> COMPRESSED =
            Map.of("kafka.compression.type", "lz4", "kafka.max.request.size", "16777216");

    private static final long NANOS_PER_MS = 1_000_000;

    private final ControlWriter writer;
    private final FleetWatch watch;
    private final Deque<byte[]> prepared = new ArrayDeque<>();
    private final SwapScenario.Load load;
    private long version;

    VersionFlow(Sandbox sandbox, SwapScenario.Load load) {
        this.writer = new ControlWriter(sandbox.config("writer", COMPRESSED));
        this.watch = new FleetWatch(sandbox.config("watch"), BenchRules.RULESET, 1);
        this.load = load;
    }

    /** One version's way, in {@link System#nanoTime} of this JVM and to the millisecond. */
    record Swap(long publishNanos, long installedNanos, long activeNanos) {
        long installNanos() {
            return installedNanos - publishNanos;
        }

        long activationNanos() {
            return activeNanos - publishNanos;
        }
    }

    /** Makes the records of the next versions, so that this work is no part of what is measured. */
    void prepare(int versions) {
        for (int i = 1; i <= versions; i++) {
            long number = version + prepared.size() + 1;
            String text = BenchRules.text(load.change(), load.rules(), number);
            prepared.add(ControlWriter.encoded(BenchRules.RULESET, number, text));
        }
    }

    /** Publishes the first version, which is prepared, to an engine that starts, and returns when it serves. */
    void first() {
        publish();
        Awaitility.await().atMost(Sandbox.LIMIT).until(() -> watch.isServing(version));
    }

    /** Publishes the next version, which is prepared, and returns when every worker has read it. */
    Swap next() {
        long publishedNanos = System.nanoTime();
        FleetWatch.Way way = watch.follow(publish());
        return new Swap(
                publishedNanos,
                publishedNanos + way.installedMs() * NANOS_PER_MS,
                publishedNanos + way.activeMs() * NANOS_PER_MS);
    }

    private FleetWatch.Published publish() {
        version++;
        byte[] record = prepared.remove();
        long atMs = System.currentTimeMillis();
        writer.write("ruleset/" + BenchRules.RULESET + "/" + version, record);
        return new FleetWatch.Published(version, atMs);
    }

    @Override
    public void close() {
        watch.close();
        writer.close();
    }
}
