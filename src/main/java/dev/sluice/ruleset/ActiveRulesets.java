package dev.sluice.ruleset;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The rulesets that are active together: the one immutable snapshot that an event is evaluated with. */
public final class ActiveRulesets {
    /** Nothing active. */
    public static final ActiveRulesets NONE = new ActiveRulesets(Map.of());

    private final Map<String, Ruleset> byName;
    private final List<Ruleset> inOrder;

    public ActiveRulesets(Map<String, Ruleset> byName) {
        this.byName = Map.copyOf(byName);
        this.inOrder = byName.values().stream()
                .sorted(Comparator.comparing(Ruleset::name))
                .toList();
    }

    public Map<String, Ruleset> byName() {
        return byName;
    }

    /** By name, so that every instance evaluates in one order. */
    public List<Ruleset> inOrder() {
        return inOrder;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ActiveRulesets that && byName.equals(that.byName);
    }

    @Override
    public int hashCode() {
        return byName.hashCode();
    }

    @Override
    public String toString() {
        return "ActiveRulesets" + byName.keySet();
    }
}
