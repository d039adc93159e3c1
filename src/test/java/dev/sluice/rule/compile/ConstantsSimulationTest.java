package dev.sluice.rule.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.EvaluationException;
import dev.sluice.rule.Event;
import dev.sluice.rule.EventTypes;
import dev.sluice.rule.Expression;
import dev.sluice.rule.Problem;
import dev.sluice.rule.RulesetDefinition;
import dev.sluice.rule.compile.ExpressionTokens.Kind;
import dev.sluice.rule.compile.ExpressionTokens.Token;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;

/** A file with constants or a template against the same file written out by hand: equal on random events. */
final class ConstantsSimulationTest {
    private static final int FILES = 1_000;
    private static final int EVENTS = 10;

    private final long seed = Long.getLong("sluice.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final RuleCompiler compiler = new RuleCompiler(
            new EventTypes(Map.of(ExpressionGenerator.TYPE.name(), ExpressionGenerator.TYPE), Set.of()));
    private boolean windowed;
    private int compared;
    private int aggregates;
    private int values;

    /** An expression with names in place of some literals, and the literals in CEL and in YAML. */
    private record Named(String text, Map<String, Literal> literals) {}

    private record Literal(Kind kind, String cel, String yaml) {}

    @Test
    void meansWhatIsWrittenOutByHand() {
        System.out.println("ConstantsSimulationTest: -Dsluice.seed=" + seed);
        ExpressionGenerator texts = new ExpressionGenerator(random);
        EventGenerator events = new EventGenerator(random);
        for (int file = 0; file < FILES; file++) {
            String text = texts.next(1 + random.nextInt(5));
            Named named = named(text);
            if (!named.literals().isEmpty()) {
                Map<String, Literal> others = others(named.literals());
                windowed = random.nextInt(4) == 0;
                String byHand = file(rule("a", text) + rule("b", writtenOut(named.text(), others)), "");
                compare(
                        byHand,
                        file(rule("a", named.text()) + rule("b", byOtherNames(named)), constants(named, others)),
                        events);
                compare(byHand, templated(named, others), events);
            }
        }
        System.out.printf("%d files compared, %d values%n", compared, values);
        assertThat(compared).isGreaterThan(FILES / 4);
        assertThat(aggregates).isGreaterThan(compared / 20);
        assertThat(values).isGreaterThan(compared);
    }

    private void compare(String byHand, String withNames, EventGenerator events) {
        Compilation expected = compiler.compile(byHand);
        Compilation actual = compiler.compile(withNames);
        assertThat(codes(actual))
                .as("seed %d%n%s%n%s", seed, withNames, actual.problems())
                .isEqualTo(codes(expected));
        if (expected.definition().isEmpty()) {
            return;
        }
        compared++;
        aggregates += windowed ? 1 : 0;
        RulesetDefinition mine = actual.definition().orElseThrow();
        List<CompiledRule> theirs = expected.definition().orElseThrow().rules();
        for (int rule = 0; rule < theirs.size(); rule++) {
            Expression one = expression(theirs.get(rule));
            Expression other = expression(mine.rules().get(rule));
            assertThat(other.type()).as("seed %d%n%s", seed, withNames).isEqualTo(one.type());
            for (int i = 0; i < EVENTS; i++) {
                Event event = events.next();
                assertThat(agree(one, other, event))
                        .as("seed %d%n%s%n%s", seed, withNames, event)
                        .isTrue();
            }
        }
    }

    private static Expression expression(CompiledRule rule) {
        return rule.windowing() == null
                ? rule.emit().values().get(0)
                : Objects.requireNonNull(rule.windowing().aggregates().get(0).argument());
    }

    private static List<String> codes(Compilation compilation) {
        return compilation.problems().stream()
                .filter(Problem::isError)
                .map(Problem::code)
                .sorted()
                .distinct()
                .toList();
    }

    private boolean agree(Expression one, Expression other, Event event) {
        Optional<Object[]> expected = value(one, event);
        Optional<Object[]> actual = value(other, event);
        values += expected.isPresent() ? 1 : 0;
        return expected.isPresent() == actual.isPresent()
                && (expected.isEmpty() || DeepEquality.equal(expected.get()[0], actual.orElseThrow()[0]));
    }

