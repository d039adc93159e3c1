package dev.sluice.rule.plan;

import dev.sluice.rule.EvaluationException;
import dev.sluice.rule.Event;

/** Arithmetic: of 64-bit integers, where an overflow is a failure, and of doubles. */
public final class Arithmetic {
    private Arithmetic() {}

    /** The operators with two sides. */
    public enum Operator {
        ADD,
        SUBTRACT,
        MULTIPLY,
        DIVIDE,
        MODULO
    }

    /** Of two nodes of kind LONG. */
    public static Node ofLongs(Operator operator, Node left, Node right) {
        return new OfLongs(operator, left, right);
    }

    /** Of two nodes of kind DOUBLE; there is no modulo of doubles. */
    public static Node ofDoubles(Operator operator, Node left, Node right) {
        return new OfDoubles(operator, left, right);
    }

    /** Of a node of kind LONG. */
    public static Node negateLong(Node node) {
        return new OfLongs(Operator.SUBTRACT, Leaves.constant(0L), node);
    }

    /** Of a node of kind DOUBLE. */
    public static Node negateDouble(Node node) {
        return new NegatedDouble(node);
    }

    private static final class OfLongs extends LongNode {
        private final Operator operator;
        private final LongInput left;
        private final LongInput right;

        OfLongs(Operator operator, Node left, Node right) {
            this.operator = operator;
            this.left = new LongInput(left);
            this.right = new LongInput(right);
        }

        @Override
        public long evalLong(Event event, Locals locals) throws EvaluationException {
            long x = left.eval(event, locals);
            long y = right.eval(event, locals);
            return switch (operator) {
                case ADD -> sum(x, y);
                case SUBTRACT -> difference(x, y);
                case MULTIPLY -> product(x, y);
                case DIVIDE -> quotient(x, y);
                case MODULO -> remainder(x, y);
            };
        }

        /** Signs that agree in both sides and differ in the sum mean an overflow. */
        private static long sum(long x, long y) throws EvaluationException {
            long sum = x + y;
            if (((x ^ sum) & (y ^ sum)) < 0) {
                throw new EvaluationException(Failures.OVERFLOW);
            }
            return sum;
        }

        private static long difference(long x, long y) throws EvaluationException {
            long difference = x - y;
            if (((x ^ y) & (x ^ difference)) < 0) {
                throw new EvaluationException(Failures.OVERFLOW);
            }
            return difference;
        }

        private static long product(long x, long y) throws EvaluationException {
            long product = x * y;
            if (Math.multiplyHigh(x, y) != product >> 63) {
                throw new EvaluationException(Failures.OVERFLOW);
            }
            return product;
        }

        private static long quotient(long x, long y) throws EvaluationException {
            if (y == 0) {
                throw new EvaluationException(Failures.DIVISION_BY_ZERO);
            }
            if (x == Long.MIN_VALUE && y == -1) {
                throw new EvaluationException(Failures.OVERFLOW);
            }
            return x / y;
        }

        /** Of the sign of {@code x}; by -1 always 0, as in cel-java. */
        private static long remainder(long x, long y) throws EvaluationException {
            if (y == 0) {
                throw new EvaluationException(Failures.DIVISION_BY_ZERO);
            }
            return x % y;
        }
    }

    private static final class OfDoubles extends DoubleNode {
        private final Operator operator;
        private final DoubleInput left;
        private final DoubleInput right;

        OfDoubles(Operator operator, Node left, Node right) {
            if (operator == Operator.MODULO) {
                throw new IllegalArgumentException("doubles have no modulo");
            }
            this.operator = operator;
            this.left = new DoubleInput(left);
            this.right = new DoubleInput(right);
        }

        @Override
        public double evalDouble(Event event, Locals locals) throws EvaluationException {
            double x = left.eval(event, locals);
            double y = right.eval(event, locals);
            return switch (operator) {
                case ADD -> x + y;
                case SUBTRACT -> x - y;
                case MULTIPLY -> x * y;
                case DIVIDE -> x / y;
                case MODULO -> x % y;
            };
        }
    }

    private static final class NegatedDouble extends DoubleNode {
        private final Node node;

        NegatedDouble(Node node) {
            this.node = node;
        }

        @Override
        public double evalDouble(Event event, Locals locals) throws EvaluationException {
            return -node.evalDouble(event, locals);
        }
    }
}
