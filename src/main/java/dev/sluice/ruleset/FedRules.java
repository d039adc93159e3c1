package dev.sluice.ruleset;

import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.Windowing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a version that was active before whose window state its successor does not go on with as it is. They are fed
 * for a while, without emitting, so that a rollback finds their state as if they had been active all the time.
 */
public final class FedRules {
    private FedRules() {}

    /** Those rules, as a ruleset of the version before; empty when there are none. */
    public static Optional<Ruleset> of(Ruleset before, Ruleset after) {
        Map<String, Windowing> goesOn = new HashMap<>();
        for (CompiledRule rule : after.rules()) {
            if (rule.windowing() != null) {
                goesOn.put(rule.id(), rule.windowing());
            }
        }
        List<CompiledRule> fed = before.rules().stream()
                .filter(rule -> rule.windowing() != null && !isSame(rule.windowing(), goesOn.get(rule.id())))
                .toList();
        return fed.isEmpty() ? Optional.empty() : Optional.of(before.fed(fed));
    }

    static boolean isSame(Windowing before, @Nullable Windowing after) {
        return after != null
                && before.identity().equals(after.identity())
                && before.shape().equals(after.shape());
    }
}
