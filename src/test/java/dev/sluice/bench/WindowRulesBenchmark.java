package dev.sluice.bench;

import dev.sluice.evaluation.Evaluation;
import dev.sluice.evaluation.Evaluator;
import dev.sluice.evaluation.GroupKey;
import dev.sluice.evaluation.Moment;
import dev.sluice.evaluation.RuleIndexes;
import dev.sluice.evaluation.Windows;
import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.compile.RuleCompiler;
import dev.sluice.ruleset.Ruleset;
import dev.sluice.window.KeyState;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.avro.generic.GenericRecord;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * An event and many windowed rules, of which twenty take it in. Each rule is of one country and each account is in one, so
 * that there is as much state with twenty rules as with a thousand.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WindowRulesBenchmark {
    static final int CONCERNED = 20;
    private static final int ACCOUNTS = 1_000;
    private static final int EVENTS = 1 << 14;
    private static final String RULESET = "payments";

    @Param({"20", "1000"})
    public int rules;

    private final Evaluator evaluator = new Evaluator();
    private final Kept windows = new Kept();
    private final DecodedPayment[] events = new DecodedPayment[EVENTS];
    private RuleIndexes active = RuleIndexes.NONE;
    private long timeMs;

    /** Fills the windows, and demands that each event comes to twenty of them. */
    @Setup(Level.Trial)
    public void prepare() {
        Payments payments = new Payments(200);
        for (int i = 0; i < EVENTS; i++) {
            GenericRecord payment = payments.next();
            int account = i * 7 % ACCOUNTS;
            payment.put("account", "account-" + account);
            payment.put("country", country(account % (rules / CONCERNED)));
            payment.put("amount", 1.0 + i % 100);
            events[i] = new DecodedPayment(payment);
        }
        active = RuleSample.active(RuleIndexes.NONE, new RuleCompiler(Payments.CATALOG).compile(text()), 1);
        for (int i = 0; i < 100_000; i++) {
            long before = windows.asked;
            sluice();
            if (windows.asked != before + CONCERNED) {
                throw new IllegalStateException(
                        "an event came to " + (windows.asked - before) + " rules, not to " + CONCERNED);
            }
        }
    }

    private static String country(int number) {
        return "C" + number;
    }

    private String text() {
        StringBuilder text = new StringBuilder("ruleset: " + RULESET + "\nrules:\n");
        for (int i = 0; i < rules; i++) {
            text.append("""
                    - id: r%d
                      from: Payment
                      when: country == '%s' && amount > %s
                      partitionBy: account
                      window: { sliding: %dm }
                      aggregate: { n: count(), total: sum(amount) }
                      having: n > %d
                      emit: { type: Busy, fields: { account: account, total: total } }
                    """.formatted(
                            i, country(i / CONCERNED), 0.0001 * (i + 1), 1 + i % 10, WindowStreamBenchmark.NEVER));
        }
        return text.toString();
    }

    @Benchmark
    public Evaluation sluice() {
        timeMs += 10;
        Moment moment = new Moment.At(timeMs, timeMs, null, "");
        return evaluator.evaluate(active, events[(int) (timeMs / 10) & EVENTS - 1], moment, windows);
    }

    /** States by rule and key. */
    private static final class Kept implements Windows {
        private final IdentityHashMap<CompiledRule, Map<GroupKey, KeyState>> states = new IdentityHashMap<>();
        private long asked;

        @Override
        public boolean isHome(CompiledRule rule) {
            return true;
        }

        @Override
        public KeyState of(Ruleset ruleset, CompiledRule rule, GroupKey key) {
            asked++;
            return states.computeIfAbsent(rule, of -> new HashMap<>())
                    .computeIfAbsent(
                            key,
                            of -> Objects.requireNonNull(rule.windowing())
                                    .shape()
                                    .fresh());
        }
    }
}
