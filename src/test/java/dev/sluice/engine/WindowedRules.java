package dev.sluice.engine;

import dev.sluice.evaluation.RuleIndexes;
import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.Emit;
import dev.sluice.rule.EventType;
import dev.sluice.rule.Field;
import dev.sluice.rule.Mode;
import dev.sluice.rule.RulesetDefinition;
import dev.sluice.rule.ValueType;
import dev.sluice.rule.Windowing;
import dev.sluice.rule.Windowing.StateIdentity;
import dev.sluice.rule.Windowing.Trigger;
import dev.sluice.ruleset.ActiveRulesets;
import dev.sluice.ruleset.Ruleset;
import dev.sluice.window.Aggregation;
import dev.sluice.window.Column;
import dev.sluice.window.Window;
import dev.sluice.window.WindowSpec;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rules that count the events of a window, by hand. */
final class WindowedRules {
    private static final EventType TYPE = new EventType("Ping", List.of());

    private static final EventType SCOPE = new EventType(
            "Ping",
            List.of(
                    new Field("n", ValueType.Scalar.INT),
                    new Field(Windowing.Scope.START, ValueType.Scalar.TIMESTAMP),
                    new Field(Windowing.Scope.END, ValueType.Scalar.TIMESTAMP),
                    new Field(Windowing.Scope.KEY, ValueType.Scalar.STRING)));

    private WindowedRules() {}

    static CompiledRule rule(String id, WindowSpec spec, Trigger trigger) {
        return rule(id, new Window(spec, 0), trigger, "");
    }

    /** @param reset of the state's identity */
    static CompiledRule rule(String id, Window window, Trigger trigger, String reset) {
        Windowing windowing = new Windowing(
                window,
                List.of(),
                List.of(new Windowing.Aggregate(
                        "n", Aggregation.of(Aggregation.Function.COUNT), null, Column.Kind.ANY)),
                new Windowing.Scope(SCOPE, List.of(), List.of()),
                null,
                trigger,
                new StateIdentity(id, TYPE.name(), List.of(), reset));
        Emit emit = new Emit(new EventType("Out", List.of()), List.of(), null);
        return new CompiledRule(id, TYPE.name(), 0, null, windowing, emit, Map.of("window", window.toString()));
    }

    static Ruleset ruleset(String name, CompiledRule... rules) {
        return new Ruleset(new RulesetDefinition(name, "", Mode.ALL, Arrays.asList(rules)), 1, "digest");
    }

    static RuleIndexes active(Ruleset... rulesets) {
        Map<String, Ruleset> byName = new HashMap<>();
        for (Ruleset ruleset : rulesets) {
            byName.put(ruleset.name(), ruleset);
        }
        return RuleIndexes.of(new ActiveRulesets(byName));
    }
}
