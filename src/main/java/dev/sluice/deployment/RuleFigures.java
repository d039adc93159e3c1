package dev.sluice.deployment;

import java.util.Optional;

/**
 * What a rule is judged by.
 *
 * @param evaluations of its version, in the time that is judged
 * @param failures of the rule in that time
 */
public record RuleFigures(long evaluations, RuleFailures failures) {
    public static final RuleFigures NONE = new RuleFigures(0, RuleFailures.NONE);

    RuleFigures plus(RuleFigures other) {
        return new RuleFigures(evaluations + other.evaluations, failures.plus(other.failures));
    }

    /** What is over the budget, for users; empty when nothing is. */
    Optional<String> breach(RuleBudget budget) {
        if (failures.timeouts() >= budget.timeouts()) {
            return Optional.of("it held up %d evaluations longer than their time budget; %d are too many"
                    .formatted(failures.timeouts(), budget.timeouts()));
        }
        if (failures.errors() < budget.minimumErrors() || rate().atLeast() <= budget.errorRate()) {
            return Optional.empty();
        }
        return Optional.of("it failed %d times in %d evaluations, more than %s"
                .formatted(failures.errors(), evaluations, ErrorRate.percent(budget.errorRate())));
    }

    /** Of one event a rule may fail for many windows, and by the clock without any. */
    private ErrorRate rate() {
        return new ErrorRate(failures.errors(), Math.max(evaluations, failures.errors()));
    }
}
