package dev.sluice.evaluation;

import dev.sluice.rule.CompiledRule;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rules that are not evaluated, with their places in the indexes, which know nothing of it. Immutable. */
final class Apart {
    static final Apart NONE = new Apart(Set.of(), List.of());

    private final Set<CompiledRule> rules = Collections.newSetFromMap(new IdentityHashMap<>());
    /** By slot, of the indexes that have any of the rules. */
    private final IdentityHashMap<RuleIndex, boolean[]> slots = new IdentityHashMap<>();

    private Apart(Set<CompiledRule> rules, List<RuleIndexes> indexes) {
        this.rules.addAll(rules);
        for (RuleIndexes each : indexes) {
            each.parts().forEach(this::add);
        }
    }

    static Apart of(Set<CompiledRule> rules, List<RuleIndexes> indexes) {
        return rules.isEmpty() ? NONE : new Apart(rules, indexes);
    }

    private void add(RuleIndex index) {
        if (slots.containsKey(index)) {
            return;
        }
        boolean[] found = index.slotsOf(rules);
        if (found != null) {
            slots.put(index, found);
        }
    }

    /** By identity; not to be changed. */
    Set<CompiledRule> rules() {
        return rules;
    }

    boolean isOf(Set<CompiledRule> others) {
        return rules.size() == others.size() && rules.containsAll(others);
    }

    boolean has(CompiledRule rule) {
        return !rules.isEmpty() && rules.contains(rule);
    }

    /** True at the slots of the index that have such a rule; null when none has. */
    boolean @Nullable [] slots(RuleIndex index) {
        return slots.isEmpty() ? null : slots.get(index);
    }
}
