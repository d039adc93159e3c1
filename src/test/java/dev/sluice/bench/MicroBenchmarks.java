package dev.sluice.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs JMH benchmarks of this package, each cell in a JVM of its own. */
final class MicroBenchmarks {
    private static final String HEAP = "-Xmx1g";

    private final Length length;
    private final Figures figures;

    /**
     * How long.
     *
     * @param iterations measured, and as many to warm up
     * @param iterationMs of one
     * @param jvms new ones for each figure of a new JVM
     */
    record Length(int iterations, int iterationMs, int jvms) {
        static final Length FULL = new Length(5, 400, 3);
        static final Length QUICK = new Length(2, 250, 1);
    }

    /** @param figures to which every median is added */
    MicroBenchmarks(Length length, Figures figures) {
        this.length = length;
        this.figures = figures;
    }

    /**
     * Warm code.
     *
     * @param benchmarks regular expression for class and method
     * @param parameters values to take instead of all
     */
    List<Cell> steady(String benchmarks, Map<String, List<String>> parameters) throws RunnerException {
        return run(options(benchmarks, parameters)
                .forks(1)
                .warmupIterations(length.iterations())
                .warmupTime(TimeValue.milliseconds(length.iterationMs()))
                .measurementIterations(length.iterations())
                .measurementTime(TimeValue.milliseconds(length.iterationMs())));
    }

    /** One shot in each of several new JVMs. */
    List<Cell> first(String benchmarks, Map<String, List<String>> parameters) throws RunnerException {
        return run(options(benchmarks, parameters).forks(length.jvms()));
    }

    private static ChainedOptionsBuilder options(String benchmarks, Map<String, List<String>> parameters) {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(MicroBenchmarks.class.getPackageName() + "\\." + benchmarks + "$")
                .addProfiler(GCProfiler.class)
                .jvmArgs(HEAP, "-Djmh.ignoreLock=true")
                .shouldFailOnError(true);
        parameters.forEach((name, values) -> options.param(name, values.toArray(String[]::new)));
        return options;
    }

    private List<Cell> run(ChainedOptionsBuilder options) throws RunnerException {
        List<Cell> cells = new ArrayList<>();
        try {
            new Runner(options.build()).run().forEach(result -> cells.add(Cell.of(result)));
        } catch (NoBenchmarksException e) {
            return List.of(); // a part may be built without the benchmarks of another
        }
        cells.forEach(cell -> figures.put(cell.name(), cell.median()));
        return cells;
    }

    /** A Markdown table of cells one below the other. */
    static String table(List<Cell> cells) {
        List<String> rows = new ArrayList<>();
        rows.add("| benchmark | of | median | bytes allocated |");
        rows.add("| --- | --- | --: | --: |");
        cells.forEach(cell -> rows.add(cell.row()));
        return String.join("\n", rows) + "\n";
    }
}
