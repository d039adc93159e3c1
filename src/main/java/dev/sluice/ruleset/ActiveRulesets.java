package dev.sluice.ruleset;

import java.util.Map;

/** The rulesets that are active together: the one immutable snapshot that an event is evaluated with. */
public record ActiveRulesets(Map<String, Ruleset> byName) {
    /** Nothing active. */
    public static final ActiveRulesets NONE = new ActiveRulesets(Map.of());

    public ActiveRulesets {
        byName = Map.copyOf(byName);
    }
}
