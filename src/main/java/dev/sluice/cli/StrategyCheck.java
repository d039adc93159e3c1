package dev.sluice.cli;

import dev.sluice.deployment.DeploymentSpec;
import dev.sluice.deployment.DeploymentTemplates;
import dev.sluice.deployment.DeploymentWish;
import dev.sluice.rule.Problem;
import dev.sluice.rule.compile.RuleCompiler;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The deployment's options against what a ruleset's file says, before anything is sent. */
final class StrategyCheck {
    private StrategyCheck() {}

    /**
     * How a version is deployed.
     *
     * @param text what the options say; empty when they say nothing
     * @param file what the file says
     * @param templates of the fleet's settings
     * @throws CommandException when they make no deployment; its message has every problem
     */
    static DeploymentSpec spec(Optional<String> text, DeploymentWish file, DeploymentTemplates templates) {
        RuleCompiler.DeploymentReading reading = RuleCompiler.deployment(file, text.orElse(null), templates);
        return reading.spec().orElseThrow(() -> refused(reading.problems()));
    }

    /** Before the fleet's settings are known. @throws CommandException when the options make no deployment whatever they are */
    static void check(Optional<String> text, DeploymentWish file) {
        List<Problem> problems = text.map(options -> RuleCompiler.problemsOfDeployment(file, options))
                .orElse(List.of());
        if (problems.stream().anyMatch(Problem::isError)) {
            throw refused(problems);
        }
    }

    private static CommandException refused(List<Problem> problems) {
        return CommandException.usage(problems.stream()
                .filter(Problem::isError)
                .map(problem -> problem.code() + ": " + problem.message())
                .collect(Collectors.joining(System.lineSeparator() + "sluice: ")));
    }
}
