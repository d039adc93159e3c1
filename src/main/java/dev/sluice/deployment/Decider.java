package dev.sluice.deployment;

import dev.sluice.deployment.Situation.Candidate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides about the deployment of one ruleset. A function of its arguments: who takes over with the same deployment decides
 * the same, timers included, and waits where only figures and reports of before could tell.
 */
public final class Decider {
    private Decider() {}

    /**
     * What follows from a look at the world: a version to begin with, a stage that is over, a breach.
     *
     * @param now null while the ruleset was never deployed
     */
    public static Decision look(@Nullable Deployment now, Situation situation) {
        Course course = new Course(now, situation);
        Candidate newest = newest(now, situation);
        if (newest != null) {
            begin(course, newest);
        }
        Steps.takeAll(course, situation);
        return course.decision();
    }

    /**
     * What follows from a command.
     *
     * @param now null while the ruleset was never deployed
     */
    public static Decision command(@Nullable Deployment now, Command command, Situation situation) {
        Course course = new Course(now, situation);
        try {
            new Moves(course, command.origin(), situation).make(command.move());
        } catch (RefusedException e) {
            return new Decision(null, e.refused(), List.of());
        }
        Steps.takeAll(course, situation);
        return course.answered();
    }

    private static void begin(Course course, Candidate newest) {
        course.begin(newest, newest.origin(), newest.origin().reason("published"));
        Deployment begun = course.deployment();
        if (newest.refusal() != null && begun != null) {
            course.fail(begun, newest.refusal());
        }
    }

    /** The highest version, when it was not looked at yet. */
    private static @Nullable Candidate newest(@Nullable Deployment now, Situation situation) {
        if (situation.candidates().isEmpty()) {
            return null;
        }
        long highest = situation.candidates().lastKey();
        return now == null || highest > now.seen() ? situation.candidates().get(highest) : null;
    }
}
