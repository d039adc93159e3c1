package dev.sluice.evaluation;

import dev.sluice.evaluation.AttributePart.Search;
import dev.sluice.rule.Predicate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Divides candidates among parts. At each place the attribute is taken that leaves the fewest candidates to look at for
 * an event, as far as the rules' own constants tell: values that many rules name are taken for frequent. Confined to one
 * thread.
 */
final class IndexBuilder {
    /** What a search costs, in looks at a candidate with something to check. */
    private static final double SEARCH_COST = 1.5;

    /** What it costs that a candidate is found which has nothing to check: it matches, whichever way it is found. */
    private static final double MATCH_COST = 0.1;

    /** So many values of long lists are spread over one part at most. */
    private static final int SPREAD_MAX = 300_000;

    private static final int SAMPLES = 64;

    private final Memos memos;

    IndexBuilder(Memos memos) {
        this.memos = memos;
    }

    Memos memos() {
        return memos;
    }

    Part build(Candidate[] candidates) {
        if (candidates.length == 1) {
            return new Leaf(candidates[0], memos);
        }
        List<Part> parts = new ArrayList<>();
        Candidate[] rest = candidates;
        while (rest.length > 1) {
            Search best = best(rest);
            if (best == null) {
                break;
            }
            List<Candidate> taken = new ArrayList<>();
            List<Candidate> left = new ArrayList<>();
            for (Candidate candidate : rest) {
                (best.predicate(candidate) >= 0 ? taken : left).add(candidate);
            }
            parts.add(part(best, taken.toArray(Candidate[]::new)));
            rest = left.toArray(Candidate[]::new);
        }
        if (rest.length > 0) {
            parts.add(new ScanPart(rest, memos));
        }
        return new Node(candidates, parts.toArray(Part[]::new));
    }

    private Part part(Search search, Candidate[] candidates) {
        return search.attribute().way() == Attribute.Way.RANGE
                ? new RangePart(search, candidates, memos)
                : SplitPart.of(search, candidates, this);
    }

    /** Open predicates of one attribute, one a candidate as a rule; {@code last} of them are all that is left to check. */
    private static final class Group {
        private final List<Predicate> predicates = new ArrayList<>();
        private int last;

        void add(Candidate candidate, int predicate) {
            predicates.add(candidate.entry().predicates().get(predicate));
            last += candidate.openCount() == 1 ? 1 : 0;
        }

        /** What a look at a candidate costs that a search by this attribute leaves. */
        double lookCost() {
            double share = (double) last / predicates.size();
            return share * MATCH_COST + 1 - share;
        }
    }

    /** The search that leaves the least to do; null when looking at all candidates is cheaper. */
    private static @Nullable Search best(Candidate[] candidates) {
        Search best = null;
        double least = candidates.length;
        for (Map.Entry<Attribute, Group> entry : groups(candidates).entrySet()) {
            Group group = entry.getValue();
            int valuesMax = valuesMax(group.predicates);
            List<Predicate> searched = group.predicates.stream()
                    .filter(predicate -> values(predicate) <= valuesMax)
                    .toList();
            if (searched.isEmpty()) {
                continue;
            }
            double others = candidates.length - searched.size();
            double cost = others + left(entry.getKey(), searched) * group.lookCost() + SEARCH_COST;
            if (cost < least) {
                least = cost;
                best = new Search(entry.getKey(), valuesMax);
            }
        }
        return best;
    }

    private static Map<Attribute, Group> groups(Candidate[] candidates) {
        Map<Attribute, Group> groups = new LinkedHashMap<>();
        for (Candidate candidate : candidates) {
            for (int i = 0; i < candidate.entry().searched(); i++) {
                Attribute attribute =
                        Attribute.of(candidate.entry().predicates().get(i));
                if (attribute != null && candidate.isOpen(i)) {
                    groups.computeIfAbsent(attribute, a -> new Group()).add(candidate, i);
                }
            }
        }
        return groups;
    }

    private static int valuesMax(List<Predicate> predicates) {
        long values = predicates.stream().mapToLong(IndexBuilder::values).sum();
        return values > SPREAD_MAX ? Candidate.FEW_VALUES : Integer.MAX_VALUE;
    }

    private static int values(Predicate predicate) {
        return predicate instanceof Predicate.OneOf oneOf ? oneOf.values().size() : 1;
    }

    /** How many of the candidates an event leaves on average. */
    private static double left(Attribute attribute, List<Predicate> predicates) {
        return switch (attribute.way()) {
            case VALUE -> leftByValue(predicates);
            case PREFIX -> leftByPrefix(predicates);
            case RANGE -> leftByRange(predicates);
        };
    }

    private static double leftByValue(List<Predicate> predicates) {
        Map<Object, int[]> counts = counts(predicates);
        double values = 0;
        double looks = 0;
        for (int[] count : counts.values()) {
            values += count[0];
            looks += (double) count[0] * count[0];
        }
        return looks / values;
    }

    private static Map<Object, int[]> counts(List<Predicate> predicates) {
        Map<Object, int[]> counts = new HashMap<>();
        for (Predicate predicate : predicates) {
            for (Object value : SplitPart.values(predicate)) {
                counts.computeIfAbsent(value, v -> new int[1])[0]++;
            }
        }
        return counts;
    }

    /** For an event whose text begins like one of the prefixes. */
    private static double leftByPrefix(List<Predicate> predicates) {
        Map<Object, int[]> counts = counts(predicates);
        double looks = 0;
        for (Map.Entry<Object, int[]> entry : counts.entrySet()) {
            String text = (String) entry.getKey();
            int prefixes = 0;
            for (int length = 1; length <= text.length(); length++) {
                int[] count = counts.get(text.substring(0, length));
                prefixes += count == null ? 0 : count[0];
            }
            looks += (double) entry.getValue()[0] * prefixes;
        }
        return looks / predicates.size();
    }

    /** For an event whose value is one of the bounds; from a sample. */
    private static double leftByRange(List<Predicate> predicates) {
        int step = 1 + predicates.size() / SAMPLES;
        int points = 0;
        double looks = 0;
        for (int i = 0; i < predicates.size(); i += step) {
            Predicate.Bounds bounds = ((Predicate.InRange) predicates.get(i)).bounds();
            long point = bounds.low() == Long.MIN_VALUE ? bounds.high() : bounds.low();
            points++;
            looks += holding(predicates, point);
        }
        return looks / points;
    }

    private static double holding(List<Predicate> predicates, long rank) {
        int step = 1 + predicates.size() / (4 * SAMPLES);
        int seen = 0;
        int holding = 0;
        for (int i = 0; i < predicates.size(); i += step) {
            Predicate.Bounds bounds = ((Predicate.InRange) predicates.get(i)).bounds();
            seen++;
            holding += bounds.low() <= rank && rank <= bounds.high() ? 1 : 0;
        }
        return (double) holding * predicates.size() / seen;
    }
}
