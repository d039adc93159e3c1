package dev.sluice.bench;

import dev.sluice.control.CurrentImage;
import dev.sluice.control.Installation;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What an event pays for rules that can change at any moment: the read of the current installation. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CurrentImageBenchmark {
    private final CurrentImage current = new CurrentImage();

    @Benchmark
    public Installation read() {
        return current.read();
    }
}
