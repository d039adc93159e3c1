package dev.sluice.bench;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelException;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelVariableResolver;
import dev.cel.runtime.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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

/** The rules of {@link IndexBenchmark}'s mixes as programs of cel-java's planner runtime, one after another. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CelLoopBenchmark {
    private static final int EVENTS = 64;

    @Param({"MIX"})
    public RuleMix mix;

    @Param({"1", "10", "100", "1000"})
    public int rules;

    private DecodedPayment[] events = {};
    private List<Program> programs = List.of();

    @Setup(Level.Trial)
    public void prepare() throws CelException {
        RuleSample sample = RuleSample.of(mix, rules, 1, EVENTS);
        events = sample.events().toArray(DecodedPayment[]::new);
        Cel cel = CelFactory.plannerCelBuilder()
                .addVar("country", SimpleType.STRING)
                .addVar("amount", SimpleType.DOUBLE)
                .addVar("merchant", SimpleType.STRING)
                .build();
        programs = new ArrayList<>();
        for (PaymentRule rule : sample.rules()) {
            programs.add(cel.createProgram(cel.compile(rule.condition()).getAst()));
        }
        for (DecodedPayment event : events) {
            sample.demand("cel-java", sample.expected(event), found(event));
        }
    }

    private int[] found(DecodedPayment event) {
        return IntStream.range(0, programs.size())
                .filter(i -> holds(programs.get(i), event))
                .toArray();
    }

    private static boolean holds(Program program, DecodedPayment event) {
        CelVariableResolver fields = name -> Optional.ofNullable(event.value(Payments.TYPE.position(name)));
        try {
            return Boolean.TRUE.equals(program.eval(fields));
        } catch (CelException e) {
            throw new IllegalStateException("the rules are true or false for every payment", e);
        }
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public int celJava() {
        int matches = 0;
        for (DecodedPayment event : events) {
            for (int i = 0; i < programs.size(); i++) {
                matches += holds(programs.get(i), event) ? 1 : 0;
            }
        }
        return matches;
    }
}
