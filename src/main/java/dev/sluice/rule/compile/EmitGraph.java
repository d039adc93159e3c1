package dev.sluice.rule.compile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which rules emit which type, and the ways in which rules chain through emit types. */
final class EmitGraph {
    private final Map<String, List<RuleFile.Rule>> emitters = new LinkedHashMap<>();
    private final Set<String> done = new HashSet<>();
    private final List<RuleFile.Rule> way = new ArrayList<>();
    private final List<RuleFile.Rule> order = new ArrayList<>();
    private final Set<RuleFile.Rule> cyclic = new HashSet<>();
    private final Problems problems;

    EmitGraph(List<RuleFile.Rule> rules, Problems problems) {
        this.problems = problems;
        for (RuleFile.Rule rule : rules) {
            emitters.computeIfAbsent(rule.emit().type().text(), type -> new ArrayList<>())
                    .add(rule);
        }
        // By emit type, not by rule: a rule comes after every rule that emits what it reads.
        emitters.keySet().forEach(this::visit);
    }

    /** The rules such that each comes after those whose emit type it reads; without those of a cycle. */
    List<RuleFile.Rule> order() {
        return order.stream().filter(rule -> !cyclic.contains(rule)).toList();
    }

    Set<String> types() {
        return emitters.keySet();
    }

    private void visit(String type) {
        if (!emitters.containsKey(type) || done.contains(type)) {
            return;
        }
        int start = onTheWay(type);
        if (start >= 0) {
            refuse(way.subList(start, way.size()));
            return;
        }
        for (RuleFile.Rule rule : emitters.getOrDefault(type, List.of())) {
            way.add(rule);
            visit(rule.from().text());
            way.remove(way.size() - 1);
            order.add(rule);
        }
        done.add(type);
    }

    private int onTheWay(String type) {
        for (int i = 0; i < way.size(); i++) {
            if (way.get(i).emit().type().text().equals(type)) {
                return i;
            }
        }
        return -1;
    }

    /** @param cycle rules of which each reads what the next one emits, and the last what the first one emits */
    private void refuse(List<RuleFile.Rule> cycle) {
        cyclic.addAll(cycle);
        RuleFile.Rule first = cycle.stream()
                .min((a, b) -> a.id().place().compareTo(b.id().place()))
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
