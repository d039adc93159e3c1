package dev.sluice.deployment;

import java.time.Duration;

/**
 * What a rule may cost the events of its ruleset before it is set apart.
 *
 * @param errorRate share of the evaluations of its version in which it may fail, 0 to 1
 * @param minimumErrors failures under which nothing is judged; 1 at least
 * @param timeouts evaluations in the window that are too many to hold up alone longer than their time budget; 1 at least
 * @param window the last so much time is judged
 * @param trial how long a rule that was released is on trial, at least
 */
public record RuleBudget(double errorRate, long minimumErrors, long timeouts, Duration window, Duration trial) {
    public static final RuleBudget DEFAULT = new RuleBudget(0.05, 20, 20, Duration.ofMinutes(1), Duration.ofMinutes(1));

    private static final long PARTS_ON_TRIAL = 4;

    /** @throws IllegalArgumentException when the rate is no share, or a bound under which every rule would be */
    public RuleBudget {
        if (!(errorRate >= 0 && errorRate <= 1)) {
            throw new IllegalArgumentException("an error rate is from 0 to 1: " + errorRate);
        }
        if (minimumErrors < 1 || timeouts < 1) {
            throw new IllegalArgumentException("a rule without a failure is within its budget: " + minimumErrors
                    + " errors, " + timeouts + " timeouts");
        }
    }

    /** That of a rule on trial: a quarter of the failures and timeouts is enough. */
    RuleBudget ofTrial() {
        return new RuleBudget(
                errorRate,
                Math.max(1, minimumErrors / PARTS_ON_TRIAL),
                Math.max(1, timeouts / PARTS_ON_TRIAL),
                window,
                trial);
    }

    /** Evaluations in which as many failures as matter would be just the error rate. Example: 20 at 5 % are 400. */
    long sample() {
        return errorRate > 0 ? (long) Math.ceil(minimumErrors / errorRate) : minimumErrors;
    }
}
