package dev.sluice.rule.compile;

import dev.sluice.rule.Condition;
import dev.sluice.rule.EvaluationException;
import dev.sluice.rule.Event;
import dev.sluice.rule.Expression;
import dev.sluice.rule.ValueSink;
import dev.sluice.rule.ValueType;
import dev.sluice.rule.plan.Leaves;
import dev.sluice.rule.plan.Locals;
import dev.sluice.rule.plan.Node;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An expression that runs as a plan of typed nodes. */
final class PlannedExpression implements Expression {
    private final String source;
    private final ValueType type;
    private final Set<String> fields;
    private final Node root;
    private final int slots;
    private final boolean isBool;
    /** Whether the results need no look: numbers and bools that nodes made, and fields, whose values the event vouches for. */
    private final boolean isAsPlanned;
    /** What results of a simple type are instances of: nothing else has to be known of those. */
    private final Class<?> resultClass;

    private final @Nullable Condition condition;

    PlannedExpression(String source, ValueType type, Plan plan) {
        this(source, type, plan, null);
    }

    private PlannedExpression(String source, ValueType type, Plan plan, @Nullable Condition condition) {
        this.source = source;
        this.type = type;
        this.fields = plan.fields();
        this.root = plan.root();
        this.slots = plan.slots();
        this.isBool = root.kind() == Node.Kind.BOOL;
        this.isAsPlanned = root.kind() != Node.Kind.OBJECT || Leaves.isField(root);
        this.resultClass = CelValues.simpleClass(type);
        this.condition = condition;
    }

    /** The same, with what an index may know of it. */
    PlannedExpression takenApart(Condition parts) {
        return new PlannedExpression(source, type, plan(), parts);
    }

    Plan plan() {
        return new Plan(root, slots, fields);
    }

    Node root() {
        return root;
    }

    /** How many variables of macros there are at once. */
    int slots() {
        return slots;
    }

    /**
     * @param slots how many variables of macros there are at once
     * @param fields names of the fields that it reads
     */
    record Plan(Node root, int slots, Set<String> fields) {
        Plan {
            fields = Set.copyOf(fields);
        }
    }

    @Override
    public Set<String> fields() {
        return fields;
    }

    @Override
    public Condition condition() {
        return condition == null ? Condition.opaque(this) : condition;
    }

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
            Object value = root.eval(event, locals());
            return isAsPlanned || resultClass.isInstance(value) ? value : CelValues.fromCel(value, type);
        } catch (RuntimeException e) {
            throw failure(e);
        }
    }

    @Override
    public boolean test(Event event) throws EvaluationException {
        if (!isBool) {
            return Boolean.TRUE.equals(evaluate(event));
        }
        try {
            return root.evalBool(event, locals());
        } catch (RuntimeException e) {
            throw failure(e);
        }
    }

    @Override
    public void evaluate(Event event, ValueSink sink) throws EvaluationException {
        try {
            switch (root.kind()) {
                case LONG -> sink.takeLong(root.evalLong(event, locals()));
                case DOUBLE -> sink.takeDouble(root.evalDouble(event, locals()));
                default -> sink.takeObject(evaluate(event));
            }
        } catch (RuntimeException e) {
            throw failure(e);
        }
    }

    private Locals locals() {
        return slots == 0 ? Locals.NONE : new Locals(slots, ExpressionChecker.ITERATIONS_MAX);
    }

    private static EvaluationException failure(RuntimeException e) {
        return new EvaluationException(
                "the expression engine failed with " + e.getClass().getSimpleName());
    }
}
