package dev.sluice.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the JMH benchmarks of this package and gives their figures as a Markdown table. */
final class MicroBenchmarks {
    private static final String ALLOCATED = "gc.alloc.rate.norm";
    private static final String FIRST_OF_A_JVM = CompileBenchmark.class.getSimpleName() + ".firstOfAJvm";

    /**
     * How long.
     *
     * @param iterations measured, and as many to warm up, of half a second each
     * @param jvms new ones for each figure of a first compilation
     */
    record Length(int iterations, int jvms) {
        static final Length FULL = new Length(5, 3);
        static final Length QUICK = new Length(2, 1);
    }

    private MicroBenchmarks() {}

    static String table(Length length) throws RunnerException {
        List<String> rows = new ArrayList<>();
        rows.add("| benchmark | rules | time | +- (99.9 %) | bytes allocated |");
        rows.add("| --- | --: | --: | --: | --: |");
        run(steady(length)).forEach(result -> rows.add(row(result)));
        run(first(length)).forEach(result -> rows.add(row(result)));
        return String.join("\n", rows) + "\n";
    }

    private static Options steady(Length length) {
        return options()
                .include(MicroBenchmarks.class.getPackageName() + ".*")
                .exclude(FIRST_OF_A_JVM)
                .forks(1)
                .warmupIterations(length.iterations())
                .warmupTime(TimeValue.milliseconds(500))
                .measurementIterations(length.iterations())
                .measurementTime(TimeValue.milliseconds(500))
                .build();
    }

    private static Options first(Length length) {
        return options().include(FIRST_OF_A_JVM).forks(length.jvms()).build();
    }

    private static ChainedOptionsBuilder options() {
        return new OptionsBuilder()
                .addProfiler(GCProfiler.class)
                .jvmArgs("-Xmx1g", "-Djmh.ignoreLock=true")
                .shouldFailOnError(true);
    }

    private static Collection<RunResult> run(Options options) throws RunnerException {
        return new Runner(options).run();
    }

    private static String row(RunResult run) {
        Result<?> time = run.getPrimaryResult();
        String benchmark = run.getParams().getBenchmark().replaceFirst(".*\\.(\\w+\\.\\w+)$", "$1");
        String rules = run.getParams().getParam("rules");
        Result<?> allocated = run.getSecondaryResults().get(ALLOCATED);
        String unit = time.getScoreUnit().replace("/op", "");
        return String.format(
                Locale.ROOT,
                "| %s | %s | %,.1f %s | %s | %s |",
                benchmark,
                rules == null ? "" : rules,
                time.getScore(),
                unit,
                Double.isNaN(time.getScoreError())
                        ? ""
                        : String.format(Locale.ROOT, "%,.1f %s", time.getScoreError(), unit),
                allocated == null ? "" : String.format(Locale.ROOT, "%,.0f", allocated.getScore()));
    }
}
