package dev.sluice.settings;

import dev.sluice.deployment.RuleBudget;
import dev.sluice.deployment.Situation;
import java.util.Map;

/**
 * What holds on one instance: the fleet's settings over its own.
 *
 * @param evaluationBudgetUs an evaluation that takes longer is a timeout, microseconds
 * @param versionsKept accepted versions of a ruleset that stay on the control topic
 * @param splits rulesets whose keys may be split at one time
 * @param budget what a rule may cost
 */
public record SettingsInForce(long evaluationBudgetUs, int versionsKept, int splits, RuleBudget budget, Pace pace) {
    /** Where neither the fleet nor the instance says anything. */
    public static final SettingsInForce DEFAULT =
            new SettingsInForce(10_000, 10, Situation.SPLITS_MAX, RuleBudget.DEFAULT, new Pace(1_000, 500, 64));

    /**
     * How often an instance reports and measures.
     *
     * @param heartbeatMs interval of reports, milliseconds
     * @param figuresMs that interval while a version is watched, milliseconds
     * @param timedEvaluations one in so many is timed while nothing is watched; a power of two
     */
    public record Pace(long heartbeatMs, long figuresMs, int timedEvaluations) {

        /** Milliseconds after which the next report comes at the latest. */
        public long reportsMs(Watch watch) {
            return watch == Watch.ON ? Math.min(figuresMs, heartbeatMs) : heartbeatMs;
        }
    }

    /** Whether the health of any version is looked at. */
    public enum Watch {
        ON,
        OFF
    }

    /** Each as text by the path that it has in a settings file. */
    public Map<String, String> definition() {
        return SettingsText.of(this);
    }
}
