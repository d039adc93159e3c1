package dev.sluice.rule.plan;

import com.google.re2j.Pattern;
import dev.sluice.rule.EvaluationException;
import dev.sluice.rule.Event;
import dev.sluice.rule.plan.Comparisons.Sides;
import dev.sluice.rule.plan.Failures.Operand;

/** Tests and sums of texts. Lengths are in code points. */
public final class Texts {
    private Texts() {}

    /** The tests of one text with another. */
    public enum Test {
        CONTAINS,
        STARTS_WITH,
        ENDS_WITH
    }

    public static Node test(Test test, Sides sides) {
        if (sides.left() instanceof Leaves.Field field
                && Leaves.isConstant(sides.right())
                && Leaves.constantValue(sides.right()) instanceof String part) {
            return FieldTexts.test(test, field.position, part, sides.leftFailures());
        }
        return new Tested(test, sides);
    }

    /** Whether the pattern is found anywhere in the text. */
    public static Node matches(Node text, Operand failures, Pattern pattern) {
        return new Matched(text, failures, pattern);
    }

    public static Node concatenation(Sides sides) {
        return new Concatenation(sides);
    }

    private static String text(ObjectInput input, Operand failures, Event event, Locals locals)
            throws EvaluationException {
        Object value = input.eval(event, locals);
        if (value instanceof String text) {
            return text;
        }
        throw failures.failure(value);
    }

    private static final class Tested extends BoolNode {
        private final Test test;
        private final Sides sides;
        private final ObjectInput left;
        private final ObjectInput right;

        Tested(Test test, Sides sides) {
            this.test = test;
            this.sides = sides;
            this.left = new ObjectInput(sides.left());
            this.right = new ObjectInput(sides.right());
        }

        @Override
        public boolean evalBool(Event event, Locals locals) throws EvaluationException {
            String text = text(left, sides.leftFailures(), event, locals);
            String part = text(right, sides.rightFailures(), event, locals);
            return switch (test) {
                case CONTAINS -> text.contains(part);
                case STARTS_WITH -> text.startsWith(part);
                case ENDS_WITH -> text.endsWith(part);
            };
        }
    }

    private static final class Matched extends BoolNode {
        private final ObjectInput node;
        private final Operand failures;
        private final Pattern pattern;

        Matched(Node node, Operand failures, Pattern pattern) {
            this.node = new ObjectInput(node);
            this.failures = failures;
            this.pattern = pattern;
        }

        @Override
        public boolean evalBool(Event event, Locals locals) throws EvaluationException {
            return pattern.matcher(text(node, failures, event, locals)).find();
        }
    }

    private static final class Concatenation extends Node {
        private final Sides sides;
        private final ObjectInput left;
        private final ObjectInput right;

        Concatenation(Sides sides) {
            this.sides = sides;
            this.left = new ObjectInput(sides.left());
            this.right = new ObjectInput(sides.right());
        }

        @Override
        public Object eval(Event event, Locals locals) throws EvaluationException {
            String first = text(left, sides.leftFailures(), event, locals);
            return first.concat(text(right, sides.rightFailures(), event, locals));
        }
    }
}
