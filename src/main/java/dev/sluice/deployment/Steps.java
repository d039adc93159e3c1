package dev.sluice.deployment;

import static dev.sluice.deployment.Course.ITSELF;

import dev.sluice.deployment.DeploymentState.Active;
import dev.sluice.deployment.DeploymentState.Paused;
import dev.sluice.deployment.DeploymentState.Preparing;
import dev.sluice.deployment.DeploymentState.RolledBack;
import dev.sluice.deployment.DeploymentState.RollingBack;
import dev.sluice.deployment.DeploymentState.RollingOut;
import dev.sluice.deployment.DeploymentState.Staged;
import dev.sluice.deployment.FleetView.Instance;
import dev.sluice.text.TimeText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** What happens to a deployment by itself: by reports, by health, by time. */
final class Steps {
    private static final String WAITS_FOR_FLEET = "its time has come, but not all instances are prepared any more";

    private final Course course;
    private final Situation situation;
    private final Instant now;

    private Steps(Course course, Situation situation) {
        this.course = course;
        this.situation = situation;
        this.now = situation.now();
    }

    /** Steps until nothing is due: a step may make the next one due at once. */
    static void takeAll(Course course, Situation situation) {
        Steps steps = new Steps(course, situation);
        Deployment before = null;
        for (Deployment of = course.deployment(); of != null && !of.equals(before); of = course.deployment()) {
            before = of;
            steps.take(of);
        }
    }

    private void take(Deployment of) {
        DeploymentState state = of.state();
        if (state instanceof Preparing preparing) {
            prepare(of, preparing);
        } else if (state instanceof Staged staged) {
            goOn(of, staged);
        } else if (state instanceof RollingOut rolling) {
            rollOut(of, rolling);
        } else if (state instanceof Paused paused) {
            watch(of, paused.was().since());
        } else if (state instanceof Active active) {
            bake(of, active);
        } else if (state instanceof RollingBack back) {
            rollBack(of, back);
        }
    }

    private void prepare(Deployment of, Preparing preparing) {
        Readiness readiness = Readiness.of(of, situation);
        if (readiness.isMet()) {
            course.prepared(of);
        } else if (!readiness.canBeMet()) {
            course.fail(of, readiness.refusals());
        } else if (situation.isPast(preparing.deadline(), of.spec().deadline())) {
            course.fail(of, "not prepared within " + TimeText.of(of.spec().deadline()) + ": " + readiness.missing());
        }
    }

    /** Instances may have joined since the fleet was prepared: they have their time, too. */
    private void goOn(Deployment of, Staged staged) {
        Instant due = staged.goesOnAt();
        if (due == null || due.isAfter(now)) {
            return;
        }
        Readiness readiness = Readiness.of(of, situation);
        if (readiness.isMet() && (course.maySplit() || !Course.isSplit(of))) {
            course.rollOut(of, ITSELF, "it is time");
        } else if (readiness.isMet()) {
            await(of, staged, course.waitsToSplit());
        } else if (!readiness.canBeMet()) {
            course.fail(of, readiness.refusals());
        } else if (!staged.reason().equals(WAITS_FOR_FLEET)) {
            await(of, staged, WAITS_FOR_FLEET);
        } else if (situation.isPast(due.plus(of.spec().deadline()), of.spec().deadline())) {
            course.fail(
                    of,
                    "when its time had come, not prepared within "
                            + TimeText.of(of.spec().deadline()) + ": " + readiness.missing());
        }
    }

    private void await(Deployment of, Staged staged, String what) {
        if (!staged.reason().equals(what)) {
            course.to(of, new Staged(staged.since(), now, what), ITSELF, what);
        }
    }

    private void rollOut(Deployment of, RollingOut rolling) {
        Verdict verdict = verdict(of, rolling.since());
        if (verdict instanceof Verdict.Fail fail) {
            breach(of, fail);
            return;
        }
        Strategy strategy = Course.effective(of);
        if (strategy instanceof Strategy.Canary canary) {
            if (canary.advance() == Strategy.Advance.AUTOMATIC) {
                advance(of, rolling, canary.stageDuration(), verdict);
            }
        } else if (strategy instanceof Strategy.AbTest test && isOver(rolling.since(), test.duration())) {
            end(of, rolling, test);
        }
    }

    private boolean isOver(Instant since, Duration duration) {
        return !since.plus(duration).isAfter(now);
    }

