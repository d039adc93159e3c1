package dev.sluice.rule;

import dev.sluice.deployment.DeploymentWish;
import java.util.List;

/**
 * A compiled rule file: name, description, which matches act, and rules in the order of the file.
 *
 * @param deployment how its versions are deployed unless their publisher says otherwise
 */
public record RulesetDefinition(
        String name, String description, Mode mode, List<CompiledRule> rules, DeploymentWish deployment) {
    public RulesetDefinition {
        rules = List.copyOf(rules);
    }

    /** One that says nothing of its deployment. */
    public RulesetDefinition(String name, String description, Mode mode, List<CompiledRule> rules) {
        this(name, description, mode, rules, DeploymentWish.NOTHING);
    }
}
