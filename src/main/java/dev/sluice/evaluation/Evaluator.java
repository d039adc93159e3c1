package dev.sluice.evaluation;

import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.EvaluationException;
import dev.sluice.rule.Event;
import dev.sluice.rule.EventType;
import dev.sluice.rule.Expression;
import dev.sluice.ruleset.Ruleset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Evaluates events with the active rulesets. Keeps its working memory from event to event: one a thread. */
public final class Evaluator {
    /** By depth of the chain: while the rules of one event are gone through, those chained to them are found. */
    private final List<Hits> hitsByDepth = new ArrayList<>(List.of(new Hits()));

    private final Outcome outcome = new Outcome();
    private RuleIndexes indexes = RuleIndexes.NONE;
    private @Nullable EventType type;
    private @Nullable RuleIndex index;

    /**
     * All matches of {@code event}, chained rules included, and all failures; never throws for an event's sake.
     *
     * <p>Order: rulesets by name; rules as in the file, or by priority where the first match decides; after a match the
     * rules that read what it emitted. Where the first match decides, neither a match nor a failure of a later rule
     * counts; a rule whose condition fails does not decide.
     */
    public Evaluation evaluate(RuleIndexes with, Event event) {
        RuleIndex rules = index(with, event.type());
        if (rules == null) {
            return Evaluation.NOTHING;
        }
        Hits hits = hitsByDepth.get(0);
        rules.find(event, hits);
        if (hits.size() == 0) {
            return Evaluation.NOTHING;
        }
        act(rules, event, "", 0);
        return outcome.take();
    }

    /** Events of one type mostly come one after another. */
    @SuppressWarnings("ReferenceEquality")
    private @Nullable RuleIndex index(RuleIndexes with, EventType of) {
        if (with != indexes || of != type) {
            indexes = with;
            type = of;
            index = with.of(of);
        }
        return index;
    }

    /**
     * Goes through what was found for the event.
     *
     * @param chain path of the rule that emitted the event, with {@code >}; empty for an event of a topic
     */
    @SuppressWarnings("ReferenceEquality")
    private void act(RuleIndex rules, Event event, String chain, int depth) {
        Hits hits = hitsByDepth.get(depth);
        Ruleset decided = null;
        for (int i = 0; i < hits.size(); i++) {
            IndexedRule indexed = rules.rule(hits.slot(i));
            Ruleset ruleset = indexed.ruleset();
            if (ruleset == decided) {
                continue;
            }
            CompiledRule rule = indexed.rule();
            String path = chain.isEmpty() ? indexed.id() : chain + indexed.id();
            try {
                if (!hits.isSuspect(i) || matches(rule, event)) {
                    decided = indexed.isDeciding() ? ruleset : null;
                    Match match = new Match(ruleset, rule, path, values(indexed.values(), event));
                    outcome.add(match);
                    if (indexed.isChained()) {
                        follow(match, depth + 1);
                    }
                }
            } catch (EvaluationException e) {
                outcome.add(new RuleFailure(ruleset, rule, path, String.valueOf(e.getMessage())));
            }
        }
    }

    /** What the whole condition of a suspect says. */
    private static boolean matches(CompiledRule rule, Event event) throws EvaluationException {
        Expression when = rule.when();
        return when == null || when.test(event);
    }

    private void follow(Match match, int depth) {
        EventType emitted = match.rule().emit().type();
        RuleIndex chained = indexes.of(match.ruleset(), emitted);
        if (chained == null) {
            return;
        }
        if (depth == hitsByDepth.size()) {
            hitsByDepth.add(new Hits());
        }
        Event event = new EmittedEvent(emitted, match.values());
        chained.find(event, hitsByDepth.get(depth));
        act(chained, event, match.path() + ">", depth);
    }

    private static List<@Nullable Object> values(Expression[] expressions, Event event) throws EvaluationException {
        @Nullable Object[] values = new @Nullable Object[expressions.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = expressions[i].evaluate(event);
        }
        return new EmittedValues(values);
    }
}
