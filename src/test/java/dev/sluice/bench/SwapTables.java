package dev.sluice.bench;

import dev.sluice.bench.SwapLatencyBenchmark.Moments;
import dev.sluice.bench.SwapLatencyBenchmark.Phase;
import dev.sluice.bench.SwapLatencyBenchmark.Result;
import dev.sluice.bench.SwapScenario.Load;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;

/** The findings of {@link SwapLatencyBenchmark} as Markdown. */
final class SwapTables {
    private SwapTables() {}

    static String of(Result result) {
        StringBuilder text = new StringBuilder();
        Load load = result.scenario().load();
        text.append("### ").append(result.scenario().text()).append("\n\n");
        text.append(table(result.phases()));
        if (!keptPace(result)) {
            text.append(
                    "\n**The sender fell behind its pace in a phase: the machine was too busy for latencies to count.**\n");
        }
        text.append(format(
                "\n%d rounds count, in which at most %.1f %% of the machine's processor time was given to others%s.\n",
                result.addedByRound().size(),
                100 * result.stolenMost(),
                result.leftOut() == 0 ? "" : format("; %d more do not, for it was more in them", result.leftOut())));
        text.append("\nSwaps add to p99.9, round by round: ")
                .append(quartiles(result.addedByRound()))
                .append(".\n");
        text.append("\nPublish to active, ").append(result.swaps().size()).append(" versions of ");
        text.append(load.rules()).append(" rules: ").append(spread(result, VersionFlow.Swap::activationNanos));
        text.append(" (until installed: ")
                .append(spread(result, VersionFlow.Swap::installNanos))
                .append(").\n");
        text.append("\nThe swap phase by the moment at which an event was sent:\n\n");
        text.append(table(result.moments()));
        text.append('\n');
        text.append("Exactness: ").append(result.exactness().holds() ? "holds. " : "**broken**. ");
        return text.append(result.exactness()).append(".\n").toString();
    }

    private static boolean keptPace(Result result) {
        int wanted = result.scenario().load().eventsPerSecond();
        return result.phases().stream().allMatch(phase -> Math.abs(phase.eventsPerSecond() / wanted - 1) < 0.03);
    }

    private static String table(List<Phase> phases) {
        List<String> rows = new ArrayList<>();
        rows.add(row("", phases, Phase::name));
        rows.add(row("---", phases, phase -> "--:"));
        rows.add(row("events", phases, p -> format("%,d", p.latencyNanos().getTotalCount())));
        rows.add(row(
                "events/s",
                phases,
                p -> format(
                        "%,.0f", p.latencyNanos().getTotalCount() / p.costs().seconds())));
        for (double percentile : new double[] {50, 90, 99, 99.9}) {
            rows.add(row(
                    format("p%s, ms", percentile == 99.9 ? "99.9" : format("%.0f", percentile)),
                    phases,
                    p -> ms(p.latencyNanos().getValueAtPercentile(percentile))));
        }
        rows.add(row("max, ms", phases, p -> ms(p.latencyNanos().getMaxValue())));
        rows.add(row(
                "p99.9 from when it was due, ms",
                phases,
                p -> ms(p.sinceDueNanos().getValueAtPercentile(SwapLatencyBenchmark.BAR_PERCENTILE))));
        rows.add(row(
                "processors busy for the engine",
                phases,
                p -> format("%.2f", p.costs().cores())));
        rows.add(row("processor time given to others, %", phases, p -> format("%.1f", 100 * p.stolen())));
        rows.add(
                row("workers, ms CPU per s", phases, p -> perSecond(p, p.costs().workerNanos() / 1e6)));
        rows.add(row(
                "installer, ms CPU per s", phases, p -> perSecond(p, p.costs().installerNanos() / 1e6)));
        rows.add(row(
                "just-in-time compilers, ms elapsed per s",
                phases,
                p -> perSecond(p, (double) p.costs().jitMs())));
        rows.add(row("collector, pauses", phases, p -> format("%d", p.costs().gcPauses())));
        rows.add(row("collector, ms in all", phases, p -> format("%d", p.costs().gcMs())));
        return String.join("\n", rows) + "\n";
    }

    private static String table(Moments moments) {
        return String.join(
                        "\n",
                        "| sent | events | p50, ms | p99, ms | p99.9, ms |",
                        "| --- | --: | --: | --: | --: |",
                        row("while a version was compiled", moments.compiling()),
                        row("within 5 ms of a switch", moments.switching()),
                        row("at other times", moments.other()))
                + "\n";
    }

    private static String row(String name, Histogram latencyNanos) {
        return format("| %s | %,d", name, latencyNanos.getTotalCount())
                + " | " + ms(latencyNanos.getValueAtPercentile(50))
                + " | " + ms(latencyNanos.getValueAtPercentile(99))
                + " | " + ms(latencyNanos.getValueAtPercentile(99.9)) + " |";
    }

    private static String row(String name, List<Phase> phases, Function<Phase, String> cell) {
        return "| " + name + " | "
                + String.join(" | ", phases.stream().map(cell).toList()) + " |";
    }

    private static String perSecond(Phase phase, double ms) {
        return format("%.0f", ms / phase.costs().seconds());
    }

    private static String spread(Result result, ToLongFunction<VersionFlow.Swap> nanos) {
        Histogram histogram = new Histogram(3);
        result.swaps().forEach(swap -> histogram.recordValue(nanos.applyAsLong(swap)));
        return "median " + ms(histogram.getValueAtPercentile(50)) + " ms, p99 " + ms(histogram.getValueAtPercentile(99))
                + " ms";
    }

    private static String quartiles(List<Long> nanos) {
        List<Long> sorted = nanos.stream().sorted().toList();
        int last = sorted.size() - 1;
        return "median " + ms(sorted.get(last / 2)) + " ms, quartiles " + ms(sorted.get(last / 4)) + " and "
                + ms(sorted.get(last * 3 / 4)) + " ms";
    }

    private static String ms(long nanos) {
        return format("%.1f", nanos / 1e6);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
