package dev.sluice.rule.compile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Bounds on what one event can set off: the length of a chain, and the ways through all chains together. */
final class ChainLimits {
    static final int LENGTH_MAX = 32;
    static final double WAYS_MAX = 100_000;

    /** What reaches a type: the longest chain, and the number of chains. */
    private record Reach(int length, double ways) {
        Reach with(Reach other) {
            return new Reach(Math.max(length, other.length), ways + other.ways);
        }
    }

    private ChainLimits() {}

    /**
     * Reports the first rule past a limit.
     *
     * @param rules each after those whose emit type it reads
     */
    static void check(List<RuleFile.Rule> rules, Problems problems) {
        Map<String, Reach> reaches = new HashMap<>();
        double total = 0;
        for (RuleFile.Rule rule : rules) {
            Reach before = reaches.getOrDefault(rule.from().text(), new Reach(0, 1));
            Reach here = new Reach(before.length() + 1, before.ways());
            reaches.merge(rule.emit().type().text(), here, Reach::with);
            total += here.ways();
            if (here.length() > LENGTH_MAX) {
                refuse(rule, problems, "this rule is at the end of a chain of more than " + LENGTH_MAX + " rules");
                return;
            }
            if (total > WAYS_MAX) {
                refuse(rule, problems, "one event could take more than " + (int) WAYS_MAX + " ways through the chains");
                return;
            }
        }
    }

    private static void refuse(RuleFile.Rule rule, Problems problems, String message) {
        problems.error(
                rule.from().place(), "chain-too-long", rule.id().text(), message + "; let it read an earlier type");
    }
}
