package dev.sluice.rule.plan;

import dev.sluice.rule.EvaluationException;
import dev.sluice.rule.Event;
import dev.sluice.rule.plan.Failures.Operand;

/** Order: {@code <} and {@code <=}. What is greater is planned with its sides exchanged. */
public final class Comparisons {
    private Comparisons() {}

    /** Which of the two. */
    public enum Order {
        LESS,
        LESS_OR_EQUAL
    }

    /** Of two nodes of kind LONG. */
    public static Node ofLongs(Order order, Node left, Node right) {
        return FieldOrder.ofLongs(order, left, right)
                .orElseGet(() -> order == Order.LESS ? new LongLess(left, right) : new LongLess(right, left).negated());
    }

    /** Of two nodes of kind DOUBLE: false when one is not a number. */
    public static Node ofDoubles(Order order, Node left, Node right) {
        return FieldOrder.ofDoubles(order, left, right)
                .orElseGet(
                        () -> order == Order.LESS ? new DoubleLess(left, right) : new DoubleLessOrEqual(left, right));
    }

    /** Of two nodes of kinds LONG and DOUBLE, in any order. */
    public static Node ofMixed(Order order, Node left, Node right) {
        return FieldOrder.ofMixed(order, left, right)
                .orElseGet(() -> new MixedLess(left, right, order == Order.LESS ? -1 : 0));
    }

    /**
     * Of two values of one class with an order: texts, timestamps, durations, bools.
     *
     * @param type the class of both
     */
    public static Node ofObjects(Order order, Sides sides, Class<? extends Comparable<?>> type) {
        return new ObjectLess(sides, type, order == Order.LESS ? -1 : 0);
    }

    /** The operands of an operation on objects, and what it throws when one is not of the class needed. */
    public record Sides(Node left, Node right, Operand leftFailures, Operand rightFailures) {}

    private static final class LongLess extends BoolNode {
        private final LongInput left;
        private final LongInput right;

        LongLess(Node left, Node right) {
            this.left = new LongInput(left);
            this.right = new LongInput(right);
        }

        @Override
        public boolean evalBool(Event event, Locals locals) throws EvaluationException {
            return left.eval(event, locals) < right.eval(event, locals);
        }
    }

    private static final class DoubleLess extends BoolNode {
        private final DoubleInput left;
        private final DoubleInput right;

        DoubleLess(Node left, Node right) {
            this.left = new DoubleInput(left);
            this.right = new DoubleInput(right);
        }

        @Override
        public boolean evalBool(Event event, Locals locals) throws EvaluationException {
            return left.eval(event, locals) < right.eval(event, locals);
        }
    }

    private static final class DoubleLessOrEqual extends BoolNode {
        private final DoubleInput left;
        private final DoubleInput right;

        DoubleLessOrEqual(Node left, Node right) {
            this.left = new DoubleInput(left);
            this.right = new DoubleInput(right);
        }

        @Override
        public boolean evalBool(Event event, Locals locals) throws EvaluationException {
            return left.eval(event, locals) <= right.eval(event, locals);
        }
    }

    private static final class MixedLess extends BoolNode {
        private final Node left;
        private final Node right;
        private final int most;

        MixedLess(Node left, Node right, int most) {
            this.left = left;
            this.right = right;
            this.most = most;
        }

        @Override
        public boolean evalBool(Event event, Locals locals) throws EvaluationException {
            return order(event, locals) <= most;
        }

        private int order(Event event, Locals locals) throws EvaluationException {
            if (left.kind() == Kind.LONG) {
                long number = left.evalLong(event, locals);
                return -Values.compare(right.evalDouble(event, locals), number);
            }
            double number = left.evalDouble(event, locals);
            return Values.compare(number, right.evalLong(event, locals));
        }
    }

    private static final class ObjectLess extends BoolNode {
        private final Sides sides;
        private final ObjectInput left;
        private final ObjectInput right;
        private final Class<? extends Comparable<?>> type;
        private final int most;

        ObjectLess(Sides sides, Class<? extends Comparable<?>> type, int most) {
            this.sides = sides;
            this.left = new ObjectInput(sides.left);
            this.right = new ObjectInput(sides.right);
            this.type = type;
            this.most = most;
        }

        @Override
        public boolean evalBool(Event event, Locals locals) throws EvaluationException {
            Object x = left.eval(event, locals);
            if (!type.isInstance(x)) {
                throw sides.leftFailures.failure(x);
            }
            Object y = right.eval(event, locals);
            if (!type.isInstance(y)) {
                throw sides.rightFailures.failure(y);
            }
            return order(x, y) <= most;
        }

        @SuppressWarnings("unchecked")
        private static int order(Object left, Object right) {
            return Integer.signum(((Comparable<Object>) left).compareTo(right));
        }
    }
}
