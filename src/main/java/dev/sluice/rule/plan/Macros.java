package dev.sluice.rule.plan;

import dev.sluice.rule.EvaluationException;
import dev.sluice.rule.Event;
import dev.sluice.rule.plan.Failures.Operand;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The macros that walk over a list, or over the keys of a map. Each iteration counts against the limit. */
public final class Macros {
    private Macros() {}

    /**
     * What a macro walks over.
     *
     * @param slot where the variable of the macro is
     */
    public record Range(Node node, Operand failures, int slot) {
        private Collection<?> elements(Event event, Locals locals) throws EvaluationException {
            Object value = node.eval(event, locals);
            if (value instanceof List<?> list) {
                return list;
            }
            if (value instanceof Map<?, ?> map) {
                return map.keySet();
            }
            throw failures.failure(value);
        }
    }

    /** Whether the condition holds for all; one false absorbs failures. */
    public static Node all(Range range, Node condition) {
        return new Quantified(range, condition, Quantifier.ALL);
    }

    /** Whether the condition holds for one; one true absorbs failures. */
    public static Node exists(Range range, Node condition) {
        return new Quantified(range, condition, Quantifier.EXISTS);
    }

    /** Whether the condition holds for exactly one; a failure is never absorbed. */
    public static Node existsOne(Range range, Node condition) {
        return new ExistsOne(range, condition);
    }

    /** The transformed elements for which the condition holds; without a condition, all of them. */
    public static Node map(Range range, @Nullable Node condition, Node transform) {
        return new Mapped(range, condition, transform);
    }

    private enum Quantifier {
        ALL,
        EXISTS
    }

    private static final class Quantified extends BoolNode {
        private final Range range;
        private final Node condition;
        private final boolean decisive;

        Quantified(Range range, Node condition, Quantifier quantifier) {
            this.range = range;
            this.condition = condition;
            this.decisive = quantifier == Quantifier.EXISTS;
        }

        @Override
        public boolean evalBool(Event event, Locals locals) throws EvaluationException {
            EvaluationException failure = null;
            for (Object element : range.elements(event, locals)) {
                locals.next(range.slot, element);
                try {
                    if (condition.evalBool(event, locals) == decisive) {
                        return decisive;
                    }
                } catch (EvaluationException e) {
                    failure = failure == null ? e : failure;
                }
            }
            if (failure != null) {
                throw failure;
            }
            return !decisive;
        }
    }

    private static final class ExistsOne extends BoolNode {
        private final Range range;
        private final Node condition;

        ExistsOne(Range range, Node condition) {
            this.range = range;
            this.condition = condition;
        }

        @Override
        public boolean evalBool(Event event, Locals locals) throws EvaluationException {
            int count = 0;
            for (Object element : range.elements(event, locals)) {
                locals.next(range.slot, element);
                if (condition.evalBool(event, locals)) {
                    count++;
                }
            }
            return count == 1;
        }
    }

    private static final class Mapped extends Node {
        private final Range range;
        private final @Nullable Node condition;
        private final Node transform;

        Mapped(Range range, @Nullable Node condition, Node transform) {
            this.range = range;
            this.condition = condition;
            this.transform = transform;
        }

        @Override
        public Object eval(Event event, Locals locals) throws EvaluationException {
            Collection<?> elements = range.elements(event, locals);
            List<@Nullable Object> mapped = new ArrayList<>(elements.size());
            for (Object element : elements) {
                locals.next(range.slot, element);
                if (condition == null || condition.evalBool(event, locals)) {
                    mapped.add(transform.eval(event, locals));
                }
            }
            return Collections.unmodifiableList(mapped);
        }
    }
}
