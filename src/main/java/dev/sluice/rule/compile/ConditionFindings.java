package dev.sluice.rule.compile;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.sluice.rule.EventType;
import dev.sluice.rule.Predicate;
import dev.sluice.rule.Predicate.Bounds;
import dev.sluice.rule.Subject;
import dev.sluice.rule.ValueType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Conditions that are false, or true, whatever the event. It misses some, and tells none that is not so. */
final class ConditionFindings {
    static final String NEVER_MATCHES = "never-matches";
    static final String ALWAYS_MATCHES = "always-matches";
    /** Nothing wrong with a bool that a rule emits. */
    private static final Set<String> CODES = Set.of(NEVER_MATCHES, ALWAYS_MATCHES);

    private final CelAbstractSyntaxTree ast;
    private final EventType eventType;
    private final ConditionParts parts;

    ConditionFindings(CelAbstractSyntaxTree ast, EventType eventType, ConditionParts parts) {
        this.ast = ast;
        this.eventType = eventType;
        this.parts = parts;
    }

    /** Whether the finding says something of conditions only. */
    static boolean isOne(Finding finding) {
        return CODES.contains(finding.code());
    }

    Optional<Finding> find() {
        if (parts.alternatives().isEmpty()) {
            return Optional.of(never(0, "the condition is false for every event"));
        }
        if (parts.alternatives().stream().anyMatch(List::isEmpty) || coversAll()) {
            return Optional.of(Finding.warning(
                    ALWAYS_MATCHES,
                    0,
                    "this rule matches every event: the condition is always true; correct it, or leave `when` out"));
        }
        return contradiction();
    }

    private static Finding never(int offset, String reason) {
        return Finding.warning(
                NEVER_MATCHES,
                offset,
                "this rule can never match: " + reason + "; correct the condition or remove the rule");
    }

    /** The first one, when there is one in every alternative. */
    private Optional<Finding> contradiction() {
        Contradiction first = null;
        for (List<Predicate> alternative : parts.alternatives()) {
            Contradiction found = Contradiction.in(alternative).orElse(null);
            if (found == null) {
                return Optional.empty();
            }
            first = first == null ? found : first;
        }
        return Optional.ofNullable(first).map(this::told);
    }

    private Finding told(Contradiction found) {
        Predicate place = found.second() == null ? found.first() : found.second();
        String others =
                parts.alternatives().size() == 1 ? "" : ", and no other alternative of the condition can hold either";
        return never(offset(parts.said().get(place)), found.message() + others);
    }

    /** Where the part begins. */
    private int offset(@Nullable CelExpr part) {
        if (part == null) {
            return 0;
        }
        Map<Long, Integer> offsets = ast.getSource().getPositionsMap();
        return ExpressionNodes.of(part).stream()
                .filter(node -> offsets.containsKey(node.id()))
                .mapToInt(node -> offsets.getOrDefault(node.id(), 0))
                .min()
                .orElse(0);
    }

    private boolean hasValue(Subject subject) {
        if (!subject.isField()) {
            return false;
        }
        ValueType type = eventType.fields().get(subject.position()).type();
        return !(type instanceof ValueType.Nullable) && !(type instanceof ValueType.Anything);
    }

    /** Whether each alternative asks one thing of one field, and together they leave no value out. */
    private boolean coversAll() {
        List<Predicate> single = new ArrayList<>();
        for (List<Predicate> alternative : parts.alternatives()) {
            if (alternative.size() != 1) {
                return false;
            }
            single.add(alternative.get(0));
        }
        Subject subject = Predicates.subject(single.get(0));
        return subject != null
                && hasValue(subject)
                && single.stream().allMatch(one -> subject.equals(Predicates.subject(one)))
                && (hasBothTruths(single) || hasAllRanks(single));
    }

    private static boolean hasBothTruths(List<Predicate> single) {
        return single.size() == 1
                && single.get(0) instanceof Predicate.OneOf oneOf
                && oneOf.values().containsAll(Set.of(true, false));
    }

    private static boolean hasAllRanks(List<Predicate> single) {
        List<Bounds> ranges = new ArrayList<>();
        for (Predicate one : single) {
            if (!(one instanceof Predicate.InRange range) || !range.exact()) {
                return false;
            }
            ranges.add(range.bounds());
        }
        ranges.sort(Comparator.comparingLong(Bounds::low));
        long covered = ranges.get(0).high();
        if (ranges.get(0).low() != Long.MIN_VALUE) {
            return false;
        }
        for (Bounds range : ranges) {
            // Past the greatest rank there is none.
            if (covered != Long.MAX_VALUE && range.low() <= covered + 1) {
                covered = Math.max(covered, range.high());
            }
        }
        return covered == Long.MAX_VALUE;
    }
}
