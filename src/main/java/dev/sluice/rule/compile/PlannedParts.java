package dev.sluice.rule.compile;

import dev.cel.common.ast.CelExpr;
import dev.sluice.rule.plan.Node;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/** The plans of one tree's conditions, so that the whole and its parts have the same nodes. Confined to one thread. */
final class PlannedParts {
    private final IdentityHashMap<CelExpr, PlannedExpression.Plan> plans = new IdentityHashMap<>(4);
    private final IdentityHashMap<CelExpr, String> texts = new IdentityHashMap<>(4);

    void put(CelExpr part, PlannedExpression.Plan plan) {
        plans.put(part, plan);
    }

    PlannedExpression.@Nullable Plan get(CelExpr part) {
        return plans.get(part);
    }

    /** A plan that gives true or false by itself: what its failure says does not depend on where it stands. */
    PlannedExpression.@Nullable Plan condition(CelExpr part) {
        PlannedExpression.Plan plan = plans.get(part);
        return plan != null && plan.root().kind() == Node.Kind.BOOL ? plan : null;
    }

    /** The part's canonical text. */
    String text(CelExpr part) {
        return texts.computeIfAbsent(part, CanonicalText::of);
    }
}
