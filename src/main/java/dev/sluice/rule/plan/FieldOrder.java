package dev.sluice.rule.plan;

import dev.sluice.rule.EvaluationException;
import dev.sluice.rule.Event;
import dev.sluice.rule.plan.Comparisons.Order;
import dev.sluice.rule.plan.Failures.Operand;
import dev.sluice.rule.plan.Leaves.DoubleField;
import dev.sluice.rule.plan.Leaves.LongField;
import java.util.Optional;

/**
 * Order of a number in a field and a constant. Of one type it is a range that the field is within, both bounds included:
 * {@code n < 5} is {@code n} from the least integer to 4. A range that nothing is within still reads its field, to fail
 * where it has no number.
 */
final class FieldOrder {
    private FieldOrder() {}

    /** Of two nodes of kind LONG; empty when they are no field and constant. */
    static Optional<Node> ofLongs(Order order, Node left, Node right) {
        if (left instanceof LongField field && Leaves.isConstant(right)) {
            long bound = Leaves.constantLong(right);
            if (order == Order.LESS_OR_EQUAL) {
                return Optional.of(new LongWithin(field, Long.MIN_VALUE, bound));
            }
            return Optional.of(
                    bound == Long.MIN_VALUE ? nothing(field) : new LongWithin(field, Long.MIN_VALUE, bound - 1));
        }
        if (Leaves.isConstant(left) && right instanceof LongField field) {
            long bound = Leaves.constantLong(left);
            if (order == Order.LESS_OR_EQUAL) {
                return Optional.of(new LongWithin(field, bound, Long.MAX_VALUE));
            }
            return Optional.of(
                    bound == Long.MAX_VALUE ? nothing(field) : new LongWithin(field, bound + 1, Long.MAX_VALUE));
        }
        return Optional.empty();
    }

    private static Node nothing(LongField field) {
        return new LongWithin(field, Long.MAX_VALUE, Long.MIN_VALUE);
    }

    /** Of two nodes of kind DOUBLE; empty when they are no field and constant. */
    static Optional<Node> ofDoubles(Order order, Node left, Node right) {
        if (left instanceof DoubleField field && Leaves.isConstant(right)) {
            double bound = Leaves.constantDouble(right);
            double high = order == Order.LESS_OR_EQUAL ? bound : below(bound);
            return Optional.of(new DoubleWithin(field, Double.NEGATIVE_INFINITY, high));
        }
        if (Leaves.isConstant(left) && right instanceof DoubleField field) {
            double bound = Leaves.constantDouble(left);
            double low = order == Order.LESS_OR_EQUAL ? bound : -below(-bound);
            return Optional.of(new DoubleWithin(field, low, Double.POSITIVE_INFINITY));
        }
        return Optional.empty();
    }

    /** The greatest number less than the bound; not a number where there is none, with which every order is false. */
    private static double below(double bound) {
        return bound == Double.NEGATIVE_INFINITY ? Double.NaN : Math.nextDown(bound);
    }

    /** Of two nodes of kinds LONG and DOUBLE, in any order; empty when they are no field and constant. */
    static Optional<Node> ofMixed(Order order, Node left, Node right) {
        int most = order == Order.LESS ? -1 : 0;
        if (Leaves.isConstant(right)) {
            return ofMixed(left, right, new Wanted(1, most));
        }
        return Leaves.isConstant(left) ? ofMixed(right, left, new Wanted(-1, most)) : Optional.empty();
    }

    private static Optional<Node> ofMixed(Node side, Node constant, Wanted wanted) {
        if (side instanceof DoubleField field) {
            return Optional.of(new DoubleToLong(field, Leaves.constantLong(constant), wanted));
        }
        return side instanceof LongField field
                ? Optional.of(new LongToDouble(field, Leaves.constantDouble(constant), wanted))
                : Optional.empty();
    }

    /**
     * Which signs of the comparison of field with constant are wanted: those that, times {@code sign}, are at most
     * {@code most}.
     */
    private record Wanted(int sign, int most) {}

    private static final class LongWithin extends BoolNode {
        private final int position;
        private final Operand failures;
        private final long low;
        private final long high;

        LongWithin(LongField field, long low, long high) {
            this.position = field.position;
            this.failures = field.failures;
            this.low = low;
            this.high = high;
        }

        @Override
        public boolean evalBool(Event event, Locals locals) throws EvaluationException {
            long number = LongField.read(event, position, failures);
            return low <= number && number <= high;
        }
    }

    private static final class DoubleWithin extends BoolNode {
        private final int position;
        private final Operand failures;
        private final double low;
        private final double high;

        DoubleWithin(DoubleField field, double low, double high) {
            this.position = field.position;
            this.failures = field.failures;
            this.low = low;
            this.high = high;
        }

        @Override
        public boolean evalBool(Event event, Locals locals) throws EvaluationException {
            double number = DoubleField.read(event, position, failures);
            return low <= number && number <= high;
        }
    }

    private static final class DoubleToLong extends BoolNode {
        private final DoubleField field;
        private final long constant;
        private final int sign;
        private final int most;

        DoubleToLong(DoubleField field, long constant, Wanted wanted) {
            this.field = field;
            this.constant = constant;
            this.sign = wanted.sign;
            this.most = wanted.most;
        }

        @Override
        public boolean evalBool(Event event, Locals locals) throws EvaluationException {
            return sign * Values.compare(field.evalDouble(event, locals), constant) <= most;
        }
    }

    private static final class LongToDouble extends BoolNode {
        private final LongField field;
        private final double constant;
        private final int sign;
        private final int most;

        LongToDouble(LongField field, double constant, Wanted wanted) {
            this.field = field;
            this.constant = constant;
            this.sign = wanted.sign;
            this.most = wanted.most;
        }

        @Override
        public boolean evalBool(Event event, Locals locals) throws EvaluationException {
            return -sign * Values.compare(constant, field.evalLong(event, locals)) <= most;
        }
    }
}
