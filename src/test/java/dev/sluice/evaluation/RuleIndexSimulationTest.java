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
import java.util.List;
import java.util.Map;
import java.util.Random;
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
            List<String> expected = new ArrayList<>();
            for (Ruleset ruleset : indexes.rulesets().inOrder()) {
                loop(ruleset, event, "", expected);
            }
            Evaluation evaluation = evaluator.evaluate(indexes, event);
            List<String> found = new ArrayList<>();
            evaluation
                    .matches()
                    .forEach(match -> found.add(match.ruleset().name() + " " + match.path() + " " + match.values()));
            evaluation
                    .failures()
                    .forEach(failure -> found.add(
                            "! " + failure.ruleset().name() + " " + failure.path() + ": " + failure.reason()));
            Collections.sort(expected, Comparator.comparing(line -> line.startsWith("!")));
            matches += evaluation.matches().size();
            failures += evaluation.failures().size();
            assertThat(found).as("seed %d, %s", seed, event).isEqualTo(expected);
        }
    }

    /** The meaning of a ruleset, in the plainest way. */
    private static void loop(Ruleset ruleset, Event event, String chain, List<String> lines) {
        List<CompiledRule> inOrder =
                new ArrayList<>(ruleset.rulesFor(event.type().name()));
        if (ruleset.mode() == Mode.FIRST_MATCH) {
            inOrder.sort(Comparator.comparingLong(rule -> -rule.priority()));
        }
        for (CompiledRule rule : inOrder) {
            String path = chain + rule.id();
            try {
                Expression when = rule.when();
                if (when != null && !when.test(event)) {
                    continue;
                }
            } catch (EvaluationException e) {
                lines.add("! " + ruleset.name() + " " + path + ": " + e.getMessage());
                continue;
            }
            try {
                List<Object> values = new ArrayList<>();
                for (Expression value : rule.emit().values()) {
                    values.add(value.evaluate(event));
                }
                lines.add(ruleset.name() + " " + path + " " + values);
                loop(ruleset, new EmittedEvent(rule.emit().type(), List.copyOf(values)), path + ">", lines);
            } catch (EvaluationException e) {
                lines.add("! " + ruleset.name() + " " + path + ": " + e.getMessage());
            }
            if (ruleset.mode() == Mode.FIRST_MATCH) {
                return;
            }
        }
    }
}
