package dev.sluice.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** What {@link FleetBenchmark} found, as Markdown. */
final class FleetTable {
    static final String P99 = "fleet, publish to active, p99";
    static final String P50 = "fleet, publish to active, p50";

    private FleetTable() {}

    /** @param figures to which median and 99th percentile are added */
    static String of(FleetBenchmark.Result result, Figures figures) {
        List<FleetWatch.Way> ways = result.ways();
        figures.put(P50, (double) at(ways, FleetWatch.Way::activeMs, 50));
        figures.put(P99, (double) at(ways, FleetWatch.Way::activeMs, 99));
        return "| %d versions, on three instances | p50, ms | p90 | p99 | max |\n| --- | --: | --: | --: | --: |\n"
                        .formatted(ways.size())
                + row("publish to active", ways, FleetWatch.Way::activeMs)
                + row("of these: sent, folded, compiled, reported by all", ways, FleetWatch.Way::preparedMs)
                + row("decided", ways, way -> way.decidedMs() - way.preparedMs())
                + row("committed, folded, installed by all", ways, way -> way.installedMs() - way.decidedMs())
                + row("read by all threads, reported", ways, way -> way.activeMs() - way.installedMs())
                + "\nThe sender of the events was behind its pace at %d of %d versions.\n"
                        .formatted(result.late(), ways.size());
    }

    private static String row(String name, List<FleetWatch.Way> ways, ToLongFunction<FleetWatch.Way> ms) {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d | %d | %d |%n",
                name,
                at(ways, ms, 50),
                at(ways, ms, 90),
                at(ways, ms, 99),
                at(ways, ms, 100));
    }

    private static long at(List<FleetWatch.Way> ways, ToLongFunction<FleetWatch.Way> ms, int percentile) {
        long[] sorted = ways.stream().mapToLong(ms).sorted().toArray();
        return sorted[(int) Math.ceil(percentile / 100.0 * sorted.length) - 1];
    }
}
