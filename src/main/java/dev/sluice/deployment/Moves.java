package dev.sluice.deployment;

import static dev.sluice.deployment.Refusals.refused;

import dev.sluice.deployment.Answer.Refusal;
import dev.sluice.deployment.Deployment.Origin;
import dev.sluice.deployment.DeploymentState.Active;
import dev.sluice.deployment.DeploymentState.Paused;
import dev.sluice.deployment.DeploymentState.Preparing;
import dev.sluice.deployment.DeploymentState.RollingBack;
import dev.sluice.deployment.DeploymentState.RollingOut;
import dev.sluice.deployment.DeploymentState.Staged;
import dev.sluice.deployment.Situation.Candidate;
import dev.sluice.text.TimeText;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The commands: what each does in each state, or why it is refused. */
final class Moves {
    private final Course course;
    private final Origin origin;
    private final Situation situation;
    private final Instant now;
    private final Refusals refusals;

    Moves(Course course, Origin origin, Situation situation) {
        this.course = course;
        this.origin = origin;
        this.situation = situation;
        this.now = situation.now();
        this.refusals = new Refusals(situation.ruleset());
    }

    void make(Command.Move move) throws RefusedException {
        if (move instanceof Command.Activate activate) {
            activate(activate.version());
            return;
        }
        Deployment of = course.deployment();
        if (of == null) {
            throw refusals.nothingDeployed();
        }
        if (move instanceof Command.Rollback rollback) {
            new Rollbacks(course, origin, situation).rollBack(of, rollback.to());
        } else if (of.state().isOver() || of.state() instanceof RollingBack) {
            throw refusals.notUnderWay(of);
        } else if (move instanceof Command.Advance) {
            advance(of, move);
        } else if (move instanceof Command.Pause) {
            pause(of, move);
        } else if (move instanceof Command.Resume) {
            resume(of, move);
        } else if (move instanceof Command.Promote) {
            promote(of, move);
        } else if (move instanceof Command.Abort) {
            course.rollBack(of, origin, origin.reason("aborted"));
        } else {
            throw new IllegalArgumentException(move.word() + " is no move of a deployment");
        }
    }

    private void activate(@Nullable Long version) throws RefusedException {
        Deployment of = course.deployment();
        if (of != null && of.state() instanceof Staged staged && (version == null || version == of.version())) {
            activate(of, staged);
        } else if (version != null) {
            deploy(of, version);
        } else if (of == null) {
            throw refusals.nothingDeployed();
        } else if (!of.state().isOver()) {
            throw refusals.wrongState(of, new Command.Activate(null), "a staged version");
        } else {
            throw refused(
                    Refusal.NO_ACTIVE_DEPLOYMENT,
                    refusals.stands(of) + ", and no version is staged; name the version to activate");
        }
    }

    /** A version of the topic, as its publisher wanted it deployed. */
    private void deploy(@Nullable Deployment of, long version) throws RefusedException {
        Candidate candidate = situation.candidates().get(version);
        if (candidate == null) {
            throw refusals.noSuchVersion(version, situation.candidates().keySet());
        }
        String refusal = candidate.refusal();
        if (refusal != null) {
            throw refused(Refusal.BAD_DEPLOYMENT, "version " + version + " of " + situation.ruleset() + ": " + refusal);
        }
        if (of != null) {
            boolean isGone = of.state().isOver() && !(of.state() instanceof Active);
            if (of.version() == version && !isGone) {
                throw refusals.isItself(of, Refusals.instead(of.state()));
            }
            if (of.serving().isPresent() && of.serving().getAsLong() == version) {
                throw refusals.servesAlready(
                        version, isGone ? "activate another version" : "abort what is under way to stay with it");
            }
        }
        course.begin(new Candidate(version, candidate.spec(), false, origin), origin, origin.reason("activated"));
    }

