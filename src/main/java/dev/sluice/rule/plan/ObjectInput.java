package dev.sluice.rule.plan;

import dev.sluice.rule.EvaluationException;
import dev.sluice.rule.Event;
import org.jspecify.annotations.Nullable;

/** An operand of any kind. A field or constant, the common case, is read here: a call that no compiler foresees less. */
final class ObjectInput {
    private static final int NO_FIELD = -1;

    private final int position;
    private final boolean constant;
    private final @Nullable Object value;
    private final Node node;

    ObjectInput(Node node) {
        this.node = node;
        this.position = node instanceof Leaves.Field field ? field.position : NO_FIELD;
        this.constant = Leaves.isConstant(node);
        this.value = constant ? Leaves.constantValue(node) : null;
    }

    @Nullable Object eval(Event event, Locals locals) throws EvaluationException {
        if (position != NO_FIELD) {
            return event.value(position);
        }
        return constant ? value : node.eval(event, locals);
    }
}
