package dev.sluice.rule.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.EventType;
import dev.sluice.rule.Expression;
import dev.sluice.rule.RulesetDefinition;
import dev.sluice.rule.Windowing;
import dev.sluice.rule.Windowing.Aggregate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A rule file edited at random: a compiler that saw all versions gives what one gives that sees only the last. Reproduce
 * with {@code -Dsluice.seed=SEED}.
 */
final class RevisionSimulationTest {
    private static final int FILES = 40;
    private static final int FILES_MAX = 20 * FILES;
    private static final int EDITS = 25;
    private static final int COMPILED_MIN = FILES * EDITS / 16;
    private static final String TOP = """
            # a file
            ruleset: orders
            %srules:
            """;
    private static final List<String> TOPS = List.of(
            "",
            "description: \"some orders\"\n",
            "constants:\n  limit: 100\n  place: 5\n",
            """
            templates:
              over:
                parameters: [least]
                from: Order
                when: amount > least
                emit: { type: Over, fields: { amount: amount } }
            """,
            "mode: first_match\n",
            "deployment: canary\n",
            "deployment: { bake: 1m }\n");
    private static final List<String> ENDS =
            List.of("", "description: 'the \"end\" } of it'\n", "# the end\n", "\n", "\n\n", "deployment: ab_test\n");
    private static final List<String> BREAKS = List.of(
            "'", "\"", "{", "]", "  - ", "\n", "- id: b\n", "\t", "|\n", "&a ", " #", "...\n", "rules:\n", "🙂", ":");

    private static final List<String> WINDOW_CONDITIONS = List.of(
            "    having: n > %d\n",
            "    having: n > amount + %d\n", "    state: s%d\n", "    having: n > %d && n < 3\n");
    private static final List<String> WINDOW_FIELDS =
            List.of("", ", since: window_start", ", last: amount", ", who: window_key", ", x: unknown");

    private static final List<String> TIMER_FIELDS = List.of(
            "pool_queue('main')",
            "pool_processed('main') + 1",
            "pool_active(\"default\")",
            "pool_queue('main') - pool_active('main')");

