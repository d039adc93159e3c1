package dev.sluice.bench;

import dev.sluice.bench.EndToEndBenchmark.Guarantee;
import dev.sluice.bench.EndToEndBenchmark.Pass;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Medians of the passes of {@link EndToEndBenchmark} as Markdown. */
final class EndToEndTable {
    private EndToEndTable() {}

    /** @param figures to which the medians are added */
    static String of(List<Pass> passes, Figures figures) {
        List<String> lines = new ArrayList<>();
        lines.add("| guarantee | application | events/s, median | lowest | highest | against hand-written | alerts |");
        lines.add("| --- | --- | --: | --: | --: | --: | --: |");
        for (Guarantee guarantee : Guarantee.ALL) {
            List<Pass> these = passes.stream()
                    .filter(pass -> pass.guarantee().equals(guarantee))
                    .toList();
            these.stream()
                    .map(Pass::rules)
                    .distinct()
                    .forEach(rules -> figures.put(
                            guarantee.figure(rules),
                            speeds(these, rules).get(speeds(these, rules).size() / 2)));
            these.stream()
                    .map(Pass::rules)
                    .distinct()
                    .sorted()
                    .forEach(rules -> lines.add(line(guarantee, rules, these, figures)));
        }
        return String.join("\n", lines) + "\n";
    }

    private static String line(Guarantee guarantee, int rules, List<Pass> passes, Figures figures) {
        List<Double> speeds = speeds(passes, rules);
        double median = speeds.get(speeds.size() / 2);
        long alerts = passes.stream()
                .filter(pass -> pass.rules() == rules)
                .findFirst()
                .orElseThrow()
                .alerts();
        return String.format(
                Locale.ROOT,
                "| %s | %s | %,.0f | %,.0f | %,.0f | %s | %,d |",
                guarantee.name(),
                rules == EndToEndBenchmark.HAND_WRITTEN
                        ? "hand-written, one filter"
                        : String.format(Locale.ROOT, "Sluice, %,d rules", rules),
                median,
                speeds.get(0),
                speeds.get(speeds.size() - 1),
                Bar.number(figures.ratio(guarantee.figure(rules), guarantee.figure(EndToEndBenchmark.HAND_WRITTEN))
                        .orElseThrow()),
                alerts);
    }

    /** Rising. */
    private static List<Double> speeds(List<Pass> passes, int rules) {
        return passes.stream()
                .filter(pass -> pass.rules() == rules)
                .map(Pass::eventsPerSecond)
                .sorted()
                .toList();
    }
}
