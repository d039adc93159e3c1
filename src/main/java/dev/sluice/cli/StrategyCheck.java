package dev.sluice.cli;

import dev.sluice.deployment.DeploymentSpec;
import dev.sluice.rule.Problem;
import dev.sluice.rule.compile.RuleCompiler;
import java.util.Optional;
import java.util.stream.Collectors;

/** The deployment's options against what a ruleset's file says, before anything is sent. */
final class StrategyCheck {
    private StrategyCheck() {}

    /**
     * How a version is deployed.
     *
     * @param text what the options say; empty when they say nothing
     * @param base what the file says
     * @throws CommandException when the options make no deployment; its message has every problem
     */
    static DeploymentSpec spec(Optional<String> text, DeploymentSpec base) {
        if (text.isEmpty()) {
            return base;
        }
        RuleCompiler.DeploymentReading reading = RuleCompiler.deployment(text.get(), base);
        return reading.spec()
                .orElseThrow(() -> CommandException.usage(reading.problems().stream()
                        .filter(Problem::isError)
                        .map(problem -> problem.code() + ": " + problem.message())
                        .collect(Collectors.joining(System.lineSeparator() + "sluice: "))));
    }
}