    /** Since when the stage is watched by who decides now. */
    private Instant watched(RollingOut rolling) {
        Instant since = situation.watchedSince();
        return since.isAfter(rolling.since()) ? since : rolling.since();
    }

    /** Too few evaluations: the stage is given its time once more, then somebody has to look. */
    private void advance(Deployment of, RollingOut rolling, Duration duration, Verdict verdict) {
        if (verdict instanceof Verdict.Pass && isOver(rolling.since(), duration)) {
            course.stage(of, rolling.stage() + 1, ITSELF, "stage passed");
        } else if (verdict instanceof Verdict.Inconclusive inconclusive) {
            if (isOver(watched(rolling), duration.multipliedBy(2))) {
                course.to(of, new Paused(now, rolling, inconclusive.reason()), ITSELF, inconclusive.reason());
            } else if (!rolling.extended() && isOver(watched(rolling), duration)) {
                course.to(
                        of,
                        new RollingOut(rolling.since(), rolling.stage(), rolling.weight(), true),
                        ITSELF,
                        "stage extended: " + inconclusive.reason());
            }
        }
    }

    /** A test by figures needs those of all its time; who took over within waits for as much, once. */
    private void end(Deployment of, RollingOut rolling, Strategy.AbTest test) {
        Figures a = situation.health().since(rolling.since(), of.before().orElseThrow());
        Figures b = situation.health().since(rolling.since(), of.version());
        AbResult result = AbResult.of(test.winner(), a, b, of.spec().health().minimumSample());
        boolean isWatched = test.winner() == Strategy.Winner.MANUAL || isOver(watched(rolling), test.duration());
        boolean isLate = isOver(rolling.since(), test.duration().multipliedBy(2));
        if (!isWatched && (!isLate || result.outcome() == AbResult.Outcome.OPEN)) {
            return;
        }
        switch (result.outcome()) {
            case A -> course.rollBack(of, ITSELF, result.reason());
            case B -> course.activate(of, ITSELF, result.reason());
            case OPEN -> course.to(of, new Paused(now, rolling, result.reason()), ITSELF, result.reason());
        }
    }

    private void watch(Deployment of, Instant since) {
        if (verdict(of, since) instanceof Verdict.Fail fail
                && of.spec().health().onBreach() == HealthPolicy.OnBreach.ROLLBACK) {
            course.rollBack(of, ITSELF, fail.reason());
        }
    }

    private void bake(Deployment of, Active active) {
        if (active.bakedAt() == null) {
            return;
        }
        if (of.before().isPresent()) {
            watch(of, active.since());
        }
        if (of.equals(course.deployment()) && !active.bakedAt().isAfter(now)) {
            course.quietly(of.with(new Active(active.since(), null)));
        }
    }

    private void breach(Deployment of, Verdict.Fail fail) {
        if (of.spec().health().onBreach() == HealthPolicy.OnBreach.ROLLBACK) {
            course.rollBack(of, ITSELF, fail.reason());
        } else {
            of.rolling()
                    .ifPresent(
                            rolling -> course.to(of, new Paused(now, rolling, fail.reason()), ITSELF, fail.reason()));
        }
    }

    /** A silent instance is not waited for: it goes back when it wakes up, before it evaluates on. */
    private void rollBack(Deployment of, RollingBack back) {
        List<Instance> behind = situation.fleet().present(now).stream()
                .filter(instance -> !isBack(of, instance))
                .toList();
        boolean isDone = behind.stream().allMatch(instance -> instance.isSilent(now));
        if (behind.isEmpty()) {
            course.to(of, new RolledBack(now, back.reason()), ITSELF, "every instance is back");
        } else if (isDone) {
            course.to(
                    of,
                    new RolledBack(now, back.reason()),
                    ITSELF,
                    "every instance is back that is heard of; silent: " + ids(behind));
        } else if (situation.isPast(
                back.since().plus(of.spec().deadline()), of.spec().deadline())) {
            course.to(of, new RolledBack(now, back.reason()), ITSELF, "not confirmed by " + ids(behind));
        }
    }

    private static String ids(List<Instance> instances) {
        return instances.stream().map(Instance::id).collect(Collectors.joining(", "));
    }

    /** One that serves nothing will begin with what serves. */
    private static boolean isBack(Deployment of, Instance instance) {
        boolean serves = instance.serving() == null
                || Objects.equals(instance.serving(), of.routing().stable());
        return serves && !Objects.equals(instance.candidate(), of.version());
    }

    private Verdict verdict(Deployment of, Instant since) {
        return Health.verdict(of, situation, since);
    }
}
