package dev.sluice.rule.compile;

import dev.sluice.deployment.DeploymentWish;
import dev.sluice.rule.Problem;
import dev.sluice.rule.RulesetDefinition;
import java.util.List;
import java.util.Optional;

/**
 * The outcome of a compilation.
 *
 * @param definition when no problem is an error
 * @param problems all of them, in order of place
 * @param deployment how the file wants to be deployed, also when it has errors elsewhere: others may compile it
 */
public record Compilation(Optional<RulesetDefinition> definition, List<Problem> problems, DeploymentWish deployment) {
    public Compilation {
        problems = List.copyOf(problems);
    }

    /** One that says of the deployment what its definition says. */
    Compilation(Optional<RulesetDefinition> definition, List<Problem> problems) {
        this(definition, problems, definition.map(RulesetDefinition::deployment).orElse(DeploymentWish.NOTHING));
    }
}
