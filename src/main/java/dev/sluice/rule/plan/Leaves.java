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

    /** The value of a constant of kind LONG. */
    static long constantLong(Node node) {
        return ((Constant) node).integer;
    }

    /** The value of a constant of kind DOUBLE. */
    static double constantDouble(Node node) {
        return ((Constant) node).number;
    }

    /** Whether the node gives a field of the event as it is. */
    public static boolean isField(Node node) {
        return node instanceof Field;
    }

    public static Node field(int position) {
        return new Field(position);
    }

    public static Node variable(int slot) {
        return new Variable(slot);
    }

    /** The node as one of kind BOOL. */
    public static Node asBool(Node node, Operand failures) {
        if (node.kind() == Node.Kind.BOOL) {
            return node;
        }
        return node instanceof Field field ? new BoolField(field.position, failures) : new AsBool(node, failures);
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

    private static final class BoolField extends BoolNode {
        private final int position;
        private final Operand failures;

        BoolField(int position, Operand failures) {
            this.position = position;
            this.failures = failures;
        }

        @Override
        public boolean evalBool(Event event, Locals locals) throws EvaluationException {
            Object value = event.value(position);
            if (value instanceof Boolean bool) {
                return bool;
            }
            throw failures.failure(value);
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
            return read(event, position, failures);
        }

        static long read(Event event, int position, Operand failures) throws EvaluationException {
            if (event.isLong(position)) {
                return event.longValue(position);
            }
            throw failures.failure(event.value(position));
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
            return read(event, position, failures);
        }

        static double read(Event event, int position, Operand failures) throws EvaluationException {
            if (event.isDouble(position)) {
                return event.doubleValue(position);
            }
            throw failures.failure(event.value(position));
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
