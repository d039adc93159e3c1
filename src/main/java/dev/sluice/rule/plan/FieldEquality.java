package dev.sluice.rule.plan;

import dev.sluice.rule.Event;
import dev.sluice.rule.plan.Leaves.Field;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Equality of a field of any type with a constant or another field: numbers are compared without a box. */
final class FieldEquality {
    private FieldEquality() {}

    /** Empty when there is no node for this pair. */
    static Optional<Node> of(Node left, Node right) {
        if (left instanceof Field field && right instanceof Field other) {
            return Optional.of(new SameAsField(field.position, other.position));
        }
        if (left instanceof Field field && Leaves.isConstant(right)) {
            return ofConstant(field.position, Leaves.constantValue(right));
        }
        return Leaves.isConstant(left) && right instanceof Field field
                ? ofConstant(field.position, Leaves.constantValue(left))
                : Optional.empty();
    }

    private static Optional<Node> ofConstant(int position, @Nullable Object constant) {
        if (constant instanceof String text) {
            return Optional.of(FieldTexts.oneOf(position, Set.of(text)));
        }
        if (constant instanceof Long number) {
            return Optional.of(new SameAsLong(position, number));
        }
        if (constant instanceof Double number) {
            return Optional.of(new SameAsDouble(position, number));
        }
        if (constant instanceof Boolean bool) {
            return Optional.of(new SameAsBool(position, bool));
        }
        return constant == null ? Optional.of(new IsNull(position)) : Optional.empty();
    }

    /** Whether the field, an integer or null, has one of the integers. */
    static Node oneOf(int position, Collection<Long> integers) {
        return new OneOfLongs(
                position, integers.stream().mapToLong(Long::longValue).sorted().toArray());
    }

    /** Numbers are asked for first: they would be boxed as values. */
    private static boolean isNull(Event event, int position) {
        return !event.isLong(position) && !event.isDouble(position) && event.value(position) == null;
    }

    private static final class IsNull extends BoolNode {
        private final int position;

        IsNull(int position) {
            this.position = position;
        }

        @Override
        public boolean evalBool(Event event, Locals locals) {
            return isNull(event, position);
        }

        @Override
        Node negated() {
            return new IsNotNull(position);
        }
    }

    private static final class IsNotNull extends BoolNode {
        private final int position;

        IsNotNull(int position) {
            this.position = position;
        }

        @Override
        public boolean evalBool(Event event, Locals locals) {
            return !isNull(event, position);
        }
    }

    private static final class SameAsBool extends BoolNode {
        private final int position;
        private final boolean constant;

        SameAsBool(int position, boolean constant) {
            this.position = position;
            this.constant = constant;
        }

        @Override
        public boolean evalBool(Event event, Locals locals) {
            return event.value(position) instanceof Boolean bool && bool == constant;
        }
    }

    private static final class SameAsLong extends BoolNode {
        private final int position;
        private final long constant;

        SameAsLong(int position, long constant) {
            this.position = position;
            this.constant = constant;
        }

        @Override
        public boolean evalBool(Event event, Locals locals) {
            if (event.isLong(position)) {
                return event.longValue(position) == constant;
            }
            return event.isDouble(position) && Values.compare(event.doubleValue(position), constant) == 0;
        }
    }

    private static final class SameAsDouble extends BoolNode {
        private final int position;
        private final double constant;

        SameAsDouble(int position, double constant) {
            this.position = position;
            this.constant = constant;
        }

        @Override
        public boolean evalBool(Event event, Locals locals) {
            if (event.isDouble(position)) {
                return event.doubleValue(position) == constant;
            }
            return event.isLong(position) && Values.compare(constant, event.longValue(position)) == 0;
        }
    }

    private static final class SameAsField extends BoolNode {
        private final int left;
        private final int right;

        SameAsField(int left, int right) {
            this.left = left;
            this.right = right;
        }

        @Override
        public boolean evalBool(Event event, Locals locals) {
            if (event.isLong(left) && event.isLong(right)) {
                return event.longValue(left) == event.longValue(right);
            }
            // A value equals itself, not a number included: only as objects are two known to be one.
            return (event.isDouble(left) && event.isDouble(right) && isSameDouble(event))
                    || Values.equal(event.value(left), event.value(right));
        }

        private boolean isSameDouble(Event event) {
            return event.doubleValue(left) == event.doubleValue(right);
        }
    }

    private static final class OneOfLongs extends BoolNode {
        private static final int SEARCHED_MAX = 8;

        private final int position;
        private final long[] sorted;

        OneOfLongs(int position, long[] sorted) {
            this.position = position;
            this.sorted = sorted;
        }

        @Override
        public boolean evalBool(Event event, Locals locals) {
            return event.isLong(position) && has(event.longValue(position));
        }

        private boolean has(long number) {
            if (sorted.length > SEARCHED_MAX) {
                return Arrays.binarySearch(sorted, number) >= 0;
            }
            for (long one : sorted) {
                if (one == number) {
                    return true;
                }
            }
            return false;
        }
    }
}
