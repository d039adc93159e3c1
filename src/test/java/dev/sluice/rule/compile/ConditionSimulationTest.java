package dev.sluice.rule.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rule.Condition;
import dev.sluice.rule.EvaluationException;
import dev.sluice.rule.Event;
import dev.sluice.rule.Expression;
import dev.sluice.rule.Predicate;
import dev.sluice.rule.Ranks;
import dev.sluice.rule.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Conditions taken apart against the expressions that they came from, and each predicate's searchable form against its
 * own expression. Reproduce with {@code -Dsluice.seed=SEED}.
 */
final class ConditionSimulationTest {
    private static final int CONDITIONS = 5_000;
    private static final int EVENTS = 20;

    private final long seed = Long.getLong("sluice.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final ExpressionChecker checker = new ExpressionChecker(ExpressionGenerator.TYPE);
    private final List<String> differences = new ArrayList<>();
    private final Map<Class<?>, Integer> predicates = new HashMap<>();
    private int split;

    /** In the order in which {@code &&} takes the least and {@code ||} the greatest. */
    private enum Truth {
        FALSE,
        FAILED,
        TRUE;

        static Truth of(Expression expression, Event event) {
            try {
                return expression.test(event) ? TRUE : FALSE;
            } catch (EvaluationException e) {
                return FAILED;
            }
        }
    }

    @Test
    void partsSayWhatTheWholeSays() {
        System.out.println("ConditionSimulationTest: -Dsluice.seed=" + seed);
        ConditionGenerator texts = new ConditionGenerator(random);
        EventGenerator events = new EventGenerator(random);
        int conditions = 0;
        while (conditions < CONDITIONS) {
            String text = texts.next(random.nextInt(4));
            Expression expression = checker.check(text).expression().orElse(null);
            if (expression != null) {
                conditions++;
                compare(expression, events);
            }
        }
        System.out.println(predicates + ", " + split + " with alternatives");
        assertThat(differences).as("seed %d", seed).isEmpty();
        assertThat(predicates.keySet()).containsExactlyInAnyOrder(Predicate.class.getPermittedSubclasses());
        assertThat(split).isGreaterThan(CONDITIONS / 20);
    }

    private void compare(Expression expression, EventGenerator events) {
        Condition condition = expression.condition();
        split += condition.alternatives().size() > 1 ? 1 : 0;
        condition.alternatives().forEach(all -> all.forEach(one -> predicates.merge(one.getClass(), 1, Integer::sum)));
        for (int i = 0; i < EVENTS; i++) {
            Event event = events.next();
            Truth expected = Truth.of(expression, event);
            Truth parts = truth(condition, event);
            if (expected != parts) {
                differences.add(expression.source() + "\n  " + condition + "\n  " + event + "\n  " + expected
                        + ", parts " + parts);
                return;
            }
        }
    }

    private Truth truth(Condition condition, Event event) {
        Truth any = Truth.FALSE;
        for (List<Predicate> alternative : condition.alternatives()) {
            Truth all = Truth.TRUE;
            for (Predicate predicate : alternative) {
                Truth one = truth(predicate, event);
                all = all.compareTo(one) < 0 ? all : one;
            }
            any = any.compareTo(all) > 0 ? any : all;
        }
        return any;
    }

    private Truth truth(Predicate predicate, Event event) {
        Truth said = Truth.of(predicate.expression(), event);
        Truth searched = searched(predicate, event);
        if (searched != null && searched != said) {
            differences.add(predicate.expression().source() + "\n  " + predicate + "\n  " + event + "\n  " + said
                    + ", searched " + searched);
        }
        return said;
    }

    /** What an index would find; null where it would have to ask the expression. */
    private static @Nullable Truth searched(Predicate predicate, Event event) {
        try {
            if (predicate instanceof Predicate.OneOf oneOf) {
                Object value = value(oneOf.subject(), event);
                return value != null && oneOf.values().contains(value) ? Truth.TRUE : Truth.FALSE;
            }
            if (predicate instanceof Predicate.StartsWith startsWith) {
                return value(startsWith.subject(), event) instanceof String text
                        ? text.startsWith(startsWith.prefix()) ? Truth.TRUE : Truth.FALSE
                        : Truth.FAILED;
            }
            if (predicate instanceof Predicate.NotNull notNull) {
                return value(notNull.subject(), event) == null ? Truth.FALSE : Truth.TRUE;
            }
            return predicate instanceof Predicate.InRange range ? searched(range, event) : null;
        } catch (EvaluationException e) {
            return Truth.FAILED;
        }
    }

    private static @Nullable Truth searched(Predicate.InRange range, Event event) throws EvaluationException {
        Object value = value(range.subject(), event);
        if (value == null) {
            return Truth.FAILED;
        }
        long rank = Ranks.of(value);
        boolean within = rank >= range.bounds().low() && rank <= range.bounds().high();
        return within ? range.exact() ? Truth.TRUE : null : Truth.FALSE;
    }

    private static @Nullable Object value(Subject subject, Event event) throws EvaluationException {
        return subject.isField()
                ? event.value(subject.position())
                : subject.expression().evaluate(event);
    }
}
