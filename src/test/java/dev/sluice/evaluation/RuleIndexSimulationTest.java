package dev.sluice.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.EvaluationException;
import dev.sluice.rule.Event;
import dev.sluice.rule.Expression;
import dev.sluice.rule.Mode;
import dev.sluice.rule.compile.EventGenerator;
import dev.sluice.ruleset.ActiveRulesets;
import dev.sluice.ruleset.Ruleset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The index against a loop over all rules, and an index that was changed again and again against one made at once.
 * Reproduce with {@code -Dsluice.seed=SEED}.
 */
final class RuleIndexSimulationTest {
    private static final int RULESETS = 1_000;
    private static final int EVENTS = 12;
    private static final int HISTORIES = 20;
    private static final int EDITS = 60;
    private static final int RULES_IN_STOCK = 3_000;

    private final long seed = Long.getLong("sluice.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final RandomRules rules = new RandomRules(random);
    private final EventGenerator events = new EventGenerator(random);
    private final Evaluator evaluator = new Evaluator();
    private final List<List<CompiledRule>> stock = new ArrayList<>();
    private int matches;
    private int failures;

    private void fillStock() {
        System.out.println("RuleIndexSimulationTest: -Dsluice.seed=" + seed);
        while (stock.size() < RULES_IN_STOCK) {
            stock.add(rules.next());
        }
    }

    @Test
    void findsWhatALoopFinds() {
        fillStock();
        for (int i = 0; i < RULESETS; i++) {
            ActiveRulesets active = active(List.of(pick(random.nextInt(60)), pick(random.nextInt(200))));
            compare(RuleIndexes.of(active), EVENTS);
        }
        System.out.printf("%d matches, %d failures%n", matches, failures);
        assertThat(matches).isGreaterThan(RULESETS * EVENTS);
        assertThat(failures).isGreaterThan(RULESETS * EVENTS / 10);
    }

    @Test
    void asksNothingOfRulesThatAreApartAndOwesIt() {
        fillStock();
        int owed = 0;
        for (int i = 0; i < RULESETS / 4; i++) {
            RuleIndexes indexes = RuleIndexes.of(active(List.of(pick(random.nextInt(60)), pick(random.nextInt(200)))));
            Set<CompiledRule> apart = some(indexes);
            Arms arms = Arms.of(indexes).apart(apart);
            for (int j = 0; j < EVENTS; j++) {
                Event event = events.next();
                Loop loop = new Loop(apart);
                indexes.rulesets().inOrder().forEach(ruleset -> loop.add(ruleset, event, ""));
                Evaluation evaluation = evaluator.evaluate(arms, indexes, event);
                List<String> owing = evaluation.owed().stream()
                        .map(each -> each.ruleset().name() + " " + each.path())
                        .toList();
                assertThat(lines(evaluation)).as("seed %d, %s", seed, event).isEqualTo(loop.inOrder());
                assertThat(owing).as("seed %d, %s", seed, event).containsAll(loop.owed);
                assertThat(loop.askable).as("seed %d, %s", seed, event).containsAll(owing);
                assertThat(owing).doesNotHaveDuplicates();
                owed += loop.owed.size();
            }
        }
        System.out.printf("%d owed%n", owed);
        assertThat(owed).isGreaterThan(RULESETS * EVENTS / 4);
    }

    /** From none to nearly all. */
    private Set<CompiledRule> some(RuleIndexes indexes) {
        Set<CompiledRule> some = Collections.newSetFromMap(new IdentityHashMap<>());
        int percent = random.nextInt(4) == 0 ? 95 : random.nextInt(30);
        for (Ruleset ruleset : indexes.rulesets().inOrder()) {
            ruleset.rules().stream()
                    .filter(rule -> random.nextInt(100) < percent)
                    .forEach(some::add);
        }
        return some;
    }

    @Test
    void findsTheSameAfterEveryEditAsWhenMadeAtOnce() {
        fillStock();
        for (int history = 0; history < HISTORIES; history++) {
            List<List<CompiledRule>> one = pick(random.nextInt(400));
            List<List<CompiledRule>> other = pick(random.nextInt(50));
            RuleIndexes changed = RuleIndexes.of(active(List.of(one, other)));
            for (int edit = 0; edit < EDITS; edit++) {
                edit(random.nextInt(4) == 0 ? other : one);
                ActiveRulesets active = active(List.of(one, other));
                changed = changed.changed(active);
                compare(changed, 2);
                compare(RuleIndexes.of(active), 1);
            }
        }
    }

    private void edit(List<List<CompiledRule>> rules) {
        int size = random.nextInt(20) == 0 ? random.nextInt(300) : random.nextInt(3);
        switch (random.nextInt(5)) {
            case 0 -> rules.addAll(random.nextInt(rules.size() + 1), pick(size));
            case 1 -> rules.subList(0, Math.min(size, rules.size())).clear();
            case 2 -> Collections.shuffle(rules, random);
            default -> {
                if (!rules.isEmpty()) {
                    rules.set(random.nextInt(rules.size()), stock.get(random.nextInt(stock.size())));
                }
            }
        }
        List<List<CompiledRule>> distinct = rules.stream().distinct().toList();
        rules.clear();
        rules.addAll(distinct);
    }

    private List<List<CompiledRule>> pick(int count) {
        List<List<CompiledRule>> picked = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            picked.add(stock.get(random.nextInt(stock.size())));
        }
        return new ArrayList<>(picked.stream().distinct().toList());
    }

