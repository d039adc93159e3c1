package dev.sluice.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** The contenders of {@link IndexBenchmark} side by side: a row for each mix, number of rules and matches. */
final class IndexTable {
    private final Figures figures;

    IndexTable(Figures figures) {
        this.figures = figures;
    }

    private record Row(RuleMix mix, int rules, String matches) {
        String name(String method) {
            return "IndexBenchmark." + method + " matches=" + matches + " mix=" + mix + " rules=" + rules;
        }

        /** On the payments that were measured. */
        double meanMatches() {
            return RuleSample.of(mix, rules, Double.parseDouble(matches), IndexBenchmark.EVENTS)
                    .meanMatches();
        }
    }

    String of(List<Cell> cells) {
        List<Row> rows = cells.stream()
                .filter(cell -> cell.benchmark().startsWith("IndexBenchmark."))
                .map(cell -> new Row(
                        RuleMix.valueOf(cell.parameters().get("mix")),
                        Integer.parseInt(cell.parameters().get("rules")),
                        String.valueOf(cell.parameters().get("matches"))))
                .distinct()
                .sorted(Comparator.comparing(Row::mix)
                        .thenComparing(Row::matches, Comparator.reverseOrder())
                        .thenComparing(Row::rules))
                .toList();
        List<String> lines = new ArrayList<>();
        lines.add(
                "| mix | rules | matches a payment | Sluice, ns | hand-made index, ns | ratio | plain loop, ns | cel-java, ns"
                        + " | Drools, ns |");
        lines.add("| --- | --: | --: | --: | --: | --: | --: | --: | --: |");
        rows.forEach(row -> lines.add(line(row)));
        return lines.stream().collect(Collectors.joining("\n", "", "\n"));
    }

    private String line(Row row) {
        String sluice = row.name("sluice");
        String index = row.name("handMadeIndex");
        String drools = row.mix() == RuleMix.EQ
                ? "DroolsBenchmark.drools matches=" + row.matches() + " rules=" + row.rules()
                : "";
        String cel =
                row.matches().equals("1") ? "CelLoopBenchmark.celJava mix=" + row.mix() + " rules=" + row.rules() : "";
        return String.join(
                        " | ",
                        "| " + row.mix(),
                        String.format(Locale.ROOT, "%,d", row.rules()),
                        String.format(Locale.ROOT, "%.3f", row.meanMatches()),
                        text(figures.get(sluice)),
                        text(figures.get(index)),
                        text(figures.ratio(sluice, index)),
                        text(figures.get(row.name("plainLoop"))),
                        text(figures.get(cel)),
                        text(figures.get(drools)))
                + " |";
    }

    private static String text(OptionalDouble value) {
        return value.isEmpty() ? "" : String.format(Locale.ROOT, "%,.1f", value.getAsDouble());
    }
}
