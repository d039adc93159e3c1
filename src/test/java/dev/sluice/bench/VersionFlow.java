package dev.sluice.bench;

import dev.sluice.app.RulesEngine;
import dev.sluice.control.Installation;
import dev.sluice.schema.RulesetStatus;
import dev.sluice.testing.ControlWriter;
import dev.sluice.testing.Sandbox;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes versions to the control topic one after another, and sees each become active. It writes with a producer that
 * stands open, so that the writer's own work on the machine is small. Confined to one thread.
 */
final class VersionFlow implements AutoCloseable {
    /** Ten thousand rules are more than a record may have by default, before they are compressed. */
    private static final Map<String, String> COMPRESSED =
            Map.of("kafka.compression.type", "lz4", "kafka.max.request.size", "16777216");

    private static final long POLL_NANOS = 2_000_000;
    private static final long LIMIT_NANOS = 60_000_000_000L;

    private final RulesEngine engine;
    private final ControlWriter writer;
    private final Deque<byte[]> prepared = new ArrayDeque<>();
    private final SwapLatencyBenchmark.Load load;
    private long version;

    VersionFlow(Sandbox sandbox, RulesEngine engine, SwapLatencyBenchmark.Load load) {
        this.engine = engine;
        this.writer = new ControlWriter(sandbox.config("writer", COMPRESSED));
        this.load = load;
    }

    /** One version's way, in {@link System#nanoTime}. */
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

    /** Publishes the next version, which is prepared, and returns when every worker has read it. */
    Swap next() {
        version++;
        byte[] record = prepared.remove();
        long published = System.nanoTime();
        writer.write("ruleset/" + BenchRules.RULESET + "/" + version, record);
        await(published, () -> installed() >= version);
        long installed = System.nanoTime();
        await(published, this::isInUse);
        return new Swap(published, installed, System.nanoTime());
    }

    private interface Condition {
        boolean holds();
    }

    private void await(long since, Condition condition) {
        while (!condition.holds()) {
            if (System.nanoTime() - since > LIMIT_NANOS) {
                throw new IllegalStateException("version " + version + " was not active within a minute");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private long installed() {
        Installation.OfRuleset of = engine.current().rulesets().get(BenchRules.RULESET);
        return of == null || of.running() == null ? 0 : of.running().version();
    }

    private boolean isInUse() {
        return engine.status().getRulesets().stream()
                .filter(status -> status.getName().equals(BenchRules.RULESET))
                .anyMatch(RulesetStatus::getInUse);
    }

    @Override
    public void close() {
        writer.close();
    }
}
