package dev.sluice.bench;

import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * One JMH benchmark with one set of parameters.
 *
 * @param benchmark class and method
 * @param median of the iterations, or of the JVMs where each has one
 * @param bytes allocated by one operation; not a number when not measured
 */
record Cell(String benchmark, SortedMap<String, String> parameters, double median, String unit, double bytes) {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    static Cell of(RunResult run) {
        SortedMap<String, String> parameters = new TreeMap<>();
        run.getParams()
                .getParamsKeys()
                .forEach(key -> parameters.put(key, run.getParams().getParam(key)));
        Result<?> time = run.getPrimaryResult();
        Result<?> allocated = run.getSecondaryResults().get(ALLOCATED);
        return new Cell(
                run.getParams().getBenchmark().replaceFirst(".*\\.(\\w+\\.\\w+)$", "$1"),
                parameters,
                time.getStatistics().getPercentile(50),
                time.getScoreUnit().replace("/op", ""),
                allocated == null ? Double.NaN : allocated.getScore());
    }

    /** Benchmark and parameters: {@code IndexBenchmark.sluice matches=1 mix=EQ rules=100}. */
    String name() {
        StringBuilder name = new StringBuilder(benchmark);
        parameters.forEach(
                (key, value) -> name.append(' ').append(key).append('=').append(value));
        return name.toString();
    }

    /** A row of a Markdown table: benchmark, parameters, median, bytes. */
    String row() {
        String values = String.join(", ", parameters.values());
        return String.format(
                Locale.ROOT,
                "| %s | %s | %,.1f %s | %s |",
                benchmark,
                values,
                median,
                unit,
                Double.isNaN(bytes) ? "" : String.format(Locale.ROOT, "%,.0f", bytes));
    }
}
