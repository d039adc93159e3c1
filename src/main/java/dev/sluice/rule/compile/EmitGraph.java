package dev.sluice.rule.compile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which rules emit which type, and the ways in which rules chain through emit types.
 *
 * @param <R> a rule
 */
final class EmitGraph<R extends Chained> {
    private final Map<String, List<R>> emitters = new LinkedHashMap<>();
    private final Set<String> done = new HashSet<>();
    private final List<R> way = new ArrayList<>();
    /** Where on the way the rule stands that emits a type. */
    private final Map<String, Integer> onTheWay = new HashMap<>();

    private final List<R> order = new ArrayList<>();
    private final List<List<R>> cycles = new ArrayList<>();

    EmitGraph(List<R> rules) {
        for (R rule : rules) {
            emitters.computeIfAbsent(rule.emits(), type -> new ArrayList<>(1)).add(rule);
        }
        // By emit type, not by rule: a rule comes after every rule that emits what it reads.
        emitters.keySet().forEach(this::visit);
    }

    /** The rules such that each comes after those whose emit type it reads; without those of a cycle. */
    List<R> order() {
        if (cycles.isEmpty()) {
            return order;
        }
        Set<R> cyclic = Collections.newSetFromMap(new IdentityHashMap<>());
        cycles.forEach(cyclic::addAll);
        return order.stream().filter(rule -> !cyclic.contains(rule)).toList();
    }

    /** Rules of which each reads what the next one emits, and the last what the first one emits. */
    List<List<R>> cycles() {
        return cycles;
    }

    Set<String> types() {
        return emitters.keySet();
    }

    private void visit(String type) {
        List<R> rules = emitters.get(type);
        if (rules == null || done.contains(type)) {
            return;
        }
        Integer start = onTheWay.get(type);
        if (start != null) {
            cycles.add(List.copyOf(way.subList(start, way.size())));
            return;
        }
        onTheWay.put(type, way.size());
        for (R rule : rules) {
            way.add(rule);
            visit(rule.reads());
            way.remove(way.size() - 1);
            order.add(rule);
        }
        onTheWay.remove(type);
        done.add(type);
    }
}
