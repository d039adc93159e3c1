package dev.sluice.rule.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rule.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SubsumptionTest {
    private static final int RULES = 1_000;

    private final RuleCompiler compiler = new RuleCompiler(Orders.TYPES);

    @Test
    void findsTheDoubledRulesOfMany() {
        List<String> conditions = manyConditions();
        conditions.set(RULES - 1, "customer == 'c300' && amount > 5");
        conditions.set(10, "amount > 400000 && amount < 400003 && customer == 'a'");
        assertThat(told(compiler.compile(file(conditions)))).containsExactly("r10", "r" + (RULES - 1));
    }

    @Test
    void tellsAnUnchangedRuleThatAChangedOneNowCovers() {
        List<String> conditions = manyConditions();
        assertThat(told(compiler.compile(file(conditions)))).isEmpty();
        conditions.set(RULES - 1, "customer in ['c300', 'c600']");
        assertThat(told(compiler.compile(file(conditions)))).containsExactly("r300", "r600");
        assertThat(compiler.revisions()).isEqualTo(1);
        conditions.set(RULES - 1, "customer == 'other'");
        assertThat(told(compiler.compile(file(conditions)))).isEmpty();
        assertThat(compiler.revisions()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"all", "first_match"})
    void ofVeryManyTheFirstAreToldAndThatThereAreMore(String mode) {
        List<String> conditions = new ArrayList<>(List.of("amount > 1"));
        IntStream.range(2, 40).forEach(i -> conditions.add("amount > " + i));

        List<Problem> problems =
                compiler.compile(file(conditions) + "mode: " + mode + "\n").problems();

        assertThat(problems).hasSize(Subsumption.TOLD_MAX + 1);
        assertThat(problems.get(0).message()).startsWith("more rules than these add nothing");
        assertThat(problems.subList(1, problems.size()))
                .extracting(Problem::rule)
                .isEqualTo(IntStream.rangeClosed(1, Subsumption.TOLD_MAX)
                        .mapToObj(i -> "r" + i)
                        .toList());
    }

    /** No condition covers another. */
    private static List<String> manyConditions() {
        List<String> conditions = new ArrayList<>();
        for (int i = 0; i < RULES; i++) {
            conditions.add(
                    switch (i % 3) {
                        case 0 -> "customer == 'c" + i + "'";
                        case 1 -> "amount > " + i + "000 && amount < " + i + "003";
                        default -> "currency == 'EUR' && price > " + i + ".5 && price < " + (i + 1) + ".0";
                    });
        }
        return conditions;
    }

    private static List<String> told(Compilation compilation) {
        return compilation.problems().stream()
                .filter(problem -> problem.code().equals("subsumed"))
                .map(problem -> String.valueOf(problem.rule()))
                .toList();
    }

    private static String file(List<String> conditions) {
        StringBuilder file = new StringBuilder("ruleset: test\nrules:\n");
        for (int i = 0; i < conditions.size(); i++) {
            file.append("  - id: r%d\n    from: Order\n    when: \"%s\"\n".formatted(i, conditions.get(i)))
                    .append("    emit: { type: A, fields: { x: amount } }\n");
        }
        return file.toString();
    }
}