    private void activate(Deployment of, Staged staged) throws RefusedException {
        requireItsTime(of);
        requirePrepared(of);
        if (!course.maySplit() && Course.isSplit(of)) {
            throw refused(
                    Refusal.NOT_ALLOWED,
                    situation.splitsMax() + " other rulesets are split now, and version " + of.version() + " of "
                            + of.ruleset() + " cannot be; wait for one of them, or promote gives it all keys");
        }
        Instant warm = staged.since().plus(of.spec().warmup());
        if (staged.goesOnAt() == null && of.before().isPresent() && warm.isAfter(now)) {
            course.to(of, new Staged(staged.since(), warm, "its windows are fed"), origin, origin.reason("activated"));
        } else {
            course.rollOut(of, origin, origin.reason("activated"));
        }
    }

    private void requireItsTime(Deployment of) throws RefusedException {
        if (of.spec().strategy() instanceof Strategy.Scheduled scheduled
                && scheduled.at().isAfter(now)) {
            throw refused(
                    Refusal.ACTIVATION_TIME_NOT_REACHED,
                    "version " + of.version() + " of " + of.ruleset() + " is scheduled for " + scheduled.at()
                            + ", and it is " + now + "; wait, or publish it without a schedule");
        }
    }

    private void requirePrepared(Deployment of) throws RefusedException {
        Readiness readiness = Readiness.of(of, situation);
        if (!readiness.isMet()) {
            throw refused(
                    Refusal.NOT_PREPARED,
                    "version " + of.version() + " of " + of.ruleset() + ": " + readiness.missing()
                            + "; wait for it, or abort");
        }
    }

    private void advance(Deployment of, Command.Move move) throws RefusedException {
        if (!(Course.effective(of) instanceof Strategy.Canary canary)) {
            throw refused(
                    Refusal.NOT_ALLOWED,
                    "only a canary has stages, and version " + of.version() + " of " + of.ruleset() + " is deployed by "
                            + Course.effective(of).name() + "; promote gives it all keys");
        }
        if (!(of.state() instanceof RollingOut rolling)) {
            throw refusals.wrongState(of, move, "RollingOut");
        }
        Duration left = Duration.between(now, rolling.since().plus(canary.stageDuration()));
        if (left.compareTo(Duration.ZERO) > 0) {
            throw refused(
                    Refusal.STAGE_TIME_NOT_OVER,
                    "the stage of " + rolling.percent() + " % of version " + of.version() + " of " + of.ruleset()
                            + " goes on for " + TimeText.of(left) + "; wait, or promote gives it all keys");
        }
        if (Health.verdict(of, situation, rolling.since()) instanceof Verdict.Fail fail) {
            throw refused(
                    Refusal.NOT_HEALTHY,
                    "version " + of.version() + " of " + of.ruleset() + ": " + fail.reason() + "; abort it");
        }
        course.stage(of, rolling.stage() + 1, origin, origin.reason("advanced"));
    }

    private void pause(Deployment of, Command.Move move) throws RefusedException {
        if (!(of.state() instanceof RollingOut rolling)) {
            throw refusals.wrongState(of, move, "RollingOut");
        }
        String reason = origin.reason("paused");
        course.to(of, new Paused(now, rolling, reason), origin, reason);
    }

    /** The stage begins anew: what was seen before the pause says little of what comes. */
    private void resume(Deployment of, Command.Move move) throws RefusedException {
        if (!(of.state() instanceof Paused paused)) {
            throw refusals.wrongState(of, move, "Paused");
        }
        RollingOut was = paused.was();
        course.to(of, new RollingOut(now, was.stage(), was.weight(), false), origin, origin.reason("resumed"));
    }

    private void promote(Deployment of, Command.Move move) throws RefusedException {
        if (of.state() instanceof Preparing) {
            throw refusals.wrongState(of, move, "Staged, RollingOut or Paused");
        }
        if (of.state() instanceof Staged) {
            requireItsTime(of);
        }
        requirePrepared(of);
        course.activate(of, origin, origin.reason("promoted"));
    }
}
