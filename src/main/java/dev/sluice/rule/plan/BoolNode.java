package dev.sluice.rule.plan;

import dev.sluice.rule.EvaluationException;
import dev.sluice.rule.Event;

/** A node of kind BOOL. */
abstract class BoolNode extends Node {
    @Override
    public final Kind kind() {
        return Kind.BOOL;
    }

    /** True where this is false, failing where this fails. */
    Node negated() {
        return new Negation(this);
    }

    @Override
    public abstract boolean evalBool(Event event, Locals locals) throws EvaluationException;

    @Override
    public final Object eval(Event event, Locals locals) throws EvaluationException {
        return evalBool(event, locals);
    }
}
