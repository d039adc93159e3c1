package dev.sluice.rule.compile;

import dev.sluice.rule.EvaluationException;
import dev.sluice.rule.Event;
import dev.sluice.rule.Expression;
import dev.sluice.rule.ValueType;
import dev.sluice.rule.plan.Locals;
import dev.sluice.rule.plan.Node;
import org.jspecify.annotations.Nullable;

/** An expression that runs as a plan of typed nodes. */
final class PlannedExpression implements Expression {
    private final String source;
    private final ValueType type;
    private final Node root;
    private final int slots;

    PlannedExpression(String source, ValueType type, Plan plan) {
        this.source = source;
        this.type = type;
        this.root = plan.root();
        this.slots = plan.slots();
    }

    /** @param slots how many variables of macros there are at once */
    record Plan(Node root, int slots) {}

    @Override
    public ValueType type() {
        return type;
    }

    @Override
    public String source() {
        return source;
    }

    @Override
    public @Nullable Object evaluate(Event event) throws EvaluationException {
        try {
            Locals locals = slots == 0 ? Locals.NONE : new Locals(slots, ExpressionChecker.ITERATIONS_MAX);
            Object value = root.eval(event, locals);
            // Only objects come from events unseen: what a node made itself is of the type it was planned for.
            return root.kind() == Node.Kind.OBJECT ? CelValues.fromCel(value, type) : value;
        } catch (RuntimeException e) {
            throw new EvaluationException(
                    "the expression engine failed with " + e.getClass().getSimpleName());
        }
    }
}
