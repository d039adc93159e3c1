package dev.sluice.bench;

import dev.sluice.evaluation.Evaluation;
import dev.sluice.evaluation.Evaluator;
import dev.sluice.evaluation.RuleIndexes;
import dev.sluice.event.AvroEvent;
import dev.sluice.rule.EventType;
import dev.sluice.rule.compile.RuleCompiler;
import dev.sluice.ruleset.ActiveRulesets;
import dev.sluice.ruleset.Ruleset;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.generic.GenericRecord;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One event against rulesets of several sizes; one of the rules matches it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EvaluationBenchmark {
    @Param({"1", "10", "100"})
    public int rules;

    private final Evaluator evaluator = new Evaluator();
    private EventType type = BenchFlights.TYPE;
    private GenericRecord flight = BenchFlights.onTime();
    private RuleIndexes active = RuleIndexes.NONE;

    @Setup
    public void compile() {
        Ruleset ruleset = new Ruleset(
                new RuleCompiler(BenchFlights.CATALOG)
                        .compile(BenchRules.text(rules, 1))
                        .definition()
                        .orElseThrow(),
                1,
                "digest");
        active = RuleIndexes.of(new ActiveRulesets(Map.of(ruleset.name(), ruleset)));
    }

    @Benchmark
    public Evaluation evaluate() {
        // As the engine does: an event of its own for each record, whose fields are converted when first read.
        return evaluator.evaluate(active, new AvroEvent(type, flight));
    }
}
