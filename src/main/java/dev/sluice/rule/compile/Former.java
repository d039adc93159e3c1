package dev.sluice.rule.compile;

import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.Emit;
import dev.sluice.rule.EventType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a compilation may take over from the one before.
 *
 * @param rules by id: a rule that is compiled to the same again stays the same object
 * @param emitTypes types of rules that stand, although they are not compiled now, by name
 */
record Former(Map<String, CompiledRule> rules, Map<String, EventType> emitTypes) {
    static final Former NONE = new Former(Map.of(), Map.of());

    static Former of(List<CompiledRule> rules) {
        Map<String, CompiledRule> byId = new HashMap<>(2 * rules.size());
        rules.forEach(rule -> byId.put(rule.id(), rule));
        return new Former(byId, Map.of());
    }

    /** The rule itself, or the former one if nothing sets them apart. */
    CompiledRule same(CompiledRule rule) {
        CompiledRule before = rules.get(rule.id());
        return before != null && same(before, rule) ? before : rule;
    }

    private static boolean same(CompiledRule before, CompiledRule now) {
        return before.from().equals(now.from())
                && before.priority() == now.priority()
                && before.when() == now.when()
                && same(before.emit(), now.emit())
                && before.definition().equals(now.definition());
    }

    private static boolean same(Emit before, Emit now) {
        if (!Objects.equals(before.topic(), now.topic())) {
            return false;
        }
        for (int i = 0; i < Math.min(before.values().size(), now.values().size()); i++) {
            // One expression a text and event type: see ExpressionChecker.
            if (before.values().get(i) != now.values().get(i)) {
                return false;
            }
        }
        return before.type().equals(now.type());
    }
}
