package dev.sluice.rule.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.EvaluationException;
import dev.sluice.rule.Mode;
import dev.sluice.rule.RulesetDefinition;
import dev.sluice.rule.ValueType;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Constants, templates, modes and priorities in compiled rules. */
final class ConstantsTest {
    private static final String TEMPLATED = """
            ruleset: test
            mode: first_match
            constants: { limit: 100, other: 3 }
            templates:
              large:
                parameters: [least, word]
                description: orders of some size
                priority: 4
                from: Order
                when: amount >= least + limit
                emit: { type: Large, topic: orders.big, fields: { word: word } }
            rules:
              - { id: a, template: large, with: { least: 1, word: "it's" } }
              - { id: b, template: large, with: { least: 2, word: b }, priority: -7, description: twos }
              - { id: c, from: Order, when: amount == other, emit: { type: C, fields: { x: amount } } }
            """;

    @Test
    void givesRulesTheirTemplatesParts() {
        RulesetDefinition definition = compiled(TEMPLATED);
        assertThat(definition.mode()).isEqualTo(Mode.FIRST_MATCH);
        CompiledRule a = definition.rules().get(0);
        assertThat(a.priority()).isEqualTo(4);
        assertThat(a.from()).isEqualTo("Order");
        assertThat(a.emit().topic()).isEqualTo("orders.big");
        assertThat(a.definition())
                .isEqualTo(Map.ofEntries(
                        Map.entry("template", "large"),
                        Map.entry("with.least", "1"),
                        Map.entry("with.word", "\"it's\""),
                        Map.entry("constants.limit", "100"),
                        Map.entry("description", "orders of some size"),
                        Map.entry("from", "Order"),
                        Map.entry("when", "amount >= least + limit"),
                        Map.entry("emit.type", "Large"),
                        Map.entry("emit.topic", "orders.big"),
                        Map.entry("emit.fields.word", "word"),
                        Map.entry("priority", "4")));
    }

    @Test
    void letsARuleSayItsOwnPriorityAndDescription() {
        CompiledRule b = compiled(TEMPLATED).rules().get(1);
        assertThat(b.priority()).isEqualTo(-7);
        assertThat(b.definition()).containsEntry("description", "twos").containsEntry("priority", "-7");
    }

    @Test
    void evaluatesWithTheValuesOfEachRule() throws EvaluationException {
        RulesetDefinition definition = compiled(TEMPLATED);
        CompiledRule a = definition.rules().get(0);
        CompiledRule b = definition.rules().get(1);
        assertThat(a.when()).isNotNull();
        assertThat(b.when()).isNotNull();
        assertThat(a.when().test(Orders.order(Map.of("amount", 101L)))).isTrue();
        assertThat(b.when().test(Orders.order(Map.of("amount", 101L)))).isFalse();
        assertThat(a.emit().values().get(0).evaluate(Orders.order(Map.of()))).isEqualTo("it's");
    }

    @Test
    void changesOnlyTheRulesThatUseAChangedConstant() {
        Map<String, Map<String, String>> before = definitions(TEMPLATED);
        Map<String, Map<String, String>> after = definitions(TEMPLATED.replace("other: 3", "other: 4"));
        assertThat(after.get("a")).isEqualTo(before.get("a"));
        assertThat(after.get("b")).isEqualTo(before.get("b"));
        assertThat(before.get("c")).containsEntry("constants.other", "3");
        assertThat(after.get("c")).containsEntry("constants.other", "4");
    }

