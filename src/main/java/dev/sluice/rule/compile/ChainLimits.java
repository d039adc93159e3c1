package dev.sluice.rule.compile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Bounds on what one event can set off: the length of a chain, and the ways through all chains together. */
final class ChainLimits {
    static final int LENGTH_MAX = 32;
    static final double WAYS_MAX = 100_000;

    /** A rule past a limit. */
    record Excess<R>(R rule, String message) {}

    /** What reaches a type: the longest chain, and the number of chains. */
    private record Reach(int length, double ways) {
        static final Reach EVENT = new Reach(0, 1);

        Reach with(Reach other) {
            return new Reach(Math.max(length, other.length), ways + other.ways);
        }
    }

    private ChainLimits() {}

    /**
     * The first rule past a limit.
     *
     * @param rules each after those whose emit type it reads
     */
    static <R extends Chained> Optional<Excess<R>> excess(List<R> rules) {
        Map<String, Reach> reaches = new HashMap<>();
        double total = 0;
        for (R rule : rules) {
            Reach before = reaches.getOrDefault(rule.reads(), Reach.EVENT);
            Reach here = new Reach(before.length() + 1, before.ways());
            reaches.merge(rule.emits(), here, Reach::with);
            total += here.ways();
            if (here.length() > LENGTH_MAX) {
                return Optional.of(
                        new Excess<>(rule, "this rule is at the end of a chain of more than " + LENGTH_MAX + " rules"));
            }
            if (total > WAYS_MAX) {
                return Optional.of(new Excess<>(
                        rule, "one event could take more than " + (int) WAYS_MAX + " ways through the chains"));
            }
        }
        return Optional.empty();
    }
}
