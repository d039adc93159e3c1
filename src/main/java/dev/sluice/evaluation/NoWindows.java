package dev.sluice.evaluation;

import dev.sluice.rule.CompiledRule;
import dev.sluice.ruleset.Ruleset;
import dev.sluice.window.KeyState;

/** For callers that evaluate rules which look at each event alone. */
final class NoWindows implements Windows {
    static final Windows INSTANCE = new NoWindows();

    private NoWindows() {}

    @Override
    public boolean isHome(CompiledRule rule) {
        throw new IllegalStateException(
                "rule " + rule.id() + " has windows: it is evaluated with a moment and its windows");
    }

    @Override
    public KeyState of(Ruleset ruleset, CompiledRule rule, GroupKey key) {
        throw new IllegalStateException(
                "rule " + rule.id() + " has windows: it is evaluated with a moment and its windows");
    }
}
