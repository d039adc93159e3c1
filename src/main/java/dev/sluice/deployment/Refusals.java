package dev.sluice.deployment;

import dev.sluice.deployment.Answer.Refusal;
import dev.sluice.deployment.DeploymentState.Active;
import dev.sluice.deployment.DeploymentState.Paused;
import dev.sluice.deployment.DeploymentState.Preparing;
import dev.sluice.deployment.DeploymentState.RollingBack;
import dev.sluice.deployment.DeploymentState.RollingOut;
import dev.sluice.deployment.DeploymentState.Staged;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Why commands are refused, in words: what, which one, and what to do instead. */
final class Refusals {
    private final String ruleset;

    Refusals(String ruleset) {
        this.ruleset = ruleset;
    }

    static RefusedException refused(Refusal code, String detail) {
        return new RefusedException(code.with(detail));
    }

    RefusedException nothingDeployed() {
        return refused(
                Refusal.NO_ACTIVE_DEPLOYMENT, "nothing of ruleset " + ruleset + " was deployed yet; publish a version");
    }

    /** Nothing is under way. */
    RefusedException notUnderWay(Deployment of) {
        return refused(Refusal.NO_ACTIVE_DEPLOYMENT, stands(of) + " already; " + instead(of.state()));
    }

    RefusedException wrongState(Deployment of, Command.Move move, String needed) {
        return refused(
                Refusal.NOT_ALLOWED,
                stands(of) + ", and " + move.word() + " needs " + needed + "; " + instead(of.state()));
    }

    RefusedException noSuchVersion(long version, Collection<Long> there) {
        return refused(
                Refusal.VERSION_NOT_FOUND,
                ruleset + " has no version " + version + " on the control topic; there are " + text(there));
    }

    RefusedException neverActive(long version, List<Long> were) {
        return refused(
                Refusal.VERSION_NOT_FOUND,
                "version " + version + " of " + ruleset + " was not active before"
                        + (were.isEmpty() ? "" : "; those that were: " + text(were))
                        + "; activate deploys any version");
    }

    RefusedException nothingBefore(Deployment of) {
        String instead = of.state().isOver() ? "publish or activate another version" : "abort takes it back";
        return refused(Refusal.NO_PREVIOUS_VERSION, stands(of) + ", and no version was active before it; " + instead);
    }

    /** What serves now was the first. */
    RefusedException nothingBeforeStable(Deployment of, long stable) {
        return refused(
                Refusal.NO_PREVIOUS_VERSION,
                stands(of) + " already, version " + stable + " serves all keys, and no other was active before it; "
                        + instead(of.state()));
    }

    RefusedException backAlready(Deployment of, List<Long> further) {
        return refused(
                Refusal.NO_ACTIVE_DEPLOYMENT,
                stands(of) + " already, and version " + of.before().orElseThrow()
                        + " serves all keys; to go further back, name one of " + text(further));
    }

    RefusedException servesAlready(long version, String instead) {
        return refused(Refusal.NOT_ALLOWED, "version " + version + " of " + ruleset + " serves already; " + instead);
    }

    RefusedException isItself(Deployment of, String instead) {
        return refused(Refusal.NOT_ALLOWED, stands(of) + " already; " + instead);
    }

    String stands(Deployment of) {
        return "version " + of.version() + " of " + ruleset + " is "
                + of.state().word();
    }

    /** What can be done in a state. */
    static String instead(DeploymentState state) {
        if (state instanceof Preparing) {
            return "wait until the fleet is prepared, or abort";
        } else if (state instanceof Staged) {
            return "activate, promote or abort it";
        } else if (state instanceof RollingOut) {
            return "pause, promote, abort or roll it back";
        } else if (state instanceof Paused) {
            return "resume, promote, abort or roll it back";
        } else if (state instanceof RollingBack) {
            return "wait until every instance is back";
        }
        return state instanceof Active
                ? "roll it back, or publish or activate another version"
                : "publish a corrected version, or activate one";
    }

    static String text(Collection<Long> versions) {
        String text = versions.stream().map(String::valueOf).collect(Collectors.joining(", "));
        return text.isEmpty() ? "none" : text;
    }
}