    private ActiveRulesets active(List<List<List<CompiledRule>>> rulesets) {
        Map<String, Ruleset> byName = new HashMap<>();
        for (int i = 0; i < rulesets.size(); i++) {
            List<CompiledRule> all =
                    rulesets.get(i).stream().flatMap(List::stream).toList();
            Mode mode = i == 0 ? Mode.ALL : Mode.FIRST_MATCH;
            byName.put("ruleset-" + i, rules.ruleset("ruleset-" + i, mode, all));
        }
        return new ActiveRulesets(byName);
    }

    private void compare(RuleIndexes indexes, int count) {
        for (int i = 0; i < count; i++) {
            Event event = events.next();
            Loop loop = new Loop(Set.of());
            indexes.rulesets().inOrder().forEach(ruleset -> loop.add(ruleset, event, ""));
            Evaluation evaluation = evaluator.evaluate(indexes, event);
            matches += evaluation.matches().size();
            failures += evaluation.failures().size();
            assertThat(lines(evaluation)).as("seed %d, %s", seed, event).isEqualTo(loop.inOrder());
            assertThat(evaluation.owed()).isEmpty();
        }
    }

    private static List<String> lines(Evaluation evaluation) {
        List<String> lines = new ArrayList<>();
        evaluation
                .matches()
                .forEach(match -> lines.add(match.ruleset().name() + " " + match.path() + " " + match.values()));
        evaluation
                .failures()
                .forEach(failure ->
                        lines.add("! " + failure.ruleset().name() + " " + failure.path() + ": " + failure.reason()));
        return lines;
    }

    /** The meaning of rulesets, in the plainest way. */
    private static final class Loop {
        private final Set<CompiledRule> apart;
        private final List<String> lines = new ArrayList<>();
        /** Rules that are apart and would have matched or failed. */
        private final List<String> owed = new ArrayList<>();
        /** Those, and the rules that are apart and would not have matched. */
        private final List<String> askable = new ArrayList<>();

        Loop(Set<CompiledRule> apart) {
            this.apart = apart;
        }

        /** Matches, then failures. */
        List<String> inOrder() {
            lines.sort(Comparator.comparing(line -> line.startsWith("!")));
            return lines;
        }

        void add(Ruleset ruleset, Event event, String chain) {
            List<CompiledRule> inOrder =
                    new ArrayList<>(ruleset.rulesFor(event.type().name()));
            if (ruleset.mode() == Mode.FIRST_MATCH) {
                inOrder.sort(Comparator.comparingLong(rule -> -rule.priority()));
            }
            for (CompiledRule rule : inOrder) {
                String path = chain + rule.id();
                if (apart.contains(rule)) {
                    owe(rule, event, ruleset.name() + " " + path);
                } else if (matches(ruleset, rule, event, path)) {
                    emit(ruleset, rule, event, path);
                    if (ruleset.mode() == Mode.FIRST_MATCH) {
                        return;
                    }
                }
            }
        }

        private void owe(CompiledRule rule, Event event, String place) {
            askable.add(place);
            try {
                Expression when = rule.when();
                if (when == null || when.test(event)) {
                    owed.add(place);
                }
            } catch (EvaluationException e) {
                owed.add(place);
            }
        }

        private boolean matches(Ruleset ruleset, CompiledRule rule, Event event, String path) {
            try {
                Expression when = rule.when();
                return when == null || when.test(event);
            } catch (EvaluationException e) {
                lines.add("! " + ruleset.name() + " " + path + ": " + e.getMessage());
                return false;
            }
        }

        private void emit(Ruleset ruleset, CompiledRule rule, Event event, String path) {
            List<Object> values = new ArrayList<>();
            try {
                for (Expression value : rule.emit().values()) {
                    values.add(value.evaluate(event));
                }
            } catch (EvaluationException e) {
                lines.add("! " + ruleset.name() + " " + path + ": " + e.getMessage());
                return;
            }
            lines.add(ruleset.name() + " " + path + " " + values);
            add(ruleset, new EmittedEvent(rule.emit().type(), List.copyOf(values)), path + ">");
        }
    }
}
