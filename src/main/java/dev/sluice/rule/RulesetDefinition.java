package dev.sluice.rule;

import java.util.List;

/** A compiled rule file: name, description, which matches act, and rules in the order of the file. */
public record RulesetDefinition(String name, String description, Mode mode, List<CompiledRule> rules) {
    public RulesetDefinition {
        rules = List.copyOf(rules);
    }
}
