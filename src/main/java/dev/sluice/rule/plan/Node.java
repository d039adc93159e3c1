package dev.sluice.rule.plan;

import dev.sluice.rule.EvaluationException;
import dev.sluice.rule.Event;
import org.jspecify.annotations.Nullable;

/** One step of a planned expression. Immutable: safe for many threads. */
public abstract class Node {

    /** What a node gives without boxing. */
    public enum Kind {
        BOOL,
        LONG,
        DOUBLE,
        OBJECT
    }

    /** The one typed method, besides {@link #eval}, that the node answers. */
    public Kind kind() {
        return Kind.OBJECT;
    }

    /** The value in the classes of {@link dev.sluice.rule.ValueType}; every node answers it. */
    public abstract @Nullable Object eval(Event event, Locals locals) throws EvaluationException;

    /** The value of a node of kind BOOL. */
    public boolean evalBool(Event event, Locals locals) throws EvaluationException {
        throw wrongKind(Kind.BOOL);
    }

    /** The value of a node of kind LONG. */
    public long evalLong(Event event, Locals locals) throws EvaluationException {
        throw wrongKind(Kind.LONG);
    }

    /** The value of a node of kind DOUBLE. */
    public double evalDouble(Event event, Locals locals) throws EvaluationException {
        throw wrongKind(Kind.DOUBLE);
    }

    private IllegalStateException wrongKind(Kind asked) {
        return new IllegalStateException("a node of kind " + kind() + " was planned where " + asked + " is read");
    }
}
