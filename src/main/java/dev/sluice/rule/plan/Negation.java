package dev.sluice.rule.plan;

import dev.sluice.rule.EvaluationException;
import dev.sluice.rule.Event;

/** {@code !} of a node of kind BOOL. */
final class Negation extends BoolNode {
    private final Node condition;

    Negation(Node condition) {
        this.condition = condition;
    }

    @Override
    public boolean evalBool(Event event, Locals locals) throws EvaluationException {
        return !condition.evalBool(event, locals);
    }

    @Override
    Node negated() {
        return condition;
    }
}
