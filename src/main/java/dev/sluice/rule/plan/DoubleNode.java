package dev.sluice.rule.plan;

import dev.sluice.rule.EvaluationException;
import dev.sluice.rule.Event;

/** A node of kind DOUBLE. */
abstract class DoubleNode extends Node {
    @Override
    public final Kind kind() {
        return Kind.DOUBLE;
    }

    @Override
    public abstract double evalDouble(Event event, Locals locals) throws EvaluationException;

    @Override
    public final Object eval(Event event, Locals locals) throws EvaluationException {
        return evalDouble(event, locals);
    }
}