    private final long seed = Long.getLong("sluice.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private int ids;
    private String compiledLast = "";
    private int subsumed;
    private int windowsRevised;
    private int timersRevised;
    private String head = "";
    private String end = "";

    @Test
    void compilesARevisionAsTheWholeFile() {
        System.out.println("RevisionSimulationTest: -Dsluice.seed=" + seed);
        long revisions = 0;
        long compiled = 0;
        RuleCompiler fresh = new RuleCompiler(Orders.TYPES);
        fresh.warmUp();
        // Some kinds of files are rare: it goes on until each was seen.
        for (int file = 0; file < FILES || (file < FILES_MAX && !(compiled > COMPILED_MIN && hasSeenAll())); file++) {
            RuleCompiler standing = new RuleCompiler(Orders.TYPES);
            head = TOP.formatted(pick(TOPS));
            end = pick(ENDS);
            List<String> rules = new ArrayList<>();
            for (int i = random.nextInt(12); i >= 0; i--) {
                rules.add(rule());
            }
            Map<String, CompiledRule> before = new HashMap<>();
            for (int edit = 0; edit < EDITS; edit++) {
                edit(rules);
                String source = head + String.join("", rules) + end;
                String text = random.nextInt(5) == 0 ? broken(source) : source;
                compiled += compare(standing, fresh, text, before);
            }
            revisions += standing.revisions();
        }
        System.out.println(compiled + " files compiled, " + revisions + " of them from their changed rules only");
        assertThat(compiled).as("seed %d", seed).isGreaterThan(COMPILED_MIN);
        assertThat(revisions).as("seed %d", seed).isGreaterThan(compiled / 8);
        assertThat(hasSeenAll())
                .as("seed %d: subsumed rules, windows and timers", seed)
                .isTrue();
    }

    private boolean hasSeenAll() {
        return subsumed > 0 && windowsRevised > 0 && timersRevised > 0;
    }

    private int compare(RuleCompiler standing, RuleCompiler fresh, String text, Map<String, CompiledRule> before) {
        Compilation expected = new RuleCompiler(Orders.TYPES, fresh).compile(text);
        long revisions = standing.revisions();
        Compilation actual = standing.compile(text);
        boolean warned =
                actual.problems().stream().anyMatch(problem -> problem.code().equals("subsumed"));
        subsumed += warned && standing.revisions() > revisions ? 1 : 0;
        assertThat(actual.problems()).as("seed %d\n%s", seed, text).isEqualTo(expected.problems());
        assertThat(actual.definition().map(RevisionSimulationTest::shown))
                .as("seed %d\n%s", seed, text)
                .isEqualTo(expected.definition().map(RevisionSimulationTest::shown));
        if (actual.definition().isEmpty()) {
            return 0;
        }
        boolean hasWindows = actual.definition().get().rules().stream().anyMatch(rule -> rule.windowing() != null);
        windowsRevised += hasWindows && standing.revisions() > revisions ? 1 : 0;
        boolean hasTimers = actual.definition().get().rules().stream().anyMatch(rule -> rule.timer() != null);
        timersRevised += hasTimers && standing.revisions() > revisions ? 1 : 0;
        // A damaged name is another ruleset, which has nothing to take over.
        if (!actual.definition().get().name().equals(compiledLast)) {
            before.clear();
        }
        compiledLast = actual.definition().get().name();
        Map<String, CompiledRule> now = new HashMap<>();
        Map<String, EventType> typesBefore = emitTypes(before.values());
        Map<String, EventType> types = emitTypes(actual.definition().get().rules());
        for (CompiledRule rule : actual.definition().get().rules()) {
            CompiledRule old = before.get(rule.id());
            boolean readsTheSame = Objects.equals(typesBefore.get(rule.from()), types.get(rule.from()));
            if (old != null && readsTheSame && shown(old).equals(shown(rule))) {
                assertThat(rule)
                        .as("seed %d: unchanged rule %s\n%s", seed, rule.id(), text)
                        .isSameAs(old);
            }
            now.put(rule.id(), rule);
        }
        before.clear();
        before.putAll(now);
        return 1;
    }

    private static Map<String, EventType> emitTypes(Collection<CompiledRule> rules) {
        Map<String, EventType> types = new HashMap<>();
        rules.forEach(rule -> types.put(rule.emit().type().name(), rule.emit().type()));
        return types;
    }

    private static List<Object> shown(RulesetDefinition definition) {
        return List.of(
                definition.name(),
                definition.description(),
                definition.mode(),
                definition.deployment(),
                definition.rules().stream().map(RevisionSimulationTest::shown).toList());
    }

    private static List<Object> shown(CompiledRule rule) {
        List<String> expressions = rule.expressions().map(Expression::source).toList();
        return List.of(
                rule.id(),
                rule.from(),
                rule.priority(),
                rule.emit().type(),
                Objects.toString(rule.emit().topic()),
                expressions,
                rule.windowing() == null ? "" : shown(rule.windowing()),
                Objects.toString(rule.timer()),
                rule.definition());
    }

    private static List<Object> shown(Windowing windowing) {
        return List.of(
                windowing.shape(),
                windowing.identity(),
                windowing.scope(),
                windowing.trigger(),
                windowing.late(),
                windowing.aggregates().stream().map(Aggregate::name).toList());
    }

    private String rule() {
        String id = "r" + (random.nextInt(60) == 0 ? random.nextInt(3) : ids++);
        if (head.contains("templates") && random.nextInt(3) == 0) {
            return "  - id: " + id + "\n    template: over\n    with: { least: " + random.nextInt(9) + " }\n";
        }
        if (random.nextInt(4) == 0) {
            return windowed(id);
        }
        if (random.nextInt(8) == 0) {
            return timed(id);
        }
        if (random.nextInt(6) == 0) {
            return "  - {id: " + id + ", from: Order, when: amount > " + random.nextInt(20)
                    + pick(List.of(", ", ",\n    ", ",\n       ")) + "emit: {type: F, fields: {amount: amount}}}\n";
        }
        boolean chained = random.nextInt(10) == 0;
        String from = chained ? "T" + random.nextInt(2) : random.nextInt(150) == 0 ? "Nothing" : "Order";
        String value = random.nextInt(60) == 0 ? "price" : pick(List.of("amount", "amount + 1"));
        return "  - id: " + id + "\n    from: " + from + "\n" + when(chained)
                + pick(List.of("", "", "\n", "    # note\n"))
                + "    emit:\n      type: T" + (chained ? 2 + random.nextInt(2) : random.nextInt(3))
                + "\n      fields:\n"
                + pick(List.of("        amount: %s\n        k: \"'x'\"\n", "        k: \"'x'\"\n        amount: %s\n"))
                        .formatted(chained ? "amount" : value)
                + pick(List.of("", "", "", "\n", "  # between\n", "\n\n# outside\n"));
    }

    /** Some of them are mistaken: an unknown name, a trigger that does not go with the window. */
    private String windowed(String id) {
        boolean chained = random.nextInt(10) == 0;
        boolean closes = random.nextInt(4) == 0;
        int number = random.nextInt(20);
        int fields = random.nextInt(40) == 0 ? 4 : random.nextInt(4);
        String window = closes && random.nextInt(30) > 0 ? "{tumbling: 9h,\n      grace: %ds}" : "{ sliding: %dm }";
        String aggregate = pick(List.of("count()", "sum(amount)", "max(amount +\n        %d)", "last(amount)"));
        String trigger = pick(List.of("", "      trigger: each\n", "      trigger: missing\n      after: %dm\n"));
        return "  - id: " + id + "\n    from: " + (chained ? "T0" : "Order") + "\n" + when(chained)
                + pick(List.of("", chained ? "    partitionBy: k\n" : "    partitionBy: customer\n"))
                + "    window: " + window.formatted(number + 1)
                + "\n    aggregate:\n      n: " + aggregate.formatted(number) + "\n"
                + pick(WINDOW_CONDITIONS).formatted(number)
                + "    emit:\n      type: W" + fields + "\n"
                + (closes ? "      trigger: close\n" : trigger.formatted(number + 1))
                + "      fields: { n: n" + WINDOW_FIELDS.get(fields) + " }\n";
    }

    /** Some of them are mistaken: an unknown pool, a field of events; windows behind them are too. */
    private String timed(String id) {
        int number = 1 + random.nextInt(20);
        String field = random.nextInt(30) == 0 ? pick(List.of("amount", "pool_queue('x')")) : pick(TIMER_FIELDS);
        return "  - id: " + id + "\n    every: " + number + pick(List.of("s", "m", "00ms")) + "\n"
                + pick(List.of(
                                "",
                                "    when: pool_queue('main') > %d\n",
                                "    when: >-\n      pool_active('main') > 0 &&\n      tick.getHours() == %d\n",
                                head.contains("constants") ? "    when: pool_active('main') > limit\n" : ""))
                        .formatted(number)
                + "    emit:\n      type: T" + (random.nextInt(9) == 0 ? 0 : 1 + random.nextInt(2))
                + "\n      fields:\n        amount: " + field + "\n        k: \"'x'\"\n"
                + pick(List.of("", "", "\n", "  # between\n"));
    }

    private String when(boolean chained) {
        int number = random.nextInt(20);
        return chained
                ? "    when: double(amount) > " + number + ".0\n"
                : pick(List.of(
                                "    when: amount > %d\n",
                                "    when: 'customer == \"c%d\"'\n",
                                "    when: >-\n      amount > %d &&\n      price < 2.5\n",
                                "    when: amount == %d ||\n      status == 'OPEN'\n",
                                "    when: |\n      status in ['PAID', 'LOST%d']\n\n      # no comment\n",
                                "    when: status == 'GONE' && amount < %d\n",
                                head.contains("constants")
                                        ? "    when: amount > limit + %d\n"
                                        : "    when: amount != %d\n",
                                ""))
                        .formatted(number);
    }

    private void edit(List<String> rules) {
        for (int n = random.nextInt(3); n >= 0; n--) {
            int at = random.nextInt(rules.size() + 1);
            switch (random.nextInt(10)) {
                case 0, 1 -> rules.add(at, rule());
                case 2 -> rules.subList(Math.max(0, at - 1), at).clear();
                case 3 -> Collections.swap(rules, random.nextInt(Math.max(1, at)) % Math.max(1, rules.size()), 0);
                case 4 -> end = random.nextInt(3) == 0 ? pick(ENDS) : end;
                case 5 -> head = otherHead();
                default -> {
                    if (at < rules.size()) {
                        String old = rules.get(at);
                        String other = rule();
                        // The same rule with another body, or the same text with another number.
                        rules.set(
                                at,
                                random.nextBoolean()
                                        ? old.substring(0, old.indexOf('\n')) + other.substring(other.indexOf('\n'))
                                        : old.replaceFirst(" [0-9]+\n", " " + random.nextInt(99) + "\n"));
                    }
                }
            }
            if (rules.isEmpty()) {
                rules.add(rule());
            }
        }
    }

    private String otherHead() {
        return switch (random.nextInt(4)) {
            case 0 -> TOP.formatted(pick(TOPS));
            case 1 -> "# note " + random.nextInt(9) + "\n" + head;
            case 2 -> head.replace("rules:\n", "# these\nrules:\n");
            default -> head;
        };
    }

    @Test
    void readsNothingBetweenTwoChangesFarApart() {
        RuleCompiler compiler = new RuleCompiler(Orders.TYPES);
        String text = "ruleset: orders\nrules:\n";
        for (int i = 0; i < 300; i++) {
            text += """
                      - id: r%d
                        from: Order
                        when: amount == %d
                        emit: { type: T, fields: { k: amount } }
                    """.formatted(i, i);
        }
        text += "description: version 1\n";
        Compilation first = compiler.compile(text);
        assertThat(first.problems()).isEmpty();
        String next = text.replace("amount == 3\n", "amount == 1003\n")
                .replace("amount == 290\n", "amount == 1290\n")
                .replace("version 1", "version two")
                .replace("ruleset: orders\n", "# two\nruleset: orders\n");
        Compilation second = compiler.compile(next);
        assertThat(compiler.revisions()).isEqualTo(1);
        Compilation whole = new RuleCompiler(Orders.TYPES).compile(next);
        assertThat(second.definition().map(RevisionSimulationTest::shown))
                .isEqualTo(whole.definition().map(RevisionSimulationTest::shown));
        assertThat(second.problems()).isEqualTo(whole.problems());
        List<CompiledRule> old = first.definition().orElseThrow().rules();
        List<CompiledRule> now = second.definition().orElseThrow().rules();
        assertThat(now.get(3)).isNotSameAs(old.get(3));
        assertThat(now.get(290)).isNotSameAs(old.get(290));
        assertThat(now.subList(4, 290))
                .usingElementComparator((a, b) -> a == b ? 0 : 1)
                .isEqualTo(old.subList(4, 290));
    }

    private String broken(String source) {
        int at = random.nextInt(source.length());
        return random.nextBoolean()
                ? source.substring(0, at) + pick(BREAKS) + source.substring(at)
                : source.substring(0, at) + source.substring(Math.min(source.length(), at + random.nextInt(9)));
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
