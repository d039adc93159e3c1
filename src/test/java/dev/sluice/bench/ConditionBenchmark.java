package dev.sluice.bench;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelVariableResolver;
import dev.cel.runtime.Program;
import dev.sluice.rule.Event;
import dev.sluice.rule.EventType;
import dev.sluice.rule.EventTypes;
import dev.sluice.rule.Expression;
import dev.sluice.rule.Field;
import dev.sluice.rule.ValueType.Scalar;
import dev.sluice.rule.compile.RuleCompiler;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One expression of three conditions on decoded events: its plan, hand-written Java, and cel-java's runtime. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ConditionBenchmark {
    private static final int EVENTS = 1_024;
    private static final String CONDITION =
            "country in [\"AT\",\"DE\"] && amount > 100.0 && merchant.startsWith(\"m\")";
    private static final EventType TYPE = new EventType(
            "Payment",
            List.of(
                    new Field("id", Scalar.STRING),
                    new Field("country", Scalar.STRING),
                    new Field("amount", Scalar.DOUBLE),
                    new Field("merchant", Scalar.STRING)));

    private final Event[] events = new Event[EVENTS];
    private Expression planned = expression();
    private Program interpreted = program();

    private static final class Payment implements Event {
        private final Object[] values;

        Payment(Object... values) {
            this.values = values;
        }

        @Override
        public EventType type() {
            return TYPE;
        }

        @Override
        public Object value(int position) {
            return values[position];
        }
    }

    /** Half of the events pass each condition, so that no branch is foreseen. */
    @Setup
    public void decode() {
        Random random = new Random(1);
        for (int i = 0; i < EVENTS; i++) {
            events[i] = new Payment(
                    "tx-" + i,
                    new String(random.nextBoolean() ? random.nextBoolean() ? "AT" : "DE" : "FR"),
                    random.nextDouble() * 200,
                    (random.nextBoolean() ? "m" : "n") + random.nextInt(1_000));
        }
    }

    private static Expression expression() {
        String file = """
                ruleset: payments
                rules:
                  - id: three
                    from: Payment
                    when: '%s'
                    emit: { type: Found, fields: { id: id } }
                """.formatted(CONDITION);
        Expression when = Objects.requireNonNull(new RuleCompiler(new EventTypes(Map.of("Payment", TYPE), Set.of()))
                .compile(file)
                .definition()
                .orElseThrow()
                .rules()
                .get(0)
                .when());
        if (!when.isPlanned()) {
            throw new IllegalStateException("the condition has no plan");
        }
        return when;
    }

    private static Program program() {
        CelBuilder builder = CelFactory.plannerCelBuilder()
                .addVar("country", SimpleType.STRING)
                .addVar("amount", SimpleType.DOUBLE)
                .addVar("merchant", SimpleType.STRING);
        Cel cel = builder.build();
        try {
            return cel.createProgram(cel.compile(CONDITION).getAst());
        } catch (Exception e) {
            throw new IllegalStateException("the condition does not compile", e);
        }
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public int plan() throws Exception {
        int matches = 0;
        for (Event event : events) {
            matches += planned.test(event) ? 1 : 0;
        }
        return matches;
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public int handWrittenJava() {
        int matches = 0;
        for (Event event : events) {
            matches += matches(event) ? 1 : 0;
        }
        return matches;
    }

    private static boolean matches(Event event) {
        String country = (String) Objects.requireNonNull(event.value(1));
        return (country.equals("AT") || country.equals("DE"))
                && event.doubleValue(2) > 100.0
                && ((String) Objects.requireNonNull(event.value(3))).startsWith("m");
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public int celJava() throws Exception {
        int matches = 0;
        for (Event event : events) {
            CelVariableResolver fields = name -> Optional.ofNullable(event.value(TYPE.position(name)));
            matches += Boolean.TRUE.equals(interpreted.eval(fields)) ? 1 : 0;
        }
        return matches;
    }
}