    @Test
    void matchesAllWithoutAMode() {
        assertThat(compiled("ruleset: test\nrules: []\n").mode()).isEqualTo(Mode.ALL);
        assertThat(compiled("ruleset: test\nmode: all\nrules: []\n").mode()).isEqualTo(Mode.ALL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "7| 7| INT",
                "+7| 7| INT",
                "-7| -7| INT",
                "007| 7| INT",
                "0x1F| 31| INT",
                "0o17| 15| INT",
                "9223372036854775807| 9223372036854775807| INT",
                "-9223372036854775808| -9223372036854775808| INT",
                "1.5| 1.5| DOUBLE",
                "-.5| -0.5| DOUBLE",
                "1e3| 1000.0| DOUBLE",
                "1e300| 1.0E300| DOUBLE",
                "2.| 2.0| DOUBLE",
                "-0.0| -0.0| DOUBLE",
                "true| true| BOOL",
                "False| false| BOOL",
                "yes| yes| STRING",
                "on| on| STRING",
                "2001-01-01| 2001-01-01| STRING",
                "'7'| 7| STRING",
                "!!str 7| 7| STRING",
                "'null'| null| STRING",
                "a \"b\" 'c'| a \"b\" 'c'| STRING",
                "'say \"b\"'| say \"b\"| STRING",
                "C:\\dir| C:\\dir| STRING",
                "😀 limit| 😀 limit| STRING",
                "\"a\\t\\e\\N\\u2028b\"| a\t\u001b\u0085\u2028b| STRING",
                "\"\"| | STRING",
            })
    void takesTheTypesOfTheCoreSchema(String yaml, String value, ValueType.Scalar type) throws EvaluationException {
        CompiledRule rule = compiled("""
                ruleset: test
                constants: { value: %s }
                rules:
                  - { id: a, from: Order, emit: { type: A, fields: { x: value } } }
                """.formatted(yaml)).rules().get(0);
        assertThat(rule.emit().values().get(0).type()).isEqualTo(type);
        assertThat(rule.emit().values().get(0).evaluate(Orders.order(Map.of())))
                .hasToString(value == null ? "" : value);
    }

    @Test
    void findsWhetherAListHoldsAValue() throws EvaluationException {
        CompiledRule rule = compiled("""
                ruleset: test
                constants:
                  codes: [-1, 0x10, 2.5]
                  none: []
                rules:
                  - id: a
                    from: Order
                    when: amount in codes && !(amount in none)
                    emit: { type: A, fields: { x: codes.size() } }
                """).rules().get(0);
        assertThat(rule.when()).isNotNull();
        assertThat(rule.when().test(Orders.order(Map.of("amount", 16L)))).isTrue();
        assertThat(rule.when().test(Orders.order(Map.of("amount", 2L)))).isFalse();
    }

    @Test
    void tellsAMistakeOfATemplateOnceForAllItsRules() {
        StringBuilder source = new StringBuilder(TEMPLATED.replace("amount >=", "amuont >="));
        for (int i = 0; i < 1_000; i++) {
            source.append("  - { id: r%d, template: large, with: { least: %d, word: w%d } }\n".formatted(i, i, i));
        }
        assertThat(new RuleCompiler(Orders.TYPES).compile(source.toString()).problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.rule()).isEqualTo("a");
                    assertThat(problem.message()).contains("`large`", "`a`");
                });
    }

    @Test
    void refusesAnExpressionThatItsConstantsMakeTooLong() {
        String list = "[" + "ABCDEFGH, ".repeat(1_000) + "Z]";
        String source = """
                ruleset: test
                constants: { few: [A, B], many: %s }
                rules:
                  - { id: a, from: Order, when: customer in few || customer in many, emit: { type: A, fields: { x: amount } } }
                  - { id: b, from: Order, when: customer in few, emit: { type: A, fields: { x: amount } } }
                """.formatted(list);
        assertThat(new RuleCompiler(Orders.TYPES).compile(source).problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo("too-large");
                    assertThat(problem.message()).contains("shorten `many`");
                    assertThat(List.of(problem.line(), problem.column())).isEqualTo(List.of(4, 33));
                });
        assertThat(compiled(source.replace(list, "[Z]")).rules()).hasSize(2);
    }

    private static Map<String, Map<String, String>> definitions(String source) {
        return compiled(source).rules().stream().collect(Collectors.toMap(CompiledRule::id, CompiledRule::definition));
    }

    private static RulesetDefinition compiled(String source) {
        Compilation compilation = new RuleCompiler(Orders.TYPES).compile(source);
        assertThat(compilation.problems())
                .filteredOn(problem -> !problem.code().equals("subsumed"))
                .isEmpty();
        return compilation.definition().orElseThrow();
    }
}
