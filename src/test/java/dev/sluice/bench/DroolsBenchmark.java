package dev.sluice.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.kie.api.event.rule.AfterMatchFiredEvent;
import org.kie.api.event.rule.DefaultAgendaEventListener;
import org.kie.api.io.ResourceType;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.FactHandle;
import org.kie.internal.utils.KieHelper;
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
import org.openjdk.jmh.annotations.TearDown;

/**
 * Rules of {@link RuleMix#EQ} in Drools: a payment is inserted into a session that stands open, the rules that match it
 * fire without doing anything, and it is taken out again.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DroolsBenchmark {
    private static final int COMPARED = 256;

    @Param({"1000", "10000"})
    public int rules;

    /** Mean number of rules that match a payment. */
    @Param({"1"})
    public double matches;

    private Fact[] facts = {};
    private KieSession session;

    /** What the rules see of a payment. */
    public static final class Fact {
        private final String country;
        private final double amount;

        Fact(DecodedPayment payment) {
            country = DecodedPayment.country(payment);
            amount = DecodedPayment.amount(payment);
        }

        public String getCountry() {
            return country;
        }

        public double getAmount() {
            return amount;
        }
    }

    @Setup(Level.Trial)
    public void prepare() {
        RuleSample sample = RuleSample.of(RuleMix.EQ, rules, matches, IndexBenchmark.EVENTS);
        facts = sample.events().stream().map(Fact::new).toArray(Fact[]::new);
        session = new KieHelper()
                .addContent(text(sample.rules()), ResourceType.DRL)
                .build()
                .newKieSession();
        List<Integer> fired = new ArrayList<>();
        DefaultAgendaEventListener listener = new DefaultAgendaEventListener() {
            @Override
            public void afterMatchFired(AfterMatchFiredEvent event) {
                fired.add(PaymentRule.number(event.getMatch().getRule().getName()));
            }
        };
        session.addEventListener(listener);
        for (int i = 0; i < COMPARED; i++) {
            fired.clear();
            fire(facts[i]);
            int[] found = fired.stream().mapToInt(Integer::intValue).sorted().toArray();
            sample.demand("Drools", sample.expected(sample.events().get(i)), found);
        }
        session.removeEventListener(listener);
    }

    private static String text(List<PaymentRule> rules) {
        StringBuilder text = new StringBuilder("package payments\ndialect \"mvel\"\n");
        text.append("import ").append(Fact.class.getCanonicalName()).append(";\n");
        for (PaymentRule rule : rules) {
            text.append("rule \"").append(rule.id()).append("\" when Fact(country == \"");
            text.append(rule.countries().get(0)).append("\", amount > ").append(rule.aboveText());
            text.append(") then end\n");
        }
        return text.toString();
    }

    private int fire(Fact fact) {
        FactHandle handle = session.insert(fact);
        int fired = session.fireAllRules();
        session.delete(handle);
        return fired;
    }

    @Benchmark
    @OperationsPerInvocation(IndexBenchmark.EVENTS)
    public int drools() {
        int matches = 0;
        for (Fact fact : facts) {
            matches += fire(fact);
        }
        return matches;
    }

    @TearDown(Level.Trial)
    public void close() {
        session.dispose();
    }
}
