package dev.sluice.ruleset;

import dev.sluice.rule.CompiledRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules of two versions without those at their beginnings and at their ends that are the same objects: of the versions
 * of a large ruleset most.
 *
 * @param first how many at the beginnings are the same
 * @param before what is left of one version
 * @param after what is left of the other
 */
record ChangedRules(int first, List<CompiledRule> before, List<CompiledRule> after) {

    /** @param before null: no version, so no rules */
    @SuppressWarnings("ReferenceEquality") // an unchanged rule is the same object
    static ChangedRules between(@Nullable Ruleset before, Ruleset after) {
        List<CompiledRule> old = before == null ? List.of() : before.rules();
        List<CompiledRule> now = after.rules();
        int first = 0;
        while (first < old.size() && first < now.size() && old.get(first) == now.get(first)) {
            first++;
        }
        int oldEnd = old.size();
        int end = now.size();
        while (oldEnd > first && end > first && old.get(oldEnd - 1) == now.get(end - 1)) {
            oldEnd--;
            end--;
        }
        return new ChangedRules(first, old.subList(first, oldEnd), now.subList(first, end));
    }

    /** Whether the rule at this place of the other version is among what is left. */
    boolean hasPlace(int place) {
        return place >= first && place < first + after.size();
    }
}
