package dev.sluice.rule.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rule.EvaluationException;
import dev.sluice.rule.Event;
import dev.sluice.rule.Expression;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Expressions that share the tree of their shape against the same, each checked whole. Reproduce with
 * {@code -Dsluice.seed=SEED}. */
final class SharedTreeSimulationTest {
    private static final int SHAPES = 800;
    private static final int VARIANTS = 6;
    private static final int EVENTS = 8;
    private static final int DEPTH_MAX = 5;
    private static final List<String> INTS =
            List.of("0", "1", "7", "60", "007", "99999999999999999", "100000000000000000", "9223372036854775808");
    private static final List<String> DOUBLES = List.of("0.0", "1.5", ".25", "1e3", "1e308", "1e309", "2.5E-3");
    private static final List<String> TEXTS = List.of(
            "''", "'a'", "\"a'\"", "'RED'", "'BLUE'", "'90s'", "'2001-01-01T06:20:00Z'", "'(a'", "'a+'", "'é😀'");

    private final long seed = Long.getLong("sluice.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void sharedTreesGiveWhatWholeChecksGive() {
        System.out.println("SharedTreeSimulationTest: -Dsluice.seed=" + seed);
        ExpressionGenerator texts = new ExpressionGenerator(random);
        EventGenerator events = new EventGenerator(random);
        ExpressionChecker sharing = new ExpressionChecker(ExpressionGenerator.TYPE);
        ExpressionChecker whole =
                new ExpressionChecker(ExpressionGenerator.TYPE, ExpressionChecker.Evaluation.PLANNED_ALONE);
        for (int i = 0; i < SHAPES; i++) {
            String shape = texts.next(1 + random.nextInt(DEPTH_MAX));
            for (int variant = 0; variant < VARIANTS; variant++) {
                String text = varied(shape);
                Checked expected = whole.check(text);
                Checked actual = sharing.check(text);
                assertThat(actual.findings()).as("seed %d: %s", seed, text).isEqualTo(expected.findings());
                assertThat(actual.expression().isPresent())
                        .as("seed %d: %s", seed, text)
                        .isEqualTo(expected.expression().isPresent());
                if (actual.expression().isPresent()) {
                    compare(expected.expression().get(), actual.expression().get(), events);
                }
            }
        }
        System.out.println(whole.parses() + " parses alone, " + sharing.parses() + " shared");
        assertThat(sharing.parses()).isLessThan(whole.parses() * 9 / 10);
    }

    @Test
    void parsesAShapeOnce() {
        ExpressionChecker sharing = new ExpressionChecker(ExpressionGenerator.TYPE);
        for (int i = 0; i < 50; i++) {
            sharing.check("i > %d && s in ['a%d', \"b\"] || d < -%d.5".formatted(i, i, i));
        }
        assertThat(sharing.parses()).isEqualTo(1);
    }

    private void compare(Expression expected, Expression actual, EventGenerator events) {
        assertThat(actual.source()).isEqualTo(expected.source());
        assertThat(actual.type()).as(expected.source()).isEqualTo(expected.type());
        assertThat(actual.isPlanned()).as(expected.source()).isEqualTo(expected.isPlanned());
        assertThat(actual.fields()).as(expected.source()).isEqualTo(expected.fields());
        for (int i = 0; i < EVENTS; i++) {
            Event event = events.next();
            Object wanted = outcome(expected, event);
            Object got = outcome(actual, event);
            assertThat(DeepEquality.equal(got, wanted))
                    .as("seed %d: %s\n%s\nwhole %s, shared %s", seed, expected.source(), event, wanted, got)
                    .isTrue();
        }
    }

    private static Object outcome(Expression expression, Event event) {
        try {
            return Optional.ofNullable(expression.evaluate(event)).orElse("null");
        } catch (EvaluationException e) {
            return "failed: " + e.getMessage();
        }
    }

    /** The same with other literals, each of its kind; sometimes a sign comes or goes with it. */
    private String varied(String text) {
        StringBuilder varied = new StringBuilder();
        int copied = 0;
        for (ExpressionTokens.Token token : ExpressionTokens.of(text).orElseThrow()) {
            varied.append(text, copied, token.start());
            varied.append(
                    switch (token.kind()) {
                        case INT -> pick(INTS, token.in(text));
                        case DOUBLE -> pick(DOUBLES, token.in(text));
                        case STRING -> pick(TEXTS, token.in(text));
                        default -> token.in(text);
                    });
            copied = token.end();
        }
        return varied.append(text.substring(copied)).toString();
    }

    private String pick(List<String> values, String old) {
        return random.nextInt(3) == 0 ? old : values.get(random.nextInt(values.size()));
    }
}
