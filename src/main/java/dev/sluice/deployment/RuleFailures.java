package dev.sluice.deployment;

/**
 * How often a rule failed the events of its ruleset.
 *
 * @param errors failures of its expressions
 * @param timeouts evaluations that it alone held up longer than their time budget
 */
public record RuleFailures(long errors, long timeouts) implements Counters<RuleFailures> {
    public static final RuleFailures NONE = new RuleFailures(0, 0);

    @Override
    public RuleFailures plus(RuleFailures other) {
        return new RuleFailures(errors + other.errors, timeouts + other.timeouts);
    }

    @Override
    public RuleFailures minus(RuleFailures before) {
        return new RuleFailures(Math.max(0, errors - before.errors), Math.max(0, timeouts - before.timeouts));
    }

    @Override
    public boolean isBegunAnewSince(RuleFailures before) {
        return errors < before.errors || timeouts < before.timeouts;
    }

    /** Whether there are so many that anything is to be judged. */
    boolean matter(RuleBudget budget) {
        return errors >= budget.minimumErrors() || timeouts >= budget.timeouts();
    }
}
