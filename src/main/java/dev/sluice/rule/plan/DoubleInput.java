package dev.sluice.rule.plan;

import dev.sluice.rule.EvaluationException;
import dev.sluice.rule.Event;
import dev.sluice.rule.plan.Failures.Operand;
import org.jspecify.annotations.Nullable;

/** An operand of kind DOUBLE. A field or constant, the common case, is read here: a call that no compiler foresees less. */
final class DoubleInput {
    private static final int NO_FIELD = -1;

    private final int position;
    private final @Nullable Operand failures;
    private final boolean constant;
    private final double value;
    private final Node node;

    DoubleInput(Node node) {
        this.node = node;
        this.position = node instanceof Leaves.DoubleField field ? field.position : NO_FIELD;
        this.failures = node instanceof Leaves.DoubleField field ? field.failures : null;
        this.constant = Leaves.isConstant(node);
        this.value = constant && Leaves.constantValue(node) instanceof Double number ? number : 0;
    }

    double eval(Event event, Locals locals) throws EvaluationException {
        if (constant) {
            return value;
        }
        if (failures == null) {
            return node.evalDouble(event, locals);
        }
        return Leaves.DoubleField.read(event, position, failures);
    }
}
