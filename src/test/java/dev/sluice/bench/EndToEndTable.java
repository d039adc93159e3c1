package dev.sluice.bench;

import dev.sluice.bench.EndToEndBenchmark.Contender;
import dev.sluice.bench.EndToEndBenchmark.Guarantee;
import dev.sluice.bench.EndToEndBenchmark.Pass;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Medians of the passes of {@link EndToEndBenchmark} as Markdown. */
final class EndToEndTable {
    private EndToEndTable() {}

    /** @param figures to which the medians are added */
    static String of(List<Pass> passes, Figures figures) {
        List<String> lines = new ArrayList<>();
        lines.add("| guarantee | application | events/s, median | lowest | highest | against hand-written"
                + " | CPU of its workers, ns an event | lowest | alerts |");
        lines.add("| --- | --- | --: | --: | --: | --: | --: | --: | --: |");
        for (Guarantee guarantee : Guarantee.ALL) {
            List<Pass> these = passes.stream()
                    .filter(pass -> pass.guarantee().equals(guarantee))
                    .toList();
            List<Contender> contenders =
                    these.stream().map(Pass::contender).distinct().toList();
            for (Contender contender : contenders) {
                figures.put(guarantee.figure(contender), median(sorted(these, contender, Pass::eventsPerSecond)));
                figures.put(guarantee.work(contender), median(sorted(these, contender, Pass::workNanos)));
            }
            contenders.stream()
                    .sorted(Comparator.comparing((Contender each) -> !each.equals(Contender.HAND_WRITTEN))
                            .thenComparing(Contender::rules)
                            .thenComparing(Contender::kind))
                    .forEach(contender -> lines.add(line(guarantee, contender, these, figures)));
        }
        return String.join("\n", lines) + "\n";
    }

    private static String line(Guarantee guarantee, Contender contender, List<Pass> passes, Figures figures) {
        List<Double> speeds = sorted(passes, contender, Pass::eventsPerSecond);
        List<Double> work = sorted(passes, contender, Pass::workNanos);
        long alerts = passes.stream()
                .filter(pass -> pass.contender().equals(contender))
                .findFirst()
                .orElseThrow()
                .alerts();
        String ratio = Bar.number(figures.ratio(guarantee.figure(contender), guarantee.figure(Contender.HAND_WRITTEN))
                .orElseThrow());
        return String.format(
                Locale.ROOT,
                "| %s | %s | %,.0f | %,.0f | %,.0f | %s | %s | %s | %,d |",
                guarantee.name(),
                contender.text(),
                median(speeds),
                speeds.get(0),
                speeds.get(speeds.size() - 1),
                ratio,
                nanos(median(work)),
                nanos(work.get(0)),
                alerts);
    }

    private static String nanos(double value) {
        return value == 0 ? "" : String.format(Locale.ROOT, "%,.0f", value);
    }

    private static double median(List<Double> sorted) {
        return sorted.get(sorted.size() / 2);
    }

    /** Rising. */
    private static List<Double> sorted(List<Pass> passes, Contender contender, ToDoubleFunction<Pass> figure) {
        return passes.stream()
                .filter(pass -> pass.contender().equals(contender))
                .map(figure::applyAsDouble)
                .sorted()
                .toList();
    }
}
