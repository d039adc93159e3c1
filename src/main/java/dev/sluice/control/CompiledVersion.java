package dev.sluice.control;

import dev.sluice.deployment.Deployment;
import dev.sluice.deployment.DeploymentSpec;
import dev.sluice.deployment.Situation;
import dev.sluice.rule.Problem;
import dev.sluice.ruleset.Ruleset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An accepted version, as this instance compiled it.
 *
 * @param ruleset null when it cannot be served here
 * @param spec how it is deployed; the default where that cannot be read
 * @param problems errors when it cannot be served, else warnings
 */
record CompiledVersion(
        RulesetImage.Accepted accepted,
        @Nullable Ruleset ruleset,
        DeploymentSpec spec,
        boolean stageOnly,
        List<Problem> problems) {
    CompiledVersion {
        problems = List.copyOf(problems);
    }

    long version() {
        return accepted.published().version();
    }

    Situation.Candidate candidate() {
        PublishedVersion published = accepted.published();
        return new Situation.Candidate(
                version(), spec, stageOnly, new Deployment.Origin(published.author(), published.reason()));
    }

    RulesetImage.Refusal refusal() {
        return new RulesetImage.Refusal(version(), accepted.offset(), problems);
    }

    /** The first error, for people. */
    String firstProblem() {
        return problems.stream()
                .filter(Problem::isError)
                .findFirst()
                .map(Problem::message)
                .orElse("no reason is known");
    }
}
