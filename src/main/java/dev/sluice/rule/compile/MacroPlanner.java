package dev.sluice.rule.compile;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.sluice.rule.plan.Failures.Operand;
import dev.sluice.rule.plan.Macros;
import dev.sluice.rule.plan.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The macros, known again by the shape of the loops that the parser made of them. */
final class MacroPlanner {
    private final ExpressionPlanner expressions;

    MacroPlanner(ExpressionPlanner expressions) {
        this.expressions = expressions;
    }

    Node plan(CelComprehension loop) throws NotPlannedException {
        if (!loop.iterVar2().isEmpty() || loop.loopStep().exprKind().getKind() != Kind.CALL) {
            throw new NotPlannedException();
        }
        Node elements = expressions.plan(loop.iterRange());
        Operand failures = new Operand("macro", ExpressionPlanner.path(loop.iterRange()));
        ExpressionPlanner.Scope scope = expressions.enter(loop.iterVar());
        try {
            return plan(loop, new Macros.Range(elements, failures, scope.slot()));
        } finally {
            expressions.leave(scope);
        }
    }

    private Node plan(CelComprehension loop, Macros.Range range) throws NotPlannedException {
        List<CelExpr> step = loop.loopStep().call().args();
        return switch (loop.loopStep().call().function()) {
            case "_&&_" -> Macros.all(range, expressions.condition(tested(loop, step), "all"));
            case "_||_" -> Macros.exists(range, expressions.condition(tested(loop, step), "exists"));
            case "_+_" -> map(loop, range, loop.loopStep(), null);
            case "_?_:_" -> filtered(loop, range, step);
            default -> throw new NotPlannedException();
        };
    }

    /** What is joined to the outcome so far. */
    private static CelExpr tested(CelComprehension loop, List<CelExpr> step) throws NotPlannedException {
        if (!isName(step.get(0), loop.accuVar()) || !isName(loop.result(), loop.accuVar())) {
            throw new NotPlannedException();
        }
        return step.get(1);
    }

    private Node filtered(CelComprehension loop, Macros.Range range, List<CelExpr> step) throws NotPlannedException {
        if (!isName(step.get(2), loop.accuVar())) {
            throw new NotPlannedException();
        }
        CelExpr then = step.get(1);
        boolean counts = then.exprKind().getKind() == Kind.CALL
                && then.call().function().equals("_+_")
                && then.call().args().get(1).exprKind().getKind() == Kind.CONSTANT;
        if (counts) {
            checkExistsOne(loop, then);
            return Macros.existsOne(range, expressions.condition(step.get(0), "exists_one"));
        }
        return map(loop, range, then, expressions.condition(step.get(0), "filter"));
    }

    /** The sum starts at 0, grows by 1 and is compared with 1. */
    private static void checkExistsOne(CelComprehension loop, CelExpr sum) throws NotPlannedException {
        CelExpr result = loop.result();
        boolean one = isName(sum.call().args().get(0), loop.accuVar())
                && isInteger(sum.call().args().get(1), 1)
                && isInteger(loop.accuInit(), 0)
                && result.exprKind().getKind() == Kind.CALL
                && result.call().function().equals("_==_")
                && isName(result.call().args().get(0), loop.accuVar())
                && isInteger(result.call().args().get(1), 1);
        if (!one) {
            throw new NotPlannedException();
        }
    }

    /** @param sum the list so far with one more element */
    private Node map(CelComprehension loop, Macros.Range range, CelExpr sum, @Nullable Node condition)
            throws NotPlannedException {
        boolean appends = sum.exprKind().getKind() == Kind.CALL
                && sum.call().function().equals("_+_")
                && isName(sum.call().args().get(0), loop.accuVar())
                && isName(loop.result(), loop.accuVar())
                && isList(sum.call().args().get(1), 1)
                && isList(loop.accuInit(), 0);
        if (!appends) {
            throw new NotPlannedException();
        }
        return Macros.map(
                range,
                condition,
                expressions.plan(sum.call().args().get(1).list().elements().get(0)));
    }

    private static boolean isName(CelExpr expression, String name) {
        return expression.exprKind().getKind() == Kind.IDENT
                && expression.ident().name().equals(name);
    }

    private static boolean isInteger(CelExpr expression, long value) {
        return expression.exprKind().getKind() == Kind.CONSTANT
                && expression.constant().getKind() == CelConstant.Kind.INT64_VALUE
                && expression.constant().int64Value() == value;
    }

    private static boolean isList(CelExpr expression, int size) {
        return expression.exprKind().getKind() == Kind.LIST
                && expression.list().elements().size() == size;
    }
}
