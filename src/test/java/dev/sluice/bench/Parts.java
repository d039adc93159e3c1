package dev.sluice.bench;

import dev.sluice.bench.EndToEndBenchmark.Guarantee;
import dev.sluice.bench.EndToEndBenchmark.Pass;
import dev.sluice.bench.ReloadLoop.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;

/** What each part of a run measures, as Markdown; its figures go to the bars too. */
final class Parts {
    private static final Map<String, List<String>> ALL = Map.of();

    private final Extent extent;
    private final Figures figures;
    private final MicroBenchmarks micro;

    Parts(Extent extent, Figures figures) {
        this.extent = extent;
        this.figures = figures;
        this.micro = new MicroBenchmarks(extent.micro(), figures);
    }

    String expression() throws RunnerException {
        List<Cell> cells = new ArrayList<>(micro.steady("ConditionBenchmark\\..*", ALL));
        cells.addAll(micro.steady("(CurrentImage|KeySplit)Benchmark\\..*", ALL));
        return MicroBenchmarks.table(cells);
    }

    String decode() throws RunnerException {
        return MicroBenchmarks.table(micro.steady("DecodeBenchmark\\..*", ALL));
    }

    String index() throws RunnerException {
        List<Cell> cells = new ArrayList<>();
        cells.addAll(micro.steady("IndexBenchmark\\..*", Map.of("mix", extent.mixes(), "rules", extent.sizes())));
        cells.addAll(micro.steady("IndexBenchmark\\..*", Map.of("mix", List.of("DENSE"), "rules", List.of("10000"))));
        cells.addAll(micro.steady(
                "IndexBenchmark\\.(sluice|handMadeIndex)",
                Map.of(
                        "mix", List.of("EQ", "MIX"),
                        "rules", List.of("100", "10000"),
                        "matches", List.of("0.01"))));
        micro.steady("CelLoopBenchmark\\..*", extent.isFull() ? ALL : Map.of("rules", List.of("100")));
        micro.steady("DroolsBenchmark\\..*", extent.isFull() ? ALL : Map.of("rules", List.of("10000")));
        return new IndexTable(figures).of(cells);
    }

    String compile() throws RunnerException {
        List<Cell> cells = new ArrayList<>();
        cells.addAll(micro.first("ReloadBenchmark\\.firstOfAJvm", ALL));
        cells.addAll(micro.steady("ReloadBenchmark\\.oneRuleChanged", ALL));
        if (extent.isFull()) {
            cells.addAll(micro.first("CompileBenchmark\\.firstOfAJvm", ALL));
            cells.addAll(micro.steady("CompileBenchmark\\.(newCompiler|oneRuleChanged)", ALL));
        }
        return MicroBenchmarks.table(cells) + "\n" + reloads(new ReloadLoop(extent.reloads()).run());
    }

    private String reloads(List<Memory> memories) {
        // The first entries still hold what the just-in-time compilers and caches get by in the beginning.
        Memory early = memories.get(Math.min(1, memories.size() - 1));
        Memory last = memories.get(memories.size() - 1);
        if (last.reloads() > early.reloads()) {
            figures.put(Bars.MEMORY_HEAP, last.heapMb() / early.heapMb());
            figures.put(Bars.MEMORY_METASPACE, last.metaspaceMb() / early.metaspaceMb());
        }
        StringBuilder text =
                new StringBuilder("| reloads | heap, MB | metaspace, MB | classes | a reload, ms, median |\n");
        text.append("| --: | --: | --: | --: | --: |\n");
        memories.forEach(memory -> text.append(String.format(
                Locale.ROOT,
                "| %,d | %.1f | %.1f | %,d | %.1f |%n",
                memory.reloads(),
                memory.heapMb(),
                memory.metaspaceMb(),
                memory.classes(),
                memory.ms())));
        return text.toString();
    }

    String endToEnd() throws Exception {
        EndToEndBenchmark benchmark = new EndToEndBenchmark(extent.passes());
        List<Pass> passes = new ArrayList<>();
        for (Guarantee guarantee : extent.guarantees()) {
            passes.addAll(benchmark.run(guarantee));
        }
        return EndToEndTable.of(passes, figures);
    }

    String windows() throws Exception {
        List<Cell> cells = micro.steady("Window(Rules)?Benchmark\\..*", ALL);
        return MicroBenchmarks.table(cells) + "\n"
                + WindowChangeBenchmark.table(extent.change(), figures) + "\n"
                + WindowStreamBenchmark.table(
                        new WindowStreamBenchmark(extent.windows()).run(WindowStreamBenchmark.Shape.ALL), figures);
    }

    String swap() throws Exception {
        StringBuilder text = new StringBuilder();
        for (SwapScenario scenario : extent.swaps()) {
            SwapLatencyBenchmark.Result result = new SwapLatencyBenchmark(scenario).run();
            figures.put(scenario.figure(), result.addedMs(SwapLatencyBenchmark.BAR_PERCENTILE));
            text.append(SwapTables.of(result)).append('\n');
        }
        return text.toString();
    }

    String fleet() throws Exception {
        return FleetTable.of(new FleetBenchmark(extent.fleet()).run(), figures);
    }
}
