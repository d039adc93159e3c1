package dev.sluice.rule;

import java.util.List;

/** A compiled rule file: name, description and rules in the order of the file. */
public record RulesetDefinition(String name, String description, List<CompiledRule> rules) {
    public RulesetDefinition {
        rules = List.copyOf(rules);
    }
}
