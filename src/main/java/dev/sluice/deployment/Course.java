package dev.sluice.deployment;

import dev.sluice.deployment.Deployment.Origin;
import dev.sluice.deployment.DeploymentState.Active;
import dev.sluice.deployment.DeploymentState.Failed;
import dev.sluice.deployment.DeploymentState.Preparing;
import dev.sluice.deployment.DeploymentState.RolledBack;
import dev.sluice.deployment.DeploymentState.RollingBack;
import dev.sluice.deployment.DeploymentState.RollingOut;
import dev.sluice.deployment.DeploymentState.Staged;
import dev.sluice.deployment.Situation.Candidate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The steps that one decision takes, each from what the one before left. One use. */
final class Course {
    /** Who does what happens by itself. */
    static final Origin ITSELF = new Origin("sluice", "");

    private final String ruleset;
    private final Instant now;
    private final int splitsMax;
    private final boolean maySplit;
    private final List<Decision.Transition> transitions = new ArrayList<>();
    private @Nullable Deployment deployment;
    private boolean changed;

    Course(@Nullable Deployment deployment, Situation situation) {
        this.deployment = deployment;
        this.ruleset = situation.ruleset();
        this.now = situation.now();
        this.splitsMax = situation.splitsMax();
        this.maySplit = situation.splits() < splitsMax;
    }

    @Nullable Deployment deployment() {
        return deployment;
    }

    Decision decision() {
        return changed ? new Decision(deployment, null, transitions) : Decision.NOTHING;
    }

    Decision answered() {
        if (deployment == null) {
            throw new IllegalStateException("an accepted command leaves a deployment");
        }
        return new Decision(changed ? deployment : null, new Answer.Accepted(deployment.state()), transitions);
    }

    /** What runs now is superseded; its keys go back to the stable version at once. */
    void begin(Candidate candidate, Origin origin, String reason) {
        Deployment before = deployment;
        if (before != null && !before.state().isOver()) {
            note(before, before.state().word(), "Superseded", origin, "by version " + candidate.version());
        }
        deployment = new Deployment(
                ruleset,
                candidate.version(),
                before == null ? 1 : before.attempt() + 1,
                candidate.spec(),
                new Preparing(now, now.plus(candidate.spec().deadline())),
                before == null ? List.of() : before.lineageOfNext(),
                Math.max(candidate.version(), before == null ? 0 : before.seen()),
                candidate.stageOnly(),
                origin);
        changed = true;
        note(deployment, "", deployment.state().word(), origin, reason);
    }

    /** The fleet is prepared. */
    void prepared(Deployment of) {
        Strategy strategy = of.spec().strategy();
        if (of.stageOnly()) {
            to(of, new Staged(now, null, "waits to be activated"), ITSELF, "the fleet is prepared");
            return;
        }
        boolean warms = of.before().isPresent() && !of.spec().warmup().isZero();
        Instant warm = warms ? now.plus(of.spec().warmup()) : now;
        if (strategy instanceof Strategy.Scheduled scheduled && scheduled.at().isAfter(warm)) {
            to(of, new Staged(now, scheduled.at(), "scheduled"), ITSELF, "the fleet is prepared");
        } else if (warm.isAfter(now)) {
            to(of, new Staged(now, warm, "its windows are fed"), ITSELF, "the fleet is prepared");
        } else {
            rollOut(of, ITSELF, "the fleet is prepared");
        }
    }

    /** The first keys; all of them where the strategy wants it or there is no version to leave the others to. */
    void rollOut(Deployment of, Origin origin, String reason) {
        Strategy strategy = effective(of);
        if (of.before().isEmpty() || strategy instanceof Strategy.BlueGreen) {
            activate(of, origin, reason);
        } else if (!maySplit) {
            to(of, new Staged(now, now, waitsToSplit()), origin, reason);
        } else if (strategy instanceof Strategy.Canary) {
            stage(of, 0, origin, reason);
        } else if (strategy instanceof Strategy.AbTest test) {
            int weight = (int) Math.round((1 - test.ratio()) * KeySplit.BUCKETS);
            to(of, new RollingOut(now, 0, weight, false), origin, reason);
        } else {
            throw new IllegalStateException("a strategy that is no strategy: " + strategy);
        }
    }

    boolean maySplit() {
        return maySplit;
    }

    String waitsToSplit() {
        return "waits for one of " + splitsMax + " other rulesets that are split";
    }

    /** Whether its strategy gives the version a share of the keys only. */
    static boolean isSplit(Deployment of) {
        return of.before().isPresent() && !(effective(of) instanceof Strategy.BlueGreen);
    }

    static Strategy effective(Deployment of) {
        return of.spec().strategy() instanceof Strategy.Scheduled scheduled
                ? scheduled.then()
                : of.spec().strategy();
    }

    /** A stage of a canary; the last one is all keys. */
    void stage(Deployment of, int stage, Origin origin, String reason) {
        if (!(effective(of) instanceof Strategy.Canary canary)) {
            throw new IllegalStateException("only a canary has stages");
        }
        int percent = canary.stages().get(stage);
        if (percent == 100) {
            activate(of, origin, reason);
        } else {
            to(of, new RollingOut(now, stage, percent * (KeySplit.BUCKETS / 100), false), origin, reason);
        }
    }

    void activate(Deployment of, Origin origin, String reason) {
        Duration bake = of.spec().bake();
        to(of, new Active(now, bake.isZero() ? null : now.plus(bake)), origin, reason);
    }

    /** To the version before; where the version never had a key there is nothing to go back from. */
    void rollBack(Deployment of, Origin origin, String reason) {
        if (of.state() instanceof Preparing || of.state() instanceof Staged) {
            to(of, new RolledBack(now, reason), origin, reason);
        } else {
            to(of, new RollingBack(now, reason), origin, reason);
        }
    }

    /** Of a version that was active before the one under way. */
    void rollBackActive(Deployment of, Origin origin, String reason) {
        deployment = of.with(new RollingBack(now, reason));
        changed = true;
        note(of, "Active", deployment.state().word(), origin, reason);
    }

    void fail(Deployment of, String reason) {
        to(of, new Failed(now, reason), ITSELF, reason);
    }

    void to(Deployment of, DeploymentState next, Origin origin, String reason) {
        note(of, of.state().word(), next.word(), origin, reason);
        deployment = of.with(next);
        changed = true;
    }

    /** A change of what is remembered only; nobody is told. */
    void quietly(Deployment next) {
        deployment = next;
        changed = true;
    }

    private void note(Deployment of, String from, String to, Origin origin, String reason) {
        transitions.add(new Decision.Transition(of.version(), of.attempt(), from, to, origin.actor(), reason));
    }
}
