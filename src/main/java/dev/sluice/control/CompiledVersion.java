package dev.sluice.control;

import dev.sluice.deployment.Deployment;
import dev.sluice.deployment.DeploymentSpec;
import dev.sluice.deployment.DeploymentTemplates;
import dev.sluice.deployment.DeploymentWish;
import dev.sluice.deployment.Situation;
import dev.sluice.rule.Problem;
import dev.sluice.rule.compile.RuleCompiler;
import dev.sluice.ruleset.Ruleset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An accepted version, as this instance compiled it.
 *
 * @param ruleset null when it cannot be served here
 * @param wish how its file wants it deployed
 * @param problems errors when it cannot be served, else warnings
 */
record CompiledVersion(
        RulesetImage.Accepted accepted, @Nullable Ruleset ruleset, DeploymentWish wish, List<Problem> problems) {
    CompiledVersion {
        problems = List.copyOf(problems);
    }

    long version() {
        return accepted.published().version();
    }

    /** As it would be deployed with these templates. */
    Situation.Candidate candidate(DeploymentTemplates templates) {
        PublishedVersion published = accepted.published();
        RuleCompiler.DeploymentReading reading = RuleCompiler.deployment(wish, published.strategy(), templates);
        return new Situation.Candidate(
                version(),
                reading.spec().orElse(DeploymentSpec.DEFAULT),
                reading.stageOnly(),
                new Deployment.Origin(published.author(), published.reason()),
                reading.spec().isPresent() ? null : firstOf(reading.problems()));
    }

    RulesetImage.Refusal refusal() {
        return new RulesetImage.Refusal(version(), accepted.offset(), problems);
    }

    /** The first error, for people. */
    String firstProblem() {
        return firstOf(problems);
    }

    private static String firstOf(List<Problem> problems) {
        return problems.stream()
                .filter(Problem::isError)
                .findFirst()
                .map(Problem::message)
                .orElse("no reason is known");
    }
}
