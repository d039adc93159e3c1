package dev.sluice.rule.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rule.Expression;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Expressions checked ahead, by one thread or several, against the same checked one by one. */
final class ChecksTest {
    private static final int TEXTS = 300;

    private static Set<String> texts() {
        Set<String> texts = new LinkedHashSet<>();
        for (int i = 0; i < TEXTS; i++) {
            texts.add(i % 10 == 0 ? "amuont > " + i : "amount > " + i + " && customer != 'c" + i % 7 + "'");
        }
        return texts;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, TEXTS, Integer.MAX_VALUE})
    void givesTheSameWithAnyNumberOfProcessors(int processors) {
        ExpressionChecker alone = new ExpressionChecker(Orders.TYPE);
        Checks checks = new Checks(ExpressionChecker::new, new Effort(processors, Pace.FULL));

        checks.ahead(Orders.TYPE, texts());

        for (String text : texts()) {
            Checked expected = alone.check(text);
            Checked checked = checks.check(Orders.TYPE, text);
            assertThat(checked.findings()).isEqualTo(expected.findings());
            assertThat(checked.expression().map(Expression::source))
                    .isEqualTo(expected.expression().map(Expression::source));
            assertThat(checks.check(Orders.TYPE, text)).isSameAs(checked);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, TEXTS, Integer.MAX_VALUE})
    void hasNoMorePortionsThanProcessors(int processors) {
        List<List<String>> portions = Checks.portions(texts(), processors);

        assertThat(portions).hasSize(Math.min(processors, TEXTS));
        assertThat(portions.stream().flatMap(List::stream)).containsExactlyElementsOf(texts());
    }
}
