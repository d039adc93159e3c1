package dev.sluice.rule.compile;

import java.util.Comparator;
import java.util.List;

/** What authors read about chains of rules that cannot be. */
final class ChainProblems {
    private final Problems problems;

    ChainProblems(Problems problems) {
        this.problems = problems;
    }

    void tell(EmitGraph<RuleFile.Rule> graph) {
        graph.cycles().forEach(this::cycle);
        ClockChains.windowed(graph.order()).forEach(this::windowBehindTimer);
        ChainLimits.excess(graph.order())
                .ifPresent(excess -> problems.error(
                        excess.rule().from().place(),
                        "chain-too-long",
                        excess.rule().id().text(),
                        excess.message() + "; let it read an earlier type"));
    }

    private void windowBehindTimer(RuleFile.Rule rule) {
        problems.error(
                rule.from().place(),
                "timer-conflict",
                rule.id().text(),
                "`" + rule.from().text() + "` comes of a rule with `every`, by the clock, and windows go by the time of"
                        + " events; read another type, or look at each event alone");
    }

    private void cycle(List<RuleFile.Rule> cycle) {
        RuleFile.Rule first = cycle.stream()
                .min(Comparator.comparing(rule -> rule.id().place()))
                .orElseThrow();
        int at = cycle.indexOf(first);
        StringBuilder shown = new StringBuilder(first.id().text());
        for (int step = 1; step <= cycle.size(); step++) {
            RuleFile.Rule next = cycle.get(Math.floorMod(at - step, cycle.size()));
            shown.append(" -> ").append(next.from().text());
            shown.append(" -> ").append(next.id().text());
        }
        problems.error(
                first.from().place(),
                "emit-cycle",
                first.id().text(),
                "these rules feed each other without end: " + shown + "; let one of them read or emit another type");
    }
}
