package dev.sluice.evaluation;

import dev.sluice.rule.CompiledRule;
import dev.sluice.ruleset.FedRules;
import dev.sluice.ruleset.Ruleset;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The windowed rules that differ between two versions which are evaluated side by side. Immutable. */
final class Sides {
    private final IdentityHashMap<CompiledRule, Side> byRule = new IdentityHashMap<>();

    private Sides() {}

    static Sides of(List<Arms.Rollout> rollouts) {
        Sides sides = new Sides();
        rollouts.forEach(sides::add);
        return sides;
    }

    private void add(Arms.Rollout rollout) {
        add(rollout, Arm.STABLE, rollout.candidate());
        add(rollout, Arm.CANDIDATE, rollout.stable());
        Map<String, CompiledRule> candidates = new HashMap<>();
        rollout.candidate().rules().forEach(rule -> candidates.put(rule.id(), rule));
        for (CompiledRule rule : rollout.stable().rules()) {
            CompiledRule other = candidates.get(rule.id());
            Side stable = byRule.get(rule);
            Side candidate = other == null ? null : byRule.get(other);
            if (other != null
                    && stable != null
                    && candidate != null
                    && FedRules.isSame(rule.windowing(), other.windowing())) {
                stable.share(candidate);
                candidate.share(stable);
            }
        }
    }

    private void add(Arms.Rollout rollout, Arm arm, Ruleset other) {
        Ruleset version = rollout.of(arm);
        FedRules.differing(version, other)
                .ifPresent(fed -> fed.rules()
                        .forEach(rule ->
                                byRule.put(rule, new Side(rollout, arm, indexed(version, rule), indexed(fed, rule)))));
    }

    private static IndexedRule indexed(Ruleset ruleset, CompiledRule rule) {
        return new IndexedRule(ruleset, rule, IndexedRule.values(rule.emit().values()));
    }

    @Nullable Side of(CompiledRule rule) {
        return byRule.isEmpty() ? null : byRule.get(rule);
    }
}
