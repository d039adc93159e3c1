package dev.sluice.bench;

import dev.sluice.bench.Bar.Demand;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** What the project demands of its figures, held against those of one run. */
final class Bars {
    static final String MEMORY_HEAP = "reloads heap";
    static final String MEMORY_METASPACE = "reloads metaspace";

    private static final String PLAN = "ConditionBenchmark.plan";
    private static final String RELOAD = " mix=MIX rules=10000";

    private static final Demand LESS_THAN_A_SECOND = Demand.atMost(1_000, " ms");

    private final Figures figures;
    private final List<Bar> bars = new ArrayList<>();

    private Bars(Figures figures) {
        this.figures = figures;
    }

    /** A Markdown table. */
    static String table(Figures figures) {
        Bars bars = new Bars(figures);
        bars.expressions();
        bars.indexes();
        bars.reloads();
        bars.streams();
        bars.windows();
        bars.fleet();
        return bars.bars.stream()
                .map(Bar::row)
                .collect(Collectors.joining(
                        "\n", "| what | measured | value | bar | outcome |\n| --- | --: | --: | --: | --- |\n", "\n"));
    }

    private void expressions() {
        ratio(
                "planned expression against hand-written Java",
                PLAN,
                "ConditionBenchmark.handWrittenJava",
                Demand.atMost(3, "x"));
        ratio("cel-java against the planned expression", "ConditionBenchmark.celJava", PLAN, Demand.atLeast(20, "x"));
        figure("read of the current image", "CurrentImageBenchmark.read", Demand.atMost(2, " ns"));
        figure("routing a key to an arm", "KeySplitBenchmark.route", Demand.atMost(30, " ns"));
    }

    private void indexes() {
        index("10,000 mixed rules", "matches=1 mix=MIX rules=10000", 2.5, 500);
        index("10,000 mixed rules on 200 countries", "matches=1 mix=DENSE rules=10000", 2.5, 500);
        index("10,000 mixed rules, 1 payment in 100 matches", "matches=0.01 mix=MIX rules=10000", 2.5, 500);
        index("10,000 equality rules", "matches=1 mix=EQ rules=10000", 4, 60);
        index("10,000 equality rules, 1 payment in 100 matches", "matches=0.01 mix=EQ rules=10000", 4, 60);
        growth("EQ", "1");
        growth("MIX", "1");
        growth("EQ", "0.01");
        growth("MIX", "0.01");
    }

    private void index(String what, String cell, double ratio, double ns) {
        String sluice = "IndexBenchmark.sluice " + cell;
        ratio(
                what + ", against the hand-made index",
                sluice,
                "IndexBenchmark.handMadeIndex " + cell,
                Demand.atMost(ratio, "x"));
        figure(what, sluice, Demand.atMost(ns, " ns"));
    }

    private void growth(String mix, String matches) {
        String cell = "IndexBenchmark.sluice matches=" + matches + " mix=" + mix + " rules=";
        ratio(
                "100 -> 10,000 rules of " + mix + ", " + matches + " matches a payment",
                cell + "10000",
                cell + "100",
                Demand.atMost(3, "x"));
    }

    private void reloads() {
        figure(
                "10,000 rules, first compilation of a JVM",
                "ReloadBenchmark.firstOfAJvm" + RELOAD,
                Demand.atMost(4_000, " ms"));
        figure(
                "one rule of 10,000 changed: compile and swap",
                "ReloadBenchmark.oneRuleChanged" + RELOAD,
                Demand.atMost(50, " ms"));
        figure(
                "reloads of 10,000 rules: heap at the end against that after a tenth",
                MEMORY_HEAP,
                Demand.atMost(1.1, "x"));
        figure("the same, metaspace", MEMORY_METASPACE, Demand.atMost(1.1, "x"));
    }

    private void streams() {
        for (EndToEndBenchmark.Guarantee guarantee : EndToEndBenchmark.Guarantee.ALL) {
            ratio(
                    "end to end, 1,000 rules against hand-written with one, " + guarantee.name(),
                    guarantee.figure(EndToEndBenchmark.Contender.WHOLE),
                    guarantee.figure(EndToEndBenchmark.Contender.HAND_WRITTEN),
                    Demand.atLeast(0.95, "x"));
        }
        for (SwapScenario scenario : SwapScenario.FULL) {
            if (scenario.hasBar()) {
                figure("added to p99.9 by swaps: " + scenario.text(), scenario.figure(), Demand.atMost(5, " ms"));
            }
        }
    }

    private void windows() {
        ratio(
                "sliding window in process, 100,000 keys, against hand-written",
                "WindowBenchmark.sluice",
                "WindowBenchmark.handWritten",
                Demand.atMost(1.3, "x"));
        for (String results : List.of("COUNT_SUM", "MIN_MAX_AVG")) {
            ratio(
                    "a window of 100,000 events of one key against one of 100, " + results,
                    "WindowBenchmark.oneKey events=100000 results=" + results,
                    "WindowBenchmark.oneKey events=100 results=" + results,
                    Demand.atMost(1.5, "x"));
        }
        ratio(
                "1,000 windowed rules of which an event concerns 20, against these 20 alone",
                "WindowRulesBenchmark.sluice rules=1000",
                "WindowRulesBenchmark.sluice rules=20",
                Demand.atMost(1.3, "x"));
        for (WindowChangeBenchmark.Cell cell : WindowChangeBenchmark.Cell.ALL) {
            figure(
                    "a window of a rule with many keys changed, until active: " + cell.text(),
                    cell.active(),
                    LESS_THAN_A_SECOND);
            figure(
                    "the same, longest step of the thread without the collector: " + cell.text(),
                    cell.longest(),
                    Demand.atMost(50, " ms"));
        }
        for (WindowStreamBenchmark.Shape shape : WindowStreamBenchmark.Shape.ALL) {
            figure(
                    "events a second against the DSL: " + shape.text(),
                    shape.figure(),
                    Demand.atLeast(shape.isTumbling() ? 1.5 : 5, "x"));
        }
    }

    private void fleet() {
        figure(
                "one rule of 1,000 changed, publish to active on all of three instances, 99th percentile",
                FleetTable.P99,
                LESS_THAN_A_SECOND);
        figure("the same, half of them", FleetTable.P50, Demand.atMost(300, " ms"));
    }

    private void figure(String what, String name, Demand demand) {
        bars.add(new Bar(what, "", figures.get(name), demand));
    }

    private void ratio(String what, String name, String base, Demand demand) {
        OptionalDouble value = figures.get(name);
        OptionalDouble one = figures.get(base);
        String measured = value.isEmpty() || one.isEmpty()
                ? ""
                : Bar.number(value.getAsDouble()) + " : " + Bar.number(one.getAsDouble());
        bars.add(new Bar(what, measured, figures.ratio(name, base), demand));
    }
}
