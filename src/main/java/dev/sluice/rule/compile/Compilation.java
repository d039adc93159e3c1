package dev.sluice.rule.compile;

import dev.sluice.rule.Problem;
import dev.sluice.rule.RulesetDefinition;
import java.util.List;
import java.util.Optional;

/** The outcome of a compilation: the definition when no problem is an error, and all problems in order of place. */
public record Compilation(Optional<RulesetDefinition> definition, List<Problem> problems) {
    public Compilation {
        problems = List.copyOf(problems);
    }
}
