package dev.sluice.rule.plan;

import dev.sluice.rule.EvaluationException;
import dev.sluice.rule.Event;

/** A node of kind LONG. */
abstract class LongNode extends Node {
    @Override
    public final Kind kind() {
        return Kind.LONG;
    }

    @Override
    public abstract long evalLong(Event event, Locals locals) throws EvaluationException;

    @Override
    public final Object eval(Event event, Locals locals) throws EvaluationException {
        return evalLong(event, locals);
    }
}
