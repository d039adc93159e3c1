package dev.sluice.bench;

import dev.sluice.deployment.KeySplit;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** To which of two arms an event's key belongs. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class KeySplitBenchmark {
    private static final int KEYS = 1_024;

    private final KeySplit split = new KeySplit("payments/7");
    private final String[] keys = new String[KEYS];

    public KeySplitBenchmark() {
        for (int i = 0; i < KEYS; i++) {
            keys[i] = "account-" + i;
        }
    }

    @Benchmark
    @OperationsPerInvocation(KEYS)
    public int route() {
        int within = 0;
        for (String key : keys) {
            within += split.isWithin(2_500, key) ? 1 : 0;
        }
        return within;
    }
}
