package dev.sluice.evaluation;

import dev.sluice.rule.Event;
import dev.sluice.ruleset.ActiveRulesets;

/** Evaluates events with the active rulesets. Stateless; one for all threads. */
public final class Evaluator {

    /** All matches of {@code event}, chained rules included, and all failures; never throws for an event's sake. */
    public Evaluation evaluate(ActiveRulesets rulesets, Event event) {
        throw new UnsupportedOperationException("to be written: " + rulesets + event);
    }
}
