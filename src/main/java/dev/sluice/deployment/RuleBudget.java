package dev.sluice.deployment;

import java.time.Duration;

/**
 * What a rule may cost the events of its ruleset before it is set apart.
 *
 * @param errorRate share of the evaluations of its version in which it may fail, 0 to 1
 * @param minimumErrors failures under which nothing is judged
 * @param timeouts evaluations in the window that it alone may hold up longer than their time budget
 * @param window the last so much time is judged
 * @param trial how long a rule that was released is on trial, at least
 */
public record RuleBudget(double errorRate, long minimumErrors, long timeouts, Duration window, Duration trial) {
    public static final RuleBudget DEFAULT = new RuleBudget(0.05, 20, 20, Duration.ofMinutes(1), Duration.ofMinutes(1));
}
