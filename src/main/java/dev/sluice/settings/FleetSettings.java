package dev.sluice.settings;

import dev.sluice.deployment.DeploymentTemplates;
import dev.sluice.deployment.RuleBudget;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** What a settings file says. What it leaves out is each instance's own. */
public record FleetSettings(Limits limits, Budgets budgets, DeploymentTemplates templates, Monitoring monitoring) {
    /** Nothing is said. */
    public static final FleetSettings NONE =
            new FleetSettings(Limits.NONE, Budgets.NONE, DeploymentTemplates.NONE, Monitoring.NONE);

    /**
     * What evaluations and versions may cost.
     *
     * @param evaluationBudgetUs an evaluation that takes longer is a timeout, microseconds
     * @param versionsKept accepted versions of a ruleset that stay on the control topic
     * @param splits rulesets whose keys may be split at one time
     */
    public record Limits(OptionalLong evaluationBudgetUs, OptionalLong versionsKept, OptionalLong splits) {
        public static final Limits NONE = new Limits(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
    }

    /** What a rule may cost, as {@link RuleBudget} has it. */
    public record Budgets(
            OptionalDouble errorRate,
            OptionalLong minimumErrors,
            OptionalLong timeouts,
            Optional<Duration> window,
            Optional<Duration> trial) {
        public static final Budgets NONE = new Budgets(
                OptionalDouble.empty(), OptionalLong.empty(), OptionalLong.empty(), Optional.empty(), Optional.empty());

        RuleBudget over(RuleBudget own) {
            return new RuleBudget(
                    errorRate.orElse(own.errorRate()),
                    minimumErrors.orElse(own.minimumErrors()),
                    timeouts.orElse(own.timeouts()),
                    window.orElse(own.window()),
                    trial.orElse(own.trial()));
        }
    }

    /**
     * How often instances report and measure.
     *
     * @param heartbeatMs interval of reports, milliseconds
     * @param figuresMs that interval while a version is watched, milliseconds
     * @param timedEvaluations one in so many is timed while nothing is watched; a power of two
     */
    public record Monitoring(OptionalLong heartbeatMs, OptionalLong figuresMs, OptionalLong timedEvaluations) {
        public static final Monitoring NONE =
                new Monitoring(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
    }

    /** What holds on an instance. */
    public SettingsInForce over(SettingsInForce own) {
        return new SettingsInForce(
                limits.evaluationBudgetUs().orElse(own.evaluationBudgetUs()),
                (int) limits.versionsKept().orElse(own.versionsKept()),
                (int) limits.splits().orElse(own.splits()),
                budgets.over(own.budget()),
                new SettingsInForce.Pace(
                        monitoring.heartbeatMs().orElse(own.pace().heartbeatMs()),
                        monitoring.figuresMs().orElse(own.pace().figuresMs()),
                        (int) monitoring.timedEvaluations().orElse(own.pace().timedEvaluations())));
    }

    /** What is said, as text by the path that it has in a settings file, in the order of such a file. */
    public Map<String, String> definition() {
        return SettingsText.of(this);
    }
}
