package dev.sluice.rule.compile;

import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.EventType;
import dev.sluice.rule.Expression;
import dev.sluice.rule.Windowing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
                && Objects.equals(before.emit().topic(), now.emit().topic())
                && before.emit().type().equals(now.emit().type())
                && Objects.equals(before.timer(), now.timer())
                && sameWindows(before.windowing(), now.windowing())
                && sameValues(before, now)
                && before.definition().equals(now.definition());
    }

    private static boolean sameValues(CompiledRule before, CompiledRule now) {
        List<Expression> old = before.emit().values();
        List<Expression> values = now.emit().values();
        for (int i = 0; i < values.size(); i++) {
            // One expression a text and event type: see ExpressionChecker. Types of windows may be too many to
            // remember.
            boolean same = now.windowing() == null
                    ? old.get(i) == values.get(i)
                    : old.get(i).source().equals(values.get(i).source());
            if (!same) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameWindows(@Nullable Windowing before, @Nullable Windowing now) {
        if (before == null || now == null) {
            return before == null && now == null;
        }
        return before.window().equals(now.window())
                && before.late() == now.late()
                && before.trigger().equals(now.trigger())
                && before.identity().equals(now.identity())
                && before.scope().equals(now.scope())
                && before.partitionBy().equals(now.partitionBy())
                && before.aggregates().equals(now.aggregates())
                && Objects.equals(source(before.having()), source(now.having()));
    }

    private static @Nullable String source(@Nullable Expression having) {
        return having == null ? null : having.source();
    }
}