    /** The value, possibly null; empty for a failure. */
    private static Optional<Object[]> value(Expression expression, Event event) {
        try {
            return Optional.of(new Object[] {expression.evaluate(event)});
        } catch (EvaluationException e) {
            return Optional.empty();
        }
    }

    private Named named(String text) {
        List<Token> tokens = ExpressionTokens.of(text).orElse(List.of());
        StringBuilder named = new StringBuilder();
        Map<String, Literal> literals = new LinkedHashMap<>();
        int copied = 0;
        for (Token token : tokens) {
            String literal = token.in(text);
            if (isLiteral(token.kind(), literal) && random.nextInt(4) > 0) {
                String name = "p_" + literals.size();
                literals.put(name, new Literal(token.kind(), literal, literal));
                named.append(text, copied, token.start()).append(name);
                copied = token.end();
            }
        }
        return new Named(named.append(text.substring(copied)).toString(), literals);
    }

    private static boolean isLiteral(Kind kind, String text) {
        // A text of one quoted line without escapes means the same in YAML when it has no other quotes.
        return kind == Kind.DOUBLE
                || (kind == Kind.INT && text.length() < 19)
                || (kind == Kind.STRING && !text.substring(1, text.length() - 1).contains("'"));
    }

    /** Other values of the same kinds for the same names. */
    private Map<String, Literal> others(Map<String, Literal> literals) {
        Map<String, Literal> others = new LinkedHashMap<>();
        literals.forEach((name, literal) -> others.put(name, other(literal)));
        return others;
    }

    private Literal other(Literal literal) {
        return switch (literal.kind()) {
            case INT -> number(literal.kind(), String.valueOf(random.nextInt(20) - 5));
            case DOUBLE -> number(literal.kind(), String.valueOf(random.nextInt(20) / 4.0 - 1));
            default -> {
                String text = List.of("a", "b", "it's", "\\", "\"", "RED", "😀", "x // y", "3")
                        .get(random.nextInt(9));
                String escaped = "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
                yield new Literal(literal.kind(), escaped, escaped);
            }
        };
    }

    private static Literal number(Kind kind, String number) {
        return new Literal(kind, number.startsWith("-") ? "(" + number + ")" : number, number);
    }

    private static String writtenOut(String text, Map<String, Literal> literals) {
        String written = text;
        for (Map.Entry<String, Literal> literal : literals.entrySet()) {
            written = written.replaceAll(
                    "\\b" + literal.getKey() + "\\b",
                    Matcher.quoteReplacement(literal.getValue().cel()));
        }
        return written;
    }

    private static String byOtherNames(Named named) {
        return named.text().replaceAll("\\bp_(\\d+)\\b", "q_$1");
    }

    private static String constants(Named named, Map<String, Literal> others) {
        StringBuilder text = new StringBuilder("constants:\n");
        named.literals().forEach((name, literal) -> text.append("  " + name + ": " + literal.yaml() + "\n"));
        others.forEach((name, literal) -> text.append("  " + name.replace('p', 'q') + ": " + literal.yaml() + "\n"));
        return text.toString();
    }

    private String templated(Named named, Map<String, Literal> others) {
        String template = "templates:\n  t:\n    parameters: ["
                + String.join(", ", named.literals().keySet())
                + "]\n    from: Everything\n    " + body(named.text(), "\n    ") + "\n";
        return file(use("a", named.literals()) + use("b", others), template);
    }

    private static String use(String id, Map<String, Literal> values) {
        List<String> with = new ArrayList<>();
        values.forEach((name, literal) -> with.add(name + ": " + literal.yaml()));
        return "  - { id: " + id + ", template: t, with: { " + String.join(", ", with) + " } }\n";
    }

    private String rule(String id, String expression) {
        return "  - { id: " + id + ", from: Everything, " + body(expression, ", ") + " }\n";
    }

    /** The expression as what is emitted, or as what is aggregated. */
    private String body(String expression, String separator) {
        return windowed
                ? "window: { sliding: 1h }" + separator + "aggregate: { kept: " + quoted("first(" + expression + " )")
                        + " }" + separator + "emit: { trigger: each, type: A, fields: { v: kept } }"
                : "emit: { type: A, fields: { v: " + quoted(expression) + " } }";
    }

    private static String file(String rules, String top) {
        return "ruleset: test\n" + top + "rules:\n" + rules;
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
