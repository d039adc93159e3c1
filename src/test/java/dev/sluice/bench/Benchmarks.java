package dev.sluice.bench;

import dev.sluice.bench.SwapLatencyBenchmark.Delivery;
import dev.sluice.bench.SwapLatencyBenchmark.Load;
import java.nio.file.Path;
import java.util.List;

/** Runs every benchmark, prints the tables and writes the report. */
public final class Benchmarks {
    private static final int USAGE = 2;

    private Benchmarks() {}

    /** {@code quick}: about two minutes, report to the build folder. Nothing: all, report to the documents. */
    public static void main(String[] args) throws Exception {
        List<String> words = List.of(args);
        if (!words.isEmpty() && !words.equals(List.of("quick"))) {
            System.err.println("unknown arguments " + words + "; give none, or 'quick' for a short run");
            System.exit(USAGE);
        }
        if (words.isEmpty()) {
            run(Load.FULL, MicroBenchmarks.Length.FULL, Path.of("docs/BENCHMARKS.md"));
        } else {
            run(Load.QUICK, MicroBenchmarks.Length.QUICK, Path.of("target/BENCHMARKS.md"));
        }
        System.exit(0); // the broker's shutdown hook ends its threads
    }

    private static void run(Load load, MicroBenchmarks.Length length, Path file) throws Exception {
        Conditions conditions = Conditions.now(load);
        // JMH first: its JVMs are to have the machine without the broker.
        String micro = MicroBenchmarks.table(length);
        StringBuilder swaps = new StringBuilder();
        for (Delivery delivery : List.of(Delivery.EXACTLY_ONCE, Delivery.AT_LEAST_ONCE)) {
            String table = SwapTables.of(new SwapLatencyBenchmark(load, delivery).run());
            System.out.println(table);
            swaps.append(table).append('\n');
        }
        System.out.println(micro);
        new BenchmarkReport(file).write(conditions, swaps.toString(), micro);
        System.out.println("written: " + file);
    }
}
