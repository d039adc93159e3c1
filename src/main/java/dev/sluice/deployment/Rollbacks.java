package dev.sluice.deployment;

import dev.sluice.deployment.Deployment.Origin;
import dev.sluice.deployment.DeploymentState.Active;
import dev.sluice.deployment.DeploymentState.RollingBack;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The command {@code rollback}: to the version that was active before, or to one that was before that. */
final class Rollbacks {
    private final Course course;
    private final Origin origin;
    private final Situation situation;
    private final Refusals refusals;

    Rollbacks(Course course, Origin origin, Situation situation) {
        this.course = course;
        this.origin = origin;
        this.situation = situation;
        this.refusals = new Refusals(situation.ruleset());
    }

    void rollBack(Deployment of, @Nullable Long to) throws RefusedException {
        if (of.state() instanceof RollingBack) {
            throw refusals.notUnderWay(of);
        }
        boolean isGone = of.state().isOver() && !(of.state() instanceof Active);
        if (to != null) {
            require(of, to, isGone);
        }
        if (isGone) {
            rollBackStable(of, to);
        } else if (of.before().isEmpty()) {
            throw refusals.nothingBefore(of);
        } else {
            Deployment back = cut(of, to);
            String reason = origin.reason("rolled back");
            if (back.before().equals(of.before())) {
                course.rollBack(of, origin, reason);
            } else {
                course.to(back, new RollingBack(situation.now(), reason), origin, reason);
            }
        }
    }

    private void require(Deployment of, long to, boolean isGone) throws RefusedException {
        if (!isGone && to == of.version()) {
            throw refusals.isItself(of, "name a version that was active before it");
        }
        if (!of.lineage().contains(to)) {
            throw refusals.neverActive(to, stillThere(of.lineage()));
        }
        if (!situation.candidates().containsKey(to)) {
            throw refusals.noSuchVersion(to, situation.candidates().keySet());
        }
    }

    /** The version under way is gone already: only who names a version wants to go back further. */
    private void rollBackStable(Deployment of, @Nullable Long to) throws RefusedException {
        List<Long> lineage = of.lineage();
        if (lineage.isEmpty()) {
            throw refusals.nothingBefore(of);
        }
        long stable = lineage.get(lineage.size() - 1);
        List<Long> further = lineage.subList(0, lineage.size() - 1);
        if (to == null) {
            List<Long> there = stillThere(further);
            throw there.isEmpty() ? refusals.nothingBeforeStable(of, stable) : refusals.backAlready(of, there);
        }
        if (to == stable) {
            throw refusals.servesAlready(to, "name a version that was active before it");
        }
        Deployment next = new Deployment(
                of.ruleset(), stable, of.attempt() + 1, of.spec(), of.state(), further, of.seen(), false, origin);
        course.rollBackActive(cut(next, to), origin, origin.reason("rolled back"));
    }

    /** Old versions are taken off the topic. */
    private List<Long> stillThere(List<Long> versions) {
        return versions.stream()
                .distinct()
                .filter(version -> situation.candidates().containsKey(version))
                .toList();
    }

    /** The lineage up to the version that is gone back to. */
    private static Deployment cut(Deployment of, @Nullable Long to) {
        return to == null
                ? of
                : of.withLineage(of.lineage().subList(0, of.lineage().lastIndexOf(to) + 1));
    }
}
