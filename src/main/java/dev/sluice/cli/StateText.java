package dev.sluice.cli;

import dev.sluice.deployment.Deployment;
import dev.sluice.deployment.DeploymentState;
import dev.sluice.deployment.DeploymentState.Active;
import dev.sluice.deployment.DeploymentState.Failed;
import dev.sluice.deployment.DeploymentState.Paused;
import dev.sluice.deployment.DeploymentState.Preparing;
import dev.sluice.deployment.DeploymentState.RolledBack;
import dev.sluice.deployment.DeploymentState.RollingBack;
import dev.sluice.deployment.DeploymentState.RollingOut;
import dev.sluice.deployment.DeploymentState.Staged;
import dev.sluice.deployment.KeySplit;
import dev.sluice.deployment.Strategy;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Where a deployment stands, in the words of the terminal. */
final class StateText {
    private StateText() {}

    /** Why it is in its state, or what it waits for; empty when the state says all. */
    static String reason(DeploymentState state) {
        if (state instanceof Staged staged) {
            String at = staged.goesOnAt() == null ? "" : ", goes on at " + staged.goesOnAt();
            return staged.reason() + at;
        }
        if (state instanceof Paused paused) {
            return paused.reason();
        }
        if (state instanceof RollingBack back) {
            return back.reason();
        }
        if (state instanceof RolledBack back) {
            return back.reason();
        }
        return state instanceof Failed failed ? failed.reason() : "";
    }

    /** The stage that it is in, also while it stands still. */
    static Optional<RollingOut> stage(DeploymentState state) {
        if (state instanceof RollingOut rolling) {
            return Optional.of(rolling);
        }
        return state instanceof Paused paused ? Optional.of(paused.was()) : Optional.empty();
    }

    /** Share of the keys that the version has: {@code 25 %}, {@code 12.5 %}. */
    static String percent(Deployment of) {
        return percent(weight(of));
    }

    static String percent(int weight) {
        double percent = 100.0 * weight / KeySplit.BUCKETS;
        return percent == Math.rint(percent)
                ? String.format(Locale.ROOT, "%.0f %%", percent)
                : String.format(Locale.ROOT, "%.1f %%", percent);
    }

    /** Buckets of 10,000 that are the version's. */
    static int weight(Deployment of) {
        return of.state() instanceof Active
                ? KeySplit.BUCKETS
                : stage(of.state()).map(RollingOut::weight).orElse(0);
    }

    /** When something happens by itself: the end of a stage, a deadline, a start, the end of the watch. */
    static Optional<Instant> until(Deployment of) {
        DeploymentState state = of.state();
        if (state instanceof Preparing preparing) {
            return Optional.of(preparing.deadline());
        }
        if (state instanceof Staged staged) {
            return Optional.ofNullable(staged.goesOnAt());
        }
        if (state instanceof Active active) {
            return Optional.ofNullable(active.bakedAt());
        }
        return state instanceof RollingOut rolling ? stageEnd(of, rolling) : Optional.empty();
    }

    private static Optional<Instant> stageEnd(Deployment of, RollingOut rolling) {
        Strategy strategy = effective(of.spec().strategy());
        if (strategy instanceof Strategy.Canary canary) {
            return Optional.of(rolling.since().plus(canary.stageDuration().multipliedBy(rolling.extended() ? 2 : 1)));
        }
        return strategy instanceof Strategy.AbTest test
                ? Optional.of(rolling.since().plus(test.duration()))
                : Optional.empty();
    }

    /** What a scheduled strategy is from its time on. */
    static Strategy effective(Strategy strategy) {
        return strategy instanceof Strategy.Scheduled scheduled ? scheduled.then() : strategy;
    }

    /** Whether it gives the version a share of the keys only, and takes its time. */
    static boolean isGradual(Strategy strategy) {
        return !(effective(strategy) instanceof Strategy.BlueGreen);
    }
}
