package dev.sluice.evaluation;

import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.EventTypes;
import dev.sluice.rule.Mode;
import dev.sluice.rule.RulesetDefinition;
import dev.sluice.rule.compile.ConditionGenerator;
import dev.sluice.rule.compile.ExpressionGenerator;
import dev.sluice.rule.compile.RuleCompiler;
import dev.sluice.ruleset.Ruleset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Random compiled rules over {@link ExpressionGenerator#TYPE}, some of them reading what others emit. */
final class RandomRules {
    private final RuleCompiler compiler = new RuleCompiler(
            new EventTypes(Map.of(ExpressionGenerator.TYPE.name(), ExpressionGenerator.TYPE), Set.of()));
    private final Random random;
    private final ConditionGenerator conditions;
    private int rules;

    RandomRules(Random random) {
        this.random = random;
        this.conditions = new ConditionGenerator(random);
    }

    /** At least one rule: one that reads the event, and with it sometimes one that reads what it emits. */
    List<CompiledRule> next() {
        while (true) {
            int number = rules++;
            String when = random.nextInt(20) == 0 ? "" : "when: \"" + conditions.next(random.nextInt(4)) + "\"";
            StringBuilder text = new StringBuilder("ruleset: random\nrules:\n");
            text.append("""
                      - id: rule-%d
                        from: Everything
                        %s
                        emit: { type: T%d, fields: { n: "%s" } }
                    """.formatted(number, when, number, random.nextInt(8) == 0 ? "10 / i" : "j"));
            if (random.nextInt(5) == 0) {
                text.append("""
                          - id: chained-%d
                            from: T%d
                            when: n > 0
                            emit: { type: C%d, fields: { n: n } }
                        """.formatted(number, number, number));
            }
            List<CompiledRule> compiled = compiler.compile(text.toString())
                    .definition()
                    .map(RulesetDefinition::rules)
                    .orElse(List.of());
            if (!compiled.isEmpty()) {
                return prioritised(compiled);
            }
        }
    }

    private List<CompiledRule> prioritised(List<CompiledRule> rules) {
        List<CompiledRule> prioritised = new ArrayList<>();
        for (CompiledRule rule : rules) {
            prioritised.add(new CompiledRule(
                    rule.id(),
                    rule.from(),
                    random.nextInt(3),
                    rule.when(),
                    rule.windowing(),
                    rule.emit(),
                    rule.definition()));
        }
        return prioritised;
    }

    Ruleset ruleset(String name, Mode mode, List<CompiledRule> rules) {
        return new Ruleset(new RulesetDefinition(name, "", mode, rules), 1, "digest");
    }
}
