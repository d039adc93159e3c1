package dev.sluice.rule.plan;

import dev.sluice.rule.EvaluationException;
import dev.sluice.rule.Event;
import dev.sluice.rule.plan.Failures.Operand;
import org.jspecify.annotations.Nullable;

/** An operand of kind LONG. A field or constant, the common case, is read here: a call that no compiler foresees less. */
final class LongInput {
    private static final int NO_FIELD = -1;

    private final int position;
    private final @Nullable Operand failures;
    private final boolean constant;
    private final long value;
    private final Node node;

    LongInput(Node node) {
        this.node = node;
        this.position = node instanceof Leaves.LongField field ? field.position : NO_FIELD;
        this.failures = node instanceof Leaves.LongField field ? field.failures : null;
        this.constant = Leaves.isConstant(node);
        this.value = constant && Leaves.constantValue(node) instanceof Long number ? number : 0;
    }

    long eval(Event event, Locals locals) throws EvaluationException {
        if (constant) {
            return value;
        }
        if (failures == null) {
            return node.evalLong(event, locals);
        }
        return Leaves.LongField.read(event, position, failures);
    }
}
