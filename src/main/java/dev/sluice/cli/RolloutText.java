package dev.sluice.cli;

import dev.sluice.app.Standing;
import dev.sluice.deployment.Deployment;
import dev.sluice.deployment.DeploymentState.Active;
import dev.sluice.deployment.DeploymentState.Paused;
import dev.sluice.deployment.DeploymentState.Preparing;
import dev.sluice.deployment.DeploymentState.RollingOut;
import dev.sluice.deployment.KeySplit;
import dev.sluice.deployment.Strategy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A rollout on one line. */
final class RolloutText {
    private static final int BAR = 20;

    private RolloutText() {}

    /** The line that is drawn again and again: state, share as a bar, what is left of the stage, who is prepared. */
    static String line(Standing standing) {
        if (standing.deployment().isEmpty() || standing.phase() == Standing.Phase.WAITING) {
            return "version " + standing.version() + "  written, not begun";
        }
        Deployment of = standing.deployment().get();
        List<String> parts = new ArrayList<>();
        parts.add(of.ruleset() + " version " + of.version());
        parts.add(of.state().word());
        parts.add(bar(StateText.weight(of)) + " " + StateText.percent(of));
        if (of.state() instanceof Paused paused) {
            parts.add(paused.reason());
            return String.join("  ", parts);
        }
        stage(of, standing.now()).ifPresent(parts::add);
        if (standing.instances() > 0 && !(of.state() instanceof Active)) {
            parts.add("prepared " + standing.prepared() + "/" + standing.instances());
        }
        return String.join("  ", parts);
    }

    /** What a change of state is told as where no line can be drawn again. */
    static String transition(Deployment of) {
        String share = of.state() instanceof RollingOut || of.state() instanceof Paused
                ? " " + StateText.percent(of) + " of the keys"
                : "";
        String number = stageNumber(of).map(text -> ", " + text).orElse("");
        String extended = of.state() instanceof RollingOut rolling && rolling.extended()
                ? ", given its time again: too few evaluations"
                : "";
        String reason = StateText.reason(of.state());
        return of.state().since() + "  " + of.ruleset() + " version " + of.version() + "  "
                + of.state().word() + share + number + extended + (reason.isEmpty() ? "" : ": " + reason);
    }

    /** Where a deployment stands now, as the answer to a command. */
    static String standing(Deployment of) {
        String share = StateText.stage(of.state()).isPresent() ? " " + StateText.percent(of) + " of the keys" : "";
        String number = stageNumber(of).map(text -> ", " + text).orElse("");
        String reason = StateText.reason(of.state());
        String serves = of.serving().isPresent() && of.serving().getAsLong() != of.version()
                ? "; version " + of.serving().getAsLong() + " is active"
                : "";
        return of.ruleset() + " version " + of.version() + ": " + of.state().word() + share + number
                + (reason.isEmpty() ? "" : ": " + reason) + serves;
    }

    static String bar(int weight) {
        int full = (int) Math.round((double) BAR * weight / KeySplit.BUCKETS);
        return "[" + "#".repeat(full) + ".".repeat(BAR - full) + "]";
    }

    private static Optional<String> stage(Deployment of, Instant now) {
        String number = stageNumber(of).map(text -> text + ", ").orElse("");
        Optional<Instant> until = StateText.until(of);
        if (until.isEmpty()) {
            return number.isEmpty() ? Optional.empty() : Optional.of(number.substring(0, number.length() - 2));
        }
        String left = TimeText.left(until.get(), now);
        if (of.state() instanceof RollingOut && !until.get().isAfter(now)) {
            return Optional.of(number + (isManual(of) ? "waits for 'sluice advance'" : "its time is over"));
        }
        if (of.state() instanceof Preparing) {
            return Optional.of("deadline in " + left);
        }
        return Optional.of(of.state() instanceof Active ? "watched for " + left : number + left + " left");
    }

    private static boolean isManual(Deployment of) {
        return StateText.effective(of.spec().strategy()) instanceof Strategy.Canary canary
                && canary.advance() == Strategy.Advance.MANUAL;
    }

    private static Optional<String> stageNumber(Deployment of) {
        return StateText.effective(of.spec().strategy()) instanceof Strategy.Canary canary
                ? StateText.stage(of.state())
                        .map(stage -> "stage " + (stage.stage() + 1) + " of "
                                + canary.stages().size())
                : Optional.empty();
    }
}
