package dev.sluice.evaluation;

import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.Emit;
import dev.sluice.rule.EvaluationException;
import dev.sluice.rule.Event;
import dev.sluice.rule.Expression;
import dev.sluice.ruleset.ActiveRulesets;
import dev.sluice.ruleset.Ruleset;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Evaluates events with the active rulesets. Stateless; one for all threads. */
public final class Evaluator {

    /**
     * All matches of {@code event}, chained rules included, and all failures; never throws for an event's sake.
     *
     * <p>Order: rulesets by name, rules as in the file, and after a match the rules that read what it emitted.
     */
    public Evaluation evaluate(ActiveRulesets rulesets, Event event) {
        // Most events match nothing: lists are walked by index and the outcome is made on first use.
        Outcome outcome = null;
        List<Ruleset> inOrder = rulesets.inOrder();
        for (int i = 0; i < inOrder.size(); i++) {
            outcome = evaluate(inOrder.get(i), event, "", outcome);
        }
        return outcome == null ? Evaluation.NOTHING : outcome.toEvaluation();
    }

    private @Nullable Outcome evaluate(Ruleset ruleset, Event event, String chain, @Nullable Outcome before) {
        Outcome outcome = before;
        List<CompiledRule> rules = ruleset.rulesFor(event.type().name());
        for (int i = 0; i < rules.size(); i++) {
            CompiledRule rule = rules.get(i);
            try {
                if (matches(rule, event)) {
                    Match match = new Match(ruleset, rule, chain + rule.id(), values(rule.emit(), event));
                    outcome = outcome == null ? new Outcome() : outcome;
                    outcome.add(match);
                    EmittedEvent emitted = new EmittedEvent(rule.emit().type(), match.values());
                    outcome = evaluate(ruleset, emitted, match.path() + ">", outcome);
                }
            } catch (EvaluationException e) {
                outcome = outcome == null ? new Outcome() : outcome;
                outcome.add(new RuleFailure(ruleset, rule, chain + rule.id(), String.valueOf(e.getMessage())));
            }
        }
        return outcome;
    }

    private static boolean matches(CompiledRule rule, Event event) throws EvaluationException {
        Expression when = rule.when();
        return when == null || Boolean.TRUE.equals(when.evaluate(event));
    }

    private static List<@Nullable Object> values(Emit emit, Event event) throws EvaluationException {
        @Nullable Object[] values = new @Nullable Object[emit.values().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = emit.values().get(i).evaluate(event);
        }
        return Collections.unmodifiableList(Arrays.asList(values));
    }
}
