package dev.sluice.rule.plan;

import dev.sluice.rule.EvaluationException;
import dev.sluice.rule.Event;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Logic over nodes of kind BOOL. In {@code &&} and {@code ||} a side that decides absorbs a failure of another. */
public final class Logic {
    private Logic() {}

    public static Node and(List<Node> conditions) {
        return Junction.and(conditions);
    }

    public static Node or(List<Node> conditions) {
        return Junction.or(conditions);
    }

    public static Node not(Node condition) {
        return condition instanceof BoolNode node ? node.negated() : new Negation(condition);
    }

    public static Node conditional(Node condition, Node then, Node otherwise) {
        return new Conditional(condition, then, otherwise);
    }

    private static final class Conditional extends Node {
        private final Node condition;
        private final Node then;
        private final Node otherwise;
        private final Kind kind;

        Conditional(Node condition, Node then, Node otherwise) {
            this.condition = condition;
            this.then = then;
            this.otherwise = otherwise;
            this.kind = then.kind() == otherwise.kind() ? then.kind() : Kind.OBJECT;
        }

        @Override
        public Kind kind() {
            return kind;
        }

        private Node chosen(Event event, Locals locals) throws EvaluationException {
            return condition.evalBool(event, locals) ? then : otherwise;
        }

        @Override
        public @Nullable Object eval(Event event, Locals locals) throws EvaluationException {
            return chosen(event, locals).eval(event, locals);
        }

        @Override
        public boolean evalBool(Event event, Locals locals) throws EvaluationException {
            return chosen(event, locals).evalBool(event, locals);
        }

        @Override
        public long evalLong(Event event, Locals locals) throws EvaluationException {
            return chosen(event, locals).evalLong(event, locals);
        }

        @Override
        public double evalDouble(Event event, Locals locals) throws EvaluationException {
            return chosen(event, locals).evalDouble(event, locals);
        }
    }
}
