package dev.sluice.rule.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rule.EvaluationException;
import dev.sluice.rule.Event;
import dev.sluice.rule.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Plans against cel-java: the same value, or a failure of both. Reproduce with {@code -Dsluice.seed=SEED}. */
final class PlannedExpressionSimulationTest {
    private static final int EXPRESSIONS = 10_000;
    private static final int EVENTS = 20;
    private static final int DEPTH_MAX = 6;
    private static final int SHOWN_MAX = 20;

    private final long seed = Long.getLong("sluice.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final ExpressionChecker planner = new ExpressionChecker(ExpressionGenerator.TYPE);
    private final ExpressionChecker oracle =
            new ExpressionChecker(ExpressionGenerator.TYPE, ExpressionChecker.Evaluation.INTERPRETED);
    private final List<String> differences = new ArrayList<>();
    private int expressions;
    private int planned;
    private int pairs;
    private int values;

    @Test
    void givesWhatCelJavaGives() {
        System.out.println("PlannedExpressionSimulationTest: -Dsluice.seed=" + seed);
        ExpressionGenerator texts = new ExpressionGenerator(random);
        EventGenerator events = new EventGenerator(random);
        while (expressions < EXPRESSIONS) {
            compare(texts.next(1 + random.nextInt(DEPTH_MAX)), events);
        }
        System.out.printf(
                "%d expressions, %d planned, %d pairs, %d with a value%n", expressions, planned, pairs, values);
        assertThat(differences).as("seed %d", seed).isEmpty();
        assertThat(planned).as("planned of %d", expressions).isGreaterThanOrEqualTo(expressions * 9 / 10);
        assertThat(pairs).isGreaterThanOrEqualTo(EXPRESSIONS * EVENTS);
        assertThat(values).as("pairs with a value, not a failure").isGreaterThan(pairs / 3);
    }

    private void compare(String text, EventGenerator events) {
        Optional<Expression> mine = planner.check(text).expression();
        if (mine.isEmpty()) {
            return;
        }
        Expression theirs = oracle.check(text).expression().orElseThrow();
        expressions++;
        planned += mine.get().isPlanned() ? 1 : 0;
        for (int i = 0; i < EVENTS; i++) {
            Event event = events.next();
            Outcome expected = Outcome.of(theirs, event);
            Outcome actual = Outcome.of(mine.get(), event);
            pairs++;
            values += expected.failure().isEmpty() ? 1 : 0;
            if (!expected.agrees(actual) && differences.size() < SHOWN_MAX) {
                differences.add(text + "\n  " + event + "\n  cel-java " + expected + "\n  planned  " + actual);
                return;
            }
        }
    }

    private record Outcome(@Nullable Object value, String failure) {
        static Outcome of(Expression expression, Event event) {
            try {
                return new Outcome(expression.evaluate(event), "");
            } catch (EvaluationException e) {
                return new Outcome(null, String.valueOf(e.getMessage()));
            }
        }

        boolean agrees(Outcome other) {
            return failure.isEmpty() == other.failure.isEmpty() && DeepEquality.equal(value, other.value);
        }
    }
}
