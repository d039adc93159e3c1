package dev.sluice.bench;

import dev.sluice.window.Aggregation;
import dev.sluice.window.Aggregation.Function;
import dev.sluice.window.Column;
import dev.sluice.window.KeyState;
import dev.sluice.window.StateShape;
import dev.sluice.window.Window;
import dev.sluice.window.WindowSpec.Sliding;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** An event through an exact sliding window: it is taken in, what is too old leaves, and the results are looked at. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WindowBenchmark {
    private static final long SIZE_MS = 600_000;
    private static final long HOUR_MS = 3_600_000;
    private static final int KEYS = 100_000;
    private static final int NUMBERS = 1 << 20;

    /** 10 min, count and sum, 1,000 events a second over 100,000 keys, which are texts. */
    @State(Scope.Benchmark)
    public static class ManyKeys {
        private final StateShape shape = new StateShape(
                new Window(new Sliding(SIZE_MS, 0), 0),
                List.of(column(Function.COUNT, Column.Kind.ANY), column(Function.SUM, Column.Kind.LONG)));
        private final Map<String, KeyState> states = new HashMap<>();
        private final Map<String, HandWrittenWindow> windows = new HashMap<>();
        private final String[] keys = new String[NUMBERS];
        private final Argument argument = new Argument();
        private long timeMs;

        /** Fills the windows, and demands that both ways agree. */
        @Setup(Level.Trial)
        public void prepare() {
            Random random = new Random(1);
            String[] names = new String[KEYS];
            for (int i = 0; i < KEYS; i++) {
                names[i] = "account-" + i;
            }
            for (int i = 0; i < NUMBERS; i++) {
                keys[i] = names[random.nextInt(KEYS)];
            }
            for (int i = 0; i < 2 * SIZE_MS; i++) {
                timeMs++;
                long mine = sluice();
                long other = handWritten();
                if (mine != other) {
                    throw new IllegalStateException("at " + timeMs + " Sluice gives " + mine + ", not " + other);
                }
            }
        }

        private String key() {
            return keys[(int) timeMs & NUMBERS - 1];
        }

        private long sluice() {
            KeyState state = states.computeIfAbsent(key(), key -> shape.fresh());
            argument.value = timeMs & 127;
            state.add(timeMs, timeMs, argument);
            Sum sum = new Sum();
            state.visitTouched(view -> sum.value = view.longValue(0) + view.longValue(1));
            return sum.value;
        }

        private long handWritten() {
            HandWrittenWindow window = windows.computeIfAbsent(key(), key -> new HandWrittenWindow(SIZE_MS));
            window.add(timeMs, timeMs & 127);
            return window.count() + window.sum();
        }
    }

    /** 1 h of one key. */
    @State(Scope.Benchmark)
    public static class OneKey {
        @Param({"100", "100000"})
        public int events;

        /** COUNT and SUM leave by subtraction, the others by totals of tails. */
        @Param({"COUNT_SUM", "MIN_MAX_AVG"})
        public String results;

        private KeyState state = new StateShape(new Window(new Sliding(HOUR_MS, 0), 0), List.of()).fresh();
        private final Argument argument = new Argument();
        private final Random random = new Random(1);
        private long timeMs;

        @Setup(Level.Trial)
        public void prepare() {
            List<Column> columns = results.equals("COUNT_SUM")
                    ? List.of(column(Function.COUNT, Column.Kind.ANY), column(Function.SUM, Column.Kind.LONG))
                    : List.of(
                            column(Function.MIN, Column.Kind.LONG),
                            column(Function.MAX, Column.Kind.LONG),
                            column(Function.AVG, Column.Kind.DOUBLE));
            state = new StateShape(new Window(new Sliding(HOUR_MS, 0), 0), columns).fresh();
            for (int i = 0; i < 3 * events; i++) {
                next();
            }
        }

        private Object next() {
            timeMs += HOUR_MS / events;
            argument.value = random.nextInt(1_000_000);
            state.add(timeMs, timeMs, argument);
            Sum sum = new Sum();
            state.visitTouched(view -> {
                sum.value = view.longValue(0) + view.longValue(1);
                sum.real = results.equals("COUNT_SUM") ? 0 : view.doubleValue(2);
            });
            return sum;
        }
    }

    private static final class Sum {
        private long value;
        private double real;
    }

    @Benchmark
    public long sluice(ManyKeys keys) {
        keys.timeMs++;
        return keys.sluice();
    }

    @Benchmark
    public long handWritten(ManyKeys keys) {
        keys.timeMs++;
        return keys.handWritten();
    }

    @Benchmark
    public Object oneKey(OneKey key) {
        return key.next();
    }

    private static Column column(Function function, Column.Kind kind) {
        return new Column(function + "(amount)", Aggregation.of(function), kind);
    }
}
