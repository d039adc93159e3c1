package dev.sluice.deployment;

import dev.sluice.deployment.Answer.Refusal;
import dev.sluice.deployment.Deployment.Origin;
import dev.sluice.deployment.Quarantine.State;
import dev.sluice.deployment.QuarantineDecision.Change;
import java.util.List;

/**
 * Decides which rules of a ruleset are set apart, for they cost its events too much, and which are let back. A function of its
 * arguments; who takes over goes on with the same quarantines, and knows no failures of before.
 *
 * <p>Where a version is taken back for its health, its rules are not judged: one failure has one consequence.
 */
public final class QuarantineDecider {
    private QuarantineDecider() {}

    /** What follows from a look at the world: a rule over its budget, a trial that is over, a rule that is no more. */
    public static QuarantineDecision look(RuleSituation situation) {
        QuarantineLook look = new QuarantineLook(situation);
        look.clearUp();
        look.tryOut();
        look.judge();
        return new QuarantineDecision(look.changes(), null);
    }

    /** What follows from the command {@code release}: the rule is on trial. */
    public static QuarantineDecision release(Command.Release move, Origin origin, RuleSituation situation) {
        Quarantine before = situation.quarantines().get(move.rule());
        if (before == null) {
            return refused(Refusal.RULE_NOT_IN_QUARANTINE.with(nothingToRelease(move, situation)));
        }
        if (!before.isApart()) {
            return refused(Refusal.ALREADY_ON_TRIAL.with("rule " + move.rule() + " of " + situation.ruleset()
                    + " is since " + before.since() + ", until " + before.until() + " at the earliest; wait"));
        }
        Origin why = new Origin(origin.actor(), origin.reason("released"));
        Quarantine next = before.in(State.TRIAL, situation.now(), why)
                .until(situation.now().plus(situation.budget().trial()));
        return new QuarantineDecision(
                List.of(new Change(before, next, why, RuleFigures.NONE)), new Answer.Released(next));
    }

    private static QuarantineDecision refused(Answer.Refused refused) {
        return new QuarantineDecision(List.of(), refused);
    }

    private static String nothingToRelease(Command.Release move, RuleSituation situation) {
        String others = String.join(", ", situation.quarantines().keySet());
        return "rule '" + move.rule() + "' of " + situation.ruleset() + " is not; "
                + (others.isEmpty() ? "none of its rules is" : "those that are: " + others);
    }
}
