package dev.sluice.rule.plan;

import dev.sluice.rule.EvaluationException;
import dev.sluice.rule.Event;
import java.util.Collection;
import java.util.Set;

/** {@code ==}, and {@code in} a list of constants. Null is equal to null only, and no operand fails. */
public final class Equality {
    private static final int SEARCHED_MAX = 4;

    private Equality() {}

    /** Of two nodes of any kinds. */
    public static Node of(Node left, Node right) {
        return FieldEquality.of(left, right).orElseGet(() -> ofKinds(left, right));
    }

    private static Node ofKinds(Node left, Node right) {
        if (left.kind() != right.kind()) {
            return ofObjects(left, right);
        }
        return switch (left.kind()) {
            case LONG -> new OfLongs(left, right);
            case DOUBLE -> new OfDoubles(left, right);
            case BOOL -> new OfBools(left, right);
            case OBJECT -> ofObjects(left, right);
        };
    }

    private static Node ofObjects(Node left, Node right) {
        if (Leaves.isConstant(right) && Leaves.constantValue(right) instanceof String text) {
            return new OneOfFew(left, new String[] {text});
        }
        if (Leaves.isConstant(left) && Leaves.constantValue(left) instanceof String text) {
            return new OneOfFew(right, new String[] {text});
        }
        return new OfObjects(left, right);
    }

    /** {@code node in texts}. */
    public static Node oneOfTexts(Node node, Collection<String> texts) {
        if (node instanceof Leaves.Field field) {
            return FieldTexts.oneOf(field.position, Set.copyOf(texts));
        }
        return texts.size() <= SEARCHED_MAX
                ? new OneOfFew(node, texts.toArray(String[]::new))
                : new OneOf(node, Set.copyOf(texts));
    }

    /** {@code node in integers}, where the node gives integers or null. */
    public static Node oneOfLongs(Node node, Collection<Long> integers) {
        return node instanceof Leaves.Field field
                ? FieldEquality.oneOf(field.position, integers)
                : new OneOf(node, Set.copyOf(integers));
    }

    private static final class OfLongs extends BoolNode {
        private final LongInput left;
        private final LongInput right;

        OfLongs(Node left, Node right) {
            this.left = new LongInput(left);
            this.right = new LongInput(right);
        }

        @Override
        public boolean evalBool(Event event, Locals locals) throws EvaluationException {
            return left.eval(event, locals) == right.eval(event, locals);
        }
    }

    private static final class OfDoubles extends BoolNode {
        private final DoubleInput left;
        private final DoubleInput right;

        OfDoubles(Node left, Node right) {
            this.left = new DoubleInput(left);
            this.right = new DoubleInput(right);
        }

        @Override
        public boolean evalBool(Event event, Locals locals) throws EvaluationException {
            return left.eval(event, locals) == right.eval(event, locals);
        }
    }

    private static final class OfBools extends BoolNode {
        private final Node left;
        private final Node right;

        OfBools(Node left, Node right) {
            this.left = left;
            this.right = right;
        }

        @Override
        public boolean evalBool(Event event, Locals locals) throws EvaluationException {
            return left.evalBool(event, locals) == right.evalBool(event, locals);
        }
    }

    private static final class OfObjects extends BoolNode {
        private final ObjectInput left;
        private final ObjectInput right;

        OfObjects(Node left, Node right) {
            this.left = new ObjectInput(left);
            this.right = new ObjectInput(right);
        }

        @Override
        public boolean evalBool(Event event, Locals locals) throws EvaluationException {
            return Values.equal(left.eval(event, locals), right.eval(event, locals));
        }
    }

    private static final class OneOfFew extends BoolNode {
        private final ObjectInput node;
        private final String[] texts;

        OneOfFew(Node node, String[] texts) {
            this.node = new ObjectInput(node);
            this.texts = texts;
        }

        @Override
        public boolean evalBool(Event event, Locals locals) throws EvaluationException {
            if (node.eval(event, locals) instanceof String value) {
                for (String text : texts) {
                    if (text.equals(value)) {
                        return true;
                    }
                }
            }
            return false;
        }
    }

    private static final class OneOf extends BoolNode {
        private final ObjectInput node;
        private final Set<?> values;

        OneOf(Node node, Set<?> values) {
            this.node = new ObjectInput(node);
            this.values = values;
        }

        @Override
        public boolean evalBool(Event event, Locals locals) throws EvaluationException {
            Object value = node.eval(event, locals);
            return value != null && values.contains(value);
        }
    }
}
