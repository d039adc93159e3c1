package dev.sluice.bench;

import dev.sluice.evaluation.Evaluator;
import dev.sluice.evaluation.RuleIndexes;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.Blackhole;

/**
 * All rules of a mix on one decoded payment. Sluice makes the matches with what they emit, the hand-made index and the
 * loop only find the numbers of the rules. Before a measurement the three must agree on the payments.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class IndexBenchmark {
    static final int EVENTS = 4_096;
    private static final int COMPARED = 512;

    @Param({"EQ", "RANGE", "PREFIX", "MIX", "DENSE"})
    public RuleMix mix;

    @Param({"1", "10", "100", "1000", "10000"})
    public int rules;

    /** Mean number of rules that match a payment, where there are enough rules. */
    @Param({"1"})
    public double matches;

    private final Evaluator evaluator = new Evaluator();
    private DecodedPayment[] events = {};
    private RuleIndexes active = RuleIndexes.NONE;
    private HandWritten[] loop = {};
    private HandMadeIndex index;
    private HandMadeIndex.Found found;

    @Setup(Level.Trial)
    public void prepare(BenchmarkParams params) {
        RuleSample sample = RuleSample.of(mix, rules, matches, EVENTS);
        events = sample.events().toArray(DecodedPayment[]::new);
        loop = sample.loop();
        index = sample.handMadeIndex();
        found = new HandMadeIndex.Found(rules);
        boolean compiled = params.getBenchmark().endsWith(".sluice");
        if (compiled) {
            active = sample.active();
        }
        for (int i = 0; i < COMPARED; i++) {
            found.clear();
            index.find(events[i], found);
            compare(sample, events[i], compiled);
        }
        System.out.printf("%s, %d rules: %.4f matches a payment%n", mix, rules, sample.meanMatches());
    }

    private void compare(RuleSample sample, DecodedPayment event, boolean compiled) {
        int[] expected = sample.expected(event);
        sample.demand("the hand-made index", expected, RuleSample.numbers(found));
        if (compiled) {
            sample.demand("Sluice", expected, RuleSample.numbers(evaluator.evaluate(active, event)));
        }
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void sluice(Blackhole hole) {
        for (DecodedPayment event : events) {
            hole.consume(evaluator.evaluate(active, event));
        }
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void handMadeIndex(Blackhole hole) {
        for (DecodedPayment event : events) {
            found.clear();
            index.find(event, found);
            hole.consume(found.count());
        }
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void plainLoop(Blackhole hole) {
        for (DecodedPayment event : events) {
            found.clear();
            for (int i = 0; i < loop.length; i++) {
                if (loop[i].test(event)) {
                    found.add(i);
                }
            }
            hole.consume(found.count());
        }
    }
}
