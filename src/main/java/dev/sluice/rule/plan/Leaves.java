package dev.sluice.rule.plan;

import dev.sluice.rule.EvaluationException;
import dev.sluice.rule.Event;
import dev.sluice.rule.plan.Failures.Operand;
import org.jspecify.annotations.Nullable;

/** Constants, fields and variables, and their values unboxed. */
public final class Leaves {
    private Leaves() {}

    public static Node constant(@Nullable Object value) {
        return new Constant(value);
    }

    /** Whether the node is a constant: then it can be evaluated without an event. */
    public static boolean isConstant(Node node) {
        return node instanceof Constant;
    }

    /**
     * What a constant gives.
     *
     * @throws IllegalArgumentException when the node is no constant
     */
    public static @Nullable Object constantValue(Node node) {
        if (node instanceof Constant constant) {
            return constant.value;
        }
        throw new IllegalArgumentException("a constant was expected");
    }

    public static Node field(int position) {
        return new Field(position);
    }

    public static Node variable(int slot) {
        return new Variable(slot);
    }

    /** The node as one of kind BOOL. */
    public static Node asBool(Node node, Operand failures) {
        return node.kind() == Node.Kind.BOOL ? node : new AsBool(node, failures);
    }

    /** The node as one of kind LONG. */
    public static Node asLong(Node node, Operand failures) {
        if (node.kind() == Node.Kind.LONG) {
            return node;
        }
        return node instanceof Field field ? new LongField(field.position, failures) : new AsLong(node, failures);
    }

    /** The node as one of kind DOUBLE. */
    public static Node asDouble(Node node, Operand failures) {
        if (node.kind() == Node.Kind.DOUBLE) {
            return node;
        }
        return node instanceof Field field ? new DoubleField(field.position, failures) : new AsDouble(node, failures);
    }

    private static final class Constant extends Node {
        private final @Nullable Object value;
        private final Kind kind;
        private final boolean bool;
        private final long integer;
        private final double number;

        Constant(@Nullable Object value) {
            this.value = value;
            this.bool = Boolean.TRUE.equals(value);
            this.integer = value instanceof Long l ? l : 0;
            this.number = value instanceof Double d ? d : 0;
            this.kind = value instanceof Boolean
                    ? Kind.BOOL
                    : value instanceof Long ? Kind.LONG : value instanceof Double ? Kind.DOUBLE : Kind.OBJECT;
        }

        @Override
        public Kind kind() {
            return kind;
        }

        @Override
        public @Nullable Object eval(Event event, Locals locals) {
            return value;
        }

        @Override
        public boolean evalBool(Event event, Locals locals) {
            return bool;
        }

        @Override
        public long evalLong(Event event, Locals locals) {
            return integer;
        }

        @Override
        public double evalDouble(Event event, Locals locals) {
            return number;
        }
    }

    static final class Field extends Node {
        final int position;

        Field(int position) {
            this.position = position;
        }

        @Override
        public @Nullable Object eval(Event event, Locals locals) {
            return event.value(position);
        }
    }

    private static final class Variable extends Node {
        private final int slot;

        Variable(int slot) {
            this.slot = slot;
        }

        @Override
        public @Nullable Object eval(Event event, Locals locals) {
            return locals.get(slot);
        }
    }

    static final class LongField extends LongNode {
        final int position;
        final Operand failures;

        LongField(int position, Operand failures) {
            this.position = position;
            this.failures = failures;
        }

        @Override
        public long evalLong(Event event, Locals locals) throws EvaluationException {
            Object value = event.value(position);
            if (value instanceof Long number) {
                return number;
            }
            throw failures.failure(value);
        }
    }

    static final class DoubleField extends DoubleNode {
        final int position;
        final Operand failures;

        DoubleField(int position, Operand failures) {
            this.position = position;
            this.failures = failures;
        }

        @Override
        public double evalDouble(Event event, Locals locals) throws EvaluationException {
            Object value = event.value(position);
            if (value instanceof Double number) {
                return number;
            }
            throw failures.failure(value);
        }
    }

    private static final class AsBool extends BoolNode {
        private final Node node;
        private final Operand failures;

        AsBool(Node node, Operand failures) {
            this.node = node;
            this.failures = failures;
        }

        @Override
        public boolean evalBool(Event event, Locals locals) throws EvaluationException {
            Object value = node.eval(event, locals);
            if (value instanceof Boolean bool) {
                return bool;
            }
            throw failures.failure(value);
        }
    }

    private static final class AsLong extends LongNode {
        private final Node node;
        private final Operand failures;

        AsLong(Node node, Operand failures) {
            this.node = node;
            this.failures = failures;
        }

        @Override
        public long evalLong(Event event, Locals locals) throws EvaluationException {
            Object value = node.eval(event, locals);
            if (value instanceof Long number) {
                return number;
            }
            throw failures.failure(value);
        }
    }

    private static final class AsDouble extends DoubleNode {
        private final Node node;
        private final Operand failures;

        AsDouble(Node node, Operand failures) {
            this.node = node;
            this.failures = failures;
        }

        @Override
        public double evalDouble(Event event, Locals locals) throws EvaluationException {
            Object value = node.eval(event, locals);
            if (value instanceof Double number) {
                return number;
            }
            throw failures.failure(value);
        }
    }
}
