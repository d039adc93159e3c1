package dev.sluice.rule.compile;

import dev.cel.common.ast.CelExpr;
import dev.sluice.rule.Condition;
import dev.sluice.rule.Predicate;
import dev.sluice.rule.ValueType;
import dev.sluice.rule.plan.Logic;
import dev.sluice.rule.plan.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * The alternatives of a condition with every predicate that its author wrote.
 *
 * @param said the part of the expression that a predicate stands for
 */
record ConditionParts(List<List<Predicate>> alternatives, IdentityHashMap<Predicate, CelExpr> said) {

    /** What an index searches. */
    Condition condition() {
        List<List<Predicate>> searched = new ArrayList<>();
        for (List<Predicate> alternative : alternatives) {
            if (alternative.isEmpty()) {
                return Condition.ALWAYS;
            }
            searched.add(merged(alternative));
        }
        return new Condition(searched);
    }

    /** Ranges over one subject become one range: the whole alternative fails with each of them. */
    private static List<Predicate> merged(List<Predicate> alternative) {
        List<Predicate> merged = new ArrayList<>();
        for (Predicate predicate : alternative) {
            int same = predicate instanceof Predicate.InRange range ? indexOf(range, merged) : -1;
            if (same >= 0) {
                merged.set(same, both((Predicate.InRange) merged.get(same), (Predicate.InRange) predicate));
            } else {
                merged.add(predicate);
            }
        }
        return merged;
    }

    private static int indexOf(Predicate.InRange range, List<Predicate> predicates) {
        for (int i = 0; i < predicates.size(); i++) {
            if (predicates.get(i) instanceof Predicate.InRange other
                    && other.subject().equals(range.subject())) {
                return i;
            }
        }
        return -1;
    }

    private static Predicate.InRange both(Predicate.InRange first, Predicate.InRange second) {
        PlannedExpression left = (PlannedExpression) first.expression();
        PlannedExpression right = (PlannedExpression) second.expression();
        Set<String> fields = new HashSet<>(left.fields());
        fields.addAll(right.fields());
        Node node = Logic.and(List.of(left.root(), right.root()));
        int slots = Math.max(left.slots(), right.slots());
        PlannedExpression both = new PlannedExpression(
                left.source() + " && " + right.source(),
                ValueType.Scalar.BOOL,
                new PlannedExpression.Plan(node, slots, fields));
        return new Predicate.InRange(
                both, first.subject(), first.bounds().and(second.bounds()), first.exact() && second.exact());
    }
}
