package dev.sluice.bench;

import dev.sluice.engine.ChangeUnderLoad;
import java.util.List;

/**
 * How much a run measures.
 *
 * @param sizes of rulesets in the index benchmarks
 */
record Extent(
        MicroBenchmarks.Length micro,
        List<String> mixes,
        List<String> sizes,
        ReloadLoop.Length reloads,
        EndToEndBenchmark.Length passes,
        List<EndToEndBenchmark.Guarantee> guarantees,
        List<SwapScenario> swaps,
        WindowStreamBenchmark.Length windows,
        ChangeUnderLoad.Load change,
        FleetBenchmark.Load fleet) {

    static final Extent FULL = new Extent(
            MicroBenchmarks.Length.FULL,
            List.of("EQ", "RANGE", "PREFIX", "MIX"),
            List.of("1", "10", "100", "1000", "10000"),
            ReloadLoop.Length.FULL,
            EndToEndBenchmark.Length.FULL,
            EndToEndBenchmark.Guarantee.ALL,
            SwapScenario.FULL,
            WindowStreamBenchmark.Length.FULL,
            WindowChangeBenchmark.FULL,
            FleetBenchmark.Load.FULL);

    static final Extent QUICK = new Extent(
            MicroBenchmarks.Length.QUICK,
            List.of("EQ", "MIX"),
            List.of("100", "10000"),
            ReloadLoop.Length.QUICK,
            EndToEndBenchmark.Length.QUICK,
            List.of(EndToEndBenchmark.Guarantee.EXACTLY_ONCE),
            SwapScenario.QUICK,
            WindowStreamBenchmark.Length.QUICK,
            WindowChangeBenchmark.QUICK,
            FleetBenchmark.Load.QUICK);

    boolean isFull() {
        return equals(FULL);
    }
}
