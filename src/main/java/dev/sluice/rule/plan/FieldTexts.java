package dev.sluice.rule.plan;

import dev.sluice.rule.EvaluationException;
import dev.sluice.rule.Event;
import dev.sluice.rule.plan.Failures.Operand;
import java.util.Set;

/** Tests of a text in a field with constants. */
final class FieldTexts {
    private FieldTexts() {}

    /** Whether the field has one of the texts; false when it has no text. */
    static Node oneOf(int position, Set<String> texts) {
        String[] few = texts.toArray(String[]::new);
        return switch (few.length) {
            case 1 -> new Same(position, few[0]);
            case 2 -> new OneOfTwo(position, few[0], few[1]);
            default -> new OneOfMany(position, Set.copyOf(texts));
        };
    }

    /** The field's text with another; fails when it has no text. */
    static Node test(Texts.Test test, int position, String part, Operand failures) {
        return switch (test) {
            case CONTAINS -> new Containing(position, part, failures);
            case STARTS_WITH -> new Beginning(position, part, failures);
            case ENDS_WITH -> new Ending(position, part, failures);
        };
    }

    private static final class Same extends BoolNode {
        private final int position;
        private final String text;

        Same(int position, String text) {
            this.position = position;
            this.text = text;
        }

        @Override
        public boolean evalBool(Event event, Locals locals) {
            return text.equals(event.value(position));
        }
    }

    private static final class OneOfTwo extends BoolNode {
        private final int position;
        private final String first;
        private final String second;

        OneOfTwo(int position, String first, String second) {
            this.position = position;
            this.first = first;
            this.second = second;
        }

        @Override
        public boolean evalBool(Event event, Locals locals) {
            Object value = event.value(position);
            return first.equals(value) || second.equals(value);
        }
    }

    private static final class OneOfMany extends BoolNode {
        private final int position;
        private final Set<String> texts;

        OneOfMany(int position, Set<String> texts) {
            this.position = position;
            this.texts = texts;
        }

        @Override
        public boolean evalBool(Event event, Locals locals) {
            return event.value(position) instanceof String text && texts.contains(text);
        }
    }

    private abstract static class OfPart extends BoolNode {
        private final int position;
        private final Operand failures;
        final String part;

        OfPart(int position, String part, Operand failures) {
            this.position = position;
            this.part = part;
            this.failures = failures;
        }

        final String text(Event event) throws EvaluationException {
            Object value = event.value(position);
            if (value instanceof String text) {
                return text;
            }
            throw failures.failure(value);
        }
    }

    private static final class Containing extends OfPart {
        Containing(int position, String part, Operand failures) {
            super(position, part, failures);
        }

        @Override
        public boolean evalBool(Event event, Locals locals) throws EvaluationException {
            return text(event).contains(part);
        }
    }

    private static final class Beginning extends OfPart {
        Beginning(int position, String part, Operand failures) {
            super(position, part, failures);
        }

        @Override
        public boolean evalBool(Event event, Locals locals) throws EvaluationException {
            return text(event).startsWith(part);
        }
    }

    private static final class Ending extends OfPart {
        Ending(int position, String part, Operand failures) {
            super(position, part, failures);
        }

        @Override
        public boolean evalBool(Event event, Locals locals) throws EvaluationException {
            return text(event).endsWith(part);
        }
    }
}
