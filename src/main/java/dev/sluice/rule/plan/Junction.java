package dev.sluice.rule.plan;

import dev.sluice.rule.EvaluationException;
import dev.sluice.rule.Event;
import java.util.List;

/**
 * A chain of {@code &&} or of {@code ||}. The first condition with the decisive value decides, whatever failed before it;
 * else the first failure is the result. Each condition is evaluated once at most, so that nesting multiplies nothing.
 *
 * <p>Short chains have a class each, with a place of its own for each call: what is called there is then foreseen.
 */
abstract class Junction extends BoolNode {
    private enum Operator {
        AND,
        OR
    }

    /** False for {@code &&}, true for {@code ||}. */
    final boolean decisive;

    private Junction(Operator operator) {
        this.decisive = operator == Operator.OR;
    }

    /** @param conditions at least two, of kind BOOL */
    static Node and(List<Node> conditions) {
        return of(conditions.toArray(Node[]::new), Operator.AND);
    }

    /** @param conditions at least two, of kind BOOL */
    static Node or(List<Node> conditions) {
        return of(conditions.toArray(Node[]::new), Operator.OR);
    }

    private static Node of(Node[] conditions, Operator operator) {
        return switch (conditions.length) {
            case 2 -> new Two(conditions, operator);
            case 3 -> new Three(conditions, operator);
            case 4 -> new Four(conditions, operator);
            default -> new Many(conditions, operator);
        };
    }

    /** The result after a failure, by the conditions from {@code next} on. */
    final boolean absorbed(EvaluationException failure, int next, Event event, Locals locals)
            throws EvaluationException {
        for (int i = next; i < size(); i++) {
            try {
                if (condition(i).evalBool(event, locals) == decisive) {
                    return decisive;
                }
            } catch (EvaluationException later) {
                // The first failure is the one that is told.
            }
        }
        throw failure;
    }

    abstract int size();

    abstract Node condition(int index);

    private static final class Two extends Junction {
        private final Node first;
        private final Node second;

        Two(Node[] conditions, Operator operator) {
            super(operator);
            this.first = conditions[0];
            this.second = conditions[1];
        }

        @Override
        public boolean evalBool(Event event, Locals locals) throws EvaluationException {
            try {
                if (first.evalBool(event, locals) == decisive) {
                    return decisive;
                }
            } catch (EvaluationException e) {
                return absorbed(e, 1, event, locals);
            }
            return second.evalBool(event, locals);
        }

        @Override
        int size() {
            return 2;
        }

        @Override
        Node condition(int index) {
            return index == 0 ? first : second;
        }
    }

    private static final class Three extends Junction {
        private final Node first;
        private final Node second;
        private final Node third;

        Three(Node[] conditions, Operator operator) {
            super(operator);
            this.first = conditions[0];
            this.second = conditions[1];
            this.third = conditions[2];
        }

        @Override
        public boolean evalBool(Event event, Locals locals) throws EvaluationException {
            int next = 1;
            try {
                if (first.evalBool(event, locals) == decisive) {
                    return decisive;
                }
                next = 2;
                if (second.evalBool(event, locals) == decisive) {
                    return decisive;
                }
            } catch (EvaluationException e) {
                return absorbed(e, next, event, locals);
            }
            return third.evalBool(event, locals);
        }

        @Override
        int size() {
            return 3;
        }

        @Override
        Node condition(int index) {
            return index == 0 ? first : index == 1 ? second : third;
        }
    }

    private static final class Four extends Junction {
        private final Node first;
        private final Node second;
        private final Node third;
        private final Node fourth;

        Four(Node[] conditions, Operator operator) {
            super(operator);
            this.first = conditions[0];
            this.second = conditions[1];
            this.third = conditions[2];
            this.fourth = conditions[3];
        }

        @Override
        public boolean evalBool(Event event, Locals locals) throws EvaluationException {
            int next = 1;
            try {
                if (first.evalBool(event, locals) == decisive) {
                    return decisive;
                }
                next = 2;
                if (second.evalBool(event, locals) == decisive) {
                    return decisive;
                }
                next = 3;
                if (third.evalBool(event, locals) == decisive) {
                    return decisive;
                }
            } catch (EvaluationException e) {
                return absorbed(e, next, event, locals);
            }
            return fourth.evalBool(event, locals);
        }

        @Override
        int size() {
            return 4;
        }

        @Override
        Node condition(int index) {
            return index < 2 ? (index == 0 ? first : second) : index == 2 ? third : fourth;
        }
    }

    private static final class Many extends Junction {
        private final Node[] all;

        Many(Node[] conditions, Operator operator) {
            super(operator);
            this.all = conditions;
        }

        @Override
        public boolean evalBool(Event event, Locals locals) throws EvaluationException {
            int next = 0;
            try {
                for (Node condition : all) {
                    next++;
                    if (condition.evalBool(event, locals) == decisive) {
                        return decisive;
                    }
                }
            } catch (EvaluationException e) {
                return absorbed(e, next, event, locals);
            }
            return !decisive;
        }

        @Override
        int size() {
            return all.length;
        }

        @Override
        Node condition(int index) {
            return all[index];
        }
    }
}
