package dev.sluice.ruleset;

import dev.sluice.rule.CompiledRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one version of a ruleset has that another has not.
 *
 * @param added ids, in the order of the new file
 * @param removed ids, in the order of the old file
 * @param updated rules whose definition changed, in the order of the new file
 * @param unchanged number of rules that are equal in both
 * @param settings what changed of the ruleset itself, by path ({@code description}, {@code mode}) in alphabetical order;
 *     none for a first version
 */
public record RulesetDifference(
        List<String> added, List<String> removed, List<Update> updated, int unchanged, List<Change> settings) {
    public RulesetDifference {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
        updated = List.copyOf(updated);
        settings = List.copyOf(settings);
    }

    /**
     * A rule that both versions have.
     *
     * @param changes by path, in alphabetical order; at least one
     */
    public record Update(String rule, List<Change> changes) {
        public Update {
            changes = List.copyOf(changes);
            if (changes.isEmpty()) {
                throw new IllegalArgumentException("rule " + rule + " did not change");
            }
        }
    }

    /**
     * One part of a rule's definition or of the ruleset's settings.
     *
     * @param path of a rule as in {@link CompiledRule#definition}, such as {@code when} or {@code emit.fields.late}
     * @param before text before; null when the part is new
     * @param after text after; null when the part is gone
     */
    public record Change(
            String path, @Nullable String before, @Nullable String after) {}

    /**
     * The difference from {@code before} to {@code after}.
     *
     * @param before null when there was no version: every rule is added
     */
    public static RulesetDifference between(@Nullable Ruleset before, Ruleset after) {
        ChangedRules changed = ChangedRules.between(before, after);
        Map<String, CompiledRule> oldById = byId(changed.before());
        List<String> added = new ArrayList<>();
        List<Update> updated = new ArrayList<>();
        for (CompiledRule rule : changed.after()) {
            CompiledRule old = oldById.get(rule.id());
            if (old == null) {
                added.add(rule.id());
            } else if (!old.definition().equals(rule.definition())) {
                updated.add(new Update(rule.id(), changes(old.definition(), rule.definition())));
            }
        }
        Set<String> kept = byId(changed.after()).keySet();
        List<String> removed = changed.before().stream()
                .map(CompiledRule::id)
                .filter(id -> !kept.contains(id))
                .toList();
        int unchanged = after.rules().size() - added.size() - updated.size();
        List<Change> settings = before == null ? List.of() : changes(before.settings(), after.settings());
        return new RulesetDifference(added, removed, updated, unchanged, settings);
    }

    private static Map<String, CompiledRule> byId(List<CompiledRule> rules) {
        Map<String, CompiledRule> byId = new HashMap<>();
        rules.forEach(rule -> byId.put(rule.id(), rule));
        return byId;
    }

    private static List<Change> changes(Map<String, String> before, Map<String, String> after) {
        List<Change> changes = new ArrayList<>(1);
        before.forEach((path, old) -> {
            String now = after.get(path);
            if (!old.equals(now)) {
                changes.add(new Change(path, old, now));
            }
        });
        after.forEach((path, now) -> {
            if (!before.containsKey(path)) {
                changes.add(new Change(path, null, now));
            }
        });
        changes.sort(Comparator.comparing(Change::path));
        return changes;
    }
}
