package dev.sluice.rule.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.EvaluationException;
import dev.sluice.rule.Event;
import dev.sluice.rule.EventTypes;
import dev.sluice.rule.Expression;
import dev.sluice.rule.Mode;
import dev.sluice.rule.Problem;
import dev.sluice.rule.RulesetDefinition;
import dev.sluice.rule.ValueType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Random rulesets: what is told of rules that never match, always match or add nothing is so for random events. Reproduce
 * with {@code -Dsluice.seed=SEED}.
 */
final class WarningSimulationTest {
    private static final int RULESETS = 1_500;
    private static final int RULES_MAX = 10;
    private static final int EVENTS = 300;
    private static final String TYPE = ExpressionGenerator.TYPE.name();
    private static final Pattern WIDER = Pattern.compile("rule `([^`]+)`");

    private final long seed = Long.getLong("sluice.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final ConditionGenerator conditions = new ConditionGenerator(random);
    private final ExpressionChecker checker = new ExpressionChecker(ExpressionGenerator.TYPE);
    private final List<Event> events = new ArrayList<>();
    private final Map<String, Integer> told = new HashMap<>();
    private int plantedDoubles;
    private int foundDoubles;

    @Test
    void whatIsToldOfRulesIsSoForEveryEvent() {
        System.out.println("WarningSimulationTest: -Dsluice.seed=" + seed);
        EventGenerator generator = new EventGenerator(random);
        for (int i = 0; i < EVENTS; i++) {
            events.add(generator.next());
        }
        RuleCompiler compiler = new RuleCompiler(new EventTypes(Map.of(TYPE, ExpressionGenerator.TYPE), Set.of()));
        for (int i = 0; i < RULESETS; i++) {
            check(compiler, i % 2 == 0 ? "all" : "first_match");
        }
        System.out.println(told + ", " + foundDoubles + " of " + plantedDoubles + " planted doubles");
        assertThat(told.keySet()).contains("never-matches", "always-matches", "subsumed all", "subsumed first_match");
        assertThat(foundDoubles).as("seed %d", seed).isGreaterThan(plantedDoubles / 2);
    }

    private void check(RuleCompiler compiler, String mode) {
        List<String> texts = new ArrayList<>();
        texts.add(condition());
        for (int n = random.nextInt(RULES_MAX); n >= 0; n--) {
            texts.add(random.nextInt(3) == 0 ? narrower(texts.get(random.nextInt(texts.size()))) : condition());
        }
        texts.add("(" + texts.get(0) + ") && (i in [2, 3])");
        Compilation compilation = compiler.compile(file(mode, texts));
        RulesetDefinition ruleset = compilation.definition().orElseThrow(() -> new AssertionError(compilation));
        Map<String, CompiledRule> rules = new HashMap<>();
        ruleset.rules().forEach(rule -> rules.put(rule.id(), rule));
        for (Problem warning : compilation.problems()) {
            if (warning.rule() != null) {
                check(warning, ruleset, rules);
            }
        }
        count(compilation, texts);
    }

    /** Whether the last rule, which is the first with one more thing asked, is told to be so. */
    private void count(Compilation compilation, List<String> texts) {
        String last = "r" + (texts.size() - 1);
        List<String> codes = compilation.problems().stream()
                .filter(problem -> last.equals(problem.rule()))
                .map(Problem::code)
                .toList();
        if (!codes.contains("never-matches") && !codes.contains("unknown-symbol")) {
            plantedDoubles++;
            foundDoubles += codes.contains("subsumed") ? 1 : 0;
        }
    }

    private void check(Problem warning, RulesetDefinition ruleset, Map<String, CompiledRule> rules) {
        CompiledRule rule = rules.get(String.valueOf(warning.rule()));
        String code = warning.code();
        told.merge(code.equals("subsumed") ? code + " " + mode(ruleset) : code, 1, Integer::sum);
        if (code.equals("subsumed")) {
            Matcher wider = WIDER.matcher(warning.message());
            assertThat(wider.find()).as(warning.message()).isTrue();
            checkPair(rule, rules.get(wider.group(1)), ruleset);
        }
        for (Event event : events) {
            boolean wrong = switch (code) {
                case "never-matches" -> holds(rule, event);
                case "always-matches" -> !holds(rule, event);
                default -> false;
            };
            assertThat(wrong)
                    .as("seed %d: %s\n%s\n%s", seed, warning, when(rule).source(), event)
                    .isFalse();
        }
    }

    private void checkPair(CompiledRule narrower, CompiledRule wider, RulesetDefinition ruleset) {
        // What a window makes of events is not told by which they are.
        assertThat(Stream.of(narrower, wider).filter(rule -> rule.windowing() != null))
                .as("seed %d", seed)
                .isEmpty();
        for (Event event : events) {
            assertThat(holds(narrower, event) && !holds(wider, event))
                    .as(
                            "seed %d: %s\n%s\n%s",
                            seed, when(narrower).source(), when(wider).source(), event)
                    .isFalse();
        }
        if (ruleset.mode() == Mode.ALL) {
            assertThat(emits(wider)).isEqualTo(emits(narrower));
            return;
        }
        boolean sameRank = wider.priority() == narrower.priority();
        assertThat(wider.priority()).isGreaterThanOrEqualTo(narrower.priority());
        assertThat(!sameRank || ruleset.rules().indexOf(wider) < ruleset.rules().indexOf(narrower))
                .as("rule %s is tried before rule %s", wider.id(), narrower.id())
                .isTrue();
    }

    private static String mode(RulesetDefinition ruleset) {
        return ruleset.mode() == Mode.ALL ? "all" : "first_match";
    }

    private static List<String> emits(CompiledRule rule) {
        return rule.emit().values().stream().map(Expression::source).toList();
    }

    private static Expression when(CompiledRule rule) {
        return Objects.requireNonNull(rule.when());
    }

    private static boolean holds(CompiledRule rule, Event event) {
        try {
            return when(rule).test(event);
        } catch (EvaluationException e) {
            return false;
        }
    }

    private String condition() {
        while (true) {
            String text = conditions.next(random.nextInt(4));
            boolean bool = checker.check(text)
                    .expression()
                    .filter(expression -> expression.type() == ValueType.Scalar.BOOL)
                    .isPresent();
            if (bool && text.indexOf('\n') < 0) {
                return text;
            }
        }
    }

    /** It matches no more than the other, mostly. */
    private String narrower(String text) {
        return switch (random.nextInt(4)) {
            case 0 -> text;
            case 1 -> condition() + " && " + text;
            case 2 -> text + " && " + condition();
            default -> condition() + " || " + text;
        };
    }

    private String file(String mode, List<String> texts) {
        StringBuilder file = new StringBuilder("ruleset: test\nmode: " + mode + "\nrules:\n");
        for (int i = 0; i < texts.size(); i++) {
            boolean ranked = mode.equals("first_match") && random.nextInt(3) == 0 && i < texts.size() - 1;
            boolean other = random.nextInt(4) == 0 && i > 0 && i < texts.size() - 1;
            boolean windowed = random.nextInt(8) == 0 && i > 0 && i < texts.size() - 1;
            file.append("  - id: r%d\n".formatted(i))
                    .append(windowed ? "    window: { sliding: 1h }\n" : "")
                    .append(ranked ? "    priority: " + random.nextInt(3) + "\n" : "")
                    .append("    from: " + TYPE + "\n    when: |-\n      " + texts.get(i) + "\n")
                    .append("    emit: { " + (windowed ? "trigger: each, " : "") + "type: A, fields: { k: "
                            + (other ? "i + 1" : "i") + " } }\n");
        }
        return file.toString();
    }
}
