package dev.sluice.evaluation;

import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.Emit;
import dev.sluice.rule.EvaluationException;
import dev.sluice.rule.Event;
import dev.sluice.rule.EventType;
import dev.sluice.rule.Expression;
import dev.sluice.rule.Mode;
import dev.sluice.ruleset.Ruleset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Evaluates events with the active rulesets. Keeps its working memory from event to event: one a thread. */
public final class Evaluator {
    /** By depth of the chain: while the rules of one event are gone through, those chained to them are found. */
    private final List<Hits> hitsByDepth = new ArrayList<>(List.of(new Hits()));

    /**
     * All matches of {@code event}, chained rules included, and all failures; never throws for an event's sake.
     *
     * <p>Order: rulesets by name; rules as in the file, or by priority where the first match decides; after a match the
     * rules that read what it emitted. Where the first match decides, neither a match nor a failure of a later rule
     * counts; a rule that fails does not decide.
     */
    public Evaluation evaluate(RuleIndexes indexes, Event event) {
        RuleIndex index = indexes.of(event.type());
        if (index == null) {
            return Evaluation.NOTHING;
        }
        Hits hits = hitsByDepth.get(0);
        index.find(event, hits);
        // Most events match nothing: the outcome is made on first use.
        if (hits.size() == 0) {
            return Evaluation.NOTHING;
        }
        Run run = new Run(indexes);
        run.evaluate(index, event, new Way("", 0));
        return run.outcome.toEvaluation();
    }

    private Hits hits(int depth) {
        if (depth == hitsByDepth.size()) {
            hitsByDepth.add(new Hits());
        }
        return hitsByDepth.get(depth);
    }

    /** @param path of the rule that emitted the event, with {@code >}; empty for an event of a topic */
    private record Way(String path, int depth) {}

    /** The evaluation of one event that rules were found for. */
    private final class Run {
        private final RuleIndexes indexes;
        private final Outcome outcome = new Outcome();

        Run(RuleIndexes indexes) {
            this.indexes = indexes;
        }

        /** Goes through what was found for the event. */
        void evaluate(RuleIndex index, Event event, Way way) {
            Hits hits = hits(way.depth);
            Ruleset decided = null;
            for (int i = 0; i < hits.size(); i++) {
                int slot = hits.slot(i);
                Ruleset ruleset = index.ruleset(slot);
                if (ruleset == decided) {
                    continue;
                }
                Found found = new Found(
                        ruleset, index.rule(slot), way.path + index.rule(slot).id());
                boolean matches = !hits.isSuspect(i) || matches(found, event);
                if (matches) {
                    act(found, event, way.depth);
                    decided = ruleset.mode() == Mode.FIRST_MATCH ? ruleset : null;
                }
            }
        }

        /** What the whole condition of a suspect says. */
        private boolean matches(Found found, Event event) {
            Expression when = found.rule.when();
            try {
                return when == null || when.test(event);
            } catch (EvaluationException e) {
                fail(found, e);
                return false;
            }
        }

        private void act(Found found, Event event, int depth) {
            List<@Nullable Object> values;
            try {
                values = values(found.rule.emit(), event);
            } catch (EvaluationException e) {
                fail(found, e);
                return;
            }
            outcome.add(new Match(found.ruleset, found.rule, found.path, values));
            EventType emitted = found.rule.emit().type();
            RuleIndex chained = indexes.of(found.ruleset, emitted);
            if (chained != null) {
                Event next = new EmittedEvent(emitted, values);
                chained.find(next, hits(depth + 1));
                evaluate(chained, next, new Way(found.path + ">", depth + 1));
            }
        }

        private void fail(Found found, EvaluationException failure) {
            String reason = String.valueOf(failure.getMessage());
            outcome.add(new RuleFailure(found.ruleset, found.rule, found.path, reason));
        }
    }

    private record Found(Ruleset ruleset, CompiledRule rule, String path) {}

    private static List<@Nullable Object> values(Emit emit, Event event) throws EvaluationException {
        @Nullable Object[] values = new @Nullable Object[emit.values().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = emit.values().get(i).evaluate(event);
        }
        return Collections.unmodifiableList(Arrays.asList(values));
    }
}
