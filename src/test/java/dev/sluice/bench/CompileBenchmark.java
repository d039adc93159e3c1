package dev.sluice.bench;

import dev.sluice.rule.compile.Compilation;
import dev.sluice.rule.compile.RuleCompiler;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From a rule file's text to compiled rules. */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class CompileBenchmark {
    @Param({"1", "100", "1000", "10000"})
    public int rules;

    private final RuleCompiler standing = new RuleCompiler(BenchFlights.CATALOG);
    private String[] versions = {};
    private int next;

    @Setup(Level.Trial)
    public void write() {
        versions = new String[] {BenchRules.text(rules, 1), BenchRules.text(rules, 2)};
    }

    /** The first compilation of a new JVM, as when an engine starts. */
    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @Warmup(iterations = 0)
    @Measurement(iterations = 1)
    public Compilation firstOfAJvm() {
        return standing.compile(versions[0]);
    }

    /** Warm code, a compiler that has compiled nothing. */
    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    public Compilation newCompiler() {
        return new RuleCompiler(BenchFlights.CATALOG).compile(versions[0]);
    }

    /** Warm code, a compiler that has just compiled the version before: one rule differs (of a single rule's file
     * only the description). */
    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    public Compilation oneRuleChanged() {
        next = 1 - next;
        return standing.compile(versions[next]);
    }
}
