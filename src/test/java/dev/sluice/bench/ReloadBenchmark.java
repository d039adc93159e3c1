package dev.sluice.bench;

import dev.sluice.evaluation.Evaluation;
import dev.sluice.evaluation.Evaluator;
import dev.sluice.evaluation.RuleIndexes;
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

/**
 * From the text of many rules to the first payment evaluated with them: compilation, ruleset, the snapshot that is swapped
 * in, and whatever the first event still makes.
 */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class ReloadBenchmark {
    @Param({"MIX"})
    public RuleMix mix;

    @Param({"10000"})
    public int rules;

    private final RuleCompiler standing = new RuleCompiler(Payments.CATALOG);
    private final Evaluator evaluator = new Evaluator();
    private RuleIndexes active = RuleIndexes.NONE;
    private RuleVersions versions;
    private DecodedPayment event;
    private String text = "";
    private long version;

    @Setup(Level.Trial)
    public void write() {
        RuleSample sample = RuleSample.of(mix, rules, 1, 1);
        versions = new RuleVersions(sample.rules());
        event = sample.events().get(0);
    }

    @Setup(Level.Invocation)
    public void writeNext() {
        text = versions.changeOne();
    }

    /** A new JVM: nothing loaded, nothing compiled by the just-in-time compilers. */
    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @Warmup(iterations = 0)
    @Measurement(iterations = 1)
    public Evaluation firstOfAJvm() {
        return reload();
    }

    /** Warm code, and a compiler that has compiled the version before; one rule has a constant not seen yet. */
    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    public Evaluation oneRuleChanged() {
        return reload();
    }

    private Evaluation reload() {
        active = RuleSample.active(active, standing.compile(text), ++version);
        return evaluator.evaluate(active, event);
    }
}
