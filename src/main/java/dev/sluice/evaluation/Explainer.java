package dev.sluice.evaluation;

import dev.sluice.evaluation.Explanation.Outcome;
import dev.sluice.evaluation.Explanation.Tested;
import dev.sluice.evaluation.Explanation.Truth;
import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.EvaluationException;
import dev.sluice.rule.Event;
import dev.sluice.rule.Expression;
import dev.sluice.rule.Field;
import dev.sluice.rule.Mode;
import dev.sluice.rule.Predicate;
import dev.sluice.rule.Windowing;
import dev.sluice.ruleset.Ruleset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Evaluates every rule of a ruleset, without an index, and keeps an account of each step. Slow, for people. */
public final class Explainer {
    private final Ruleset ruleset;
    private final List<Explanation> explanations = new ArrayList<>();

    private Explainer(Ruleset ruleset) {
        this.ruleset = ruleset;
    }

    /**
     * What each rule that reads the event, or what another rule emitted for it, made of it; in the order of evaluation,
     * after a match the rules chained to it. Last the rules that go by the clock.
     */
    public static List<Explanation> explain(Ruleset ruleset, Event event) {
        Explainer explainer = new Explainer(ruleset);
        explainer.explain(event, "");
        ruleset.timers().forEach(rule -> explainer.add(rule, rule.id(), new Verdict(Outcome.BY_TIME, "")));
        return List.copyOf(explainer.explanations);
    }

    private void explain(Event event, String chain) {
        String decided = "";
        for (CompiledRule rule : RuleIndexes.inOrder(ruleset, event.type().name())) {
            String path = chain + rule.id();
            if (!decided.isEmpty()) {
                add(rule, path, new Verdict(Outcome.NOT_REACHED, "rule " + decided + " decided"));
                continue;
            }
            if (explain(rule, path, event) && ruleset.mode() == Mode.FIRST_MATCH) {
                decided = path;
            }
        }
    }

    private record Verdict(Outcome outcome, String reason) {}

    private void add(CompiledRule rule, String path, Verdict verdict) {
        explanations.add(new Explanation(rule, path, verdict.outcome(), List.of(), Map.of(), verdict.reason()));
    }

    /** Whether the condition holds. */
    private boolean explain(CompiledRule rule, String path, Event event) {
        List<List<Tested>> alternatives = new ArrayList<>();
        for (List<Predicate> alternative : rule.condition().alternatives()) {
            alternatives.add(alternative.stream()
                    .map(predicate -> tested(predicate.expression(), event))
                    .toList());
        }
        boolean holds;
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        Verdict verdict;
        try {
            Expression when = rule.when();
            holds = when == null || when.test(event);
            verdict = new Verdict(holds ? Outcome.MATCHED : Outcome.NOT_MATCHED, "");
        } catch (EvaluationException e) {
            holds = false;
            verdict = new Verdict(Outcome.FAILED, String.valueOf(e.getMessage()));
        }
        List<@Nullable Object> emitted = new ArrayList<>();
        Windowing windowing = rule.windowing();
        if (holds && windowing != null) {
            verdict = add(windowing, event, values);
        } else if (holds) {
            verdict = emit(rule, event, emitted, verdict);
        }
        if (verdict.outcome() == Outcome.MATCHED) {
            for (int i = 0; i < emitted.size(); i++) {
                values.put(rule.emit().type().fields().get(i).name(), emitted.get(i));
            }
        }
        explanations.add(new Explanation(rule, path, verdict.outcome(), alternatives, values, verdict.reason()));
        if (verdict.outcome() == Outcome.MATCHED) {
            explain(new EmittedEvent(rule.emit().type(), emitted), path + ">");
        }
        return holds;
    }

    private static Verdict emit(CompiledRule rule, Event event, List<@Nullable Object> emitted, Verdict matched) {
        List<Field> fields = rule.emit().type().fields();
        for (int i = 0; i < fields.size(); i++) {
            try {
                emitted.add(rule.emit().values().get(i).evaluate(event));
            } catch (EvaluationException e) {
                return new Verdict(Outcome.FAILED, "emit field " + fields.get(i).name() + ": " + e.getMessage());
            }
        }
        return matched;
    }

    /** What goes into the window; nothing when a part of it fails. */
    private static Verdict add(Windowing windowing, Event event, Map<String, @Nullable Object> values) {
        Map<String, Expression> added = new LinkedHashMap<>();
        windowing.partitionBy().forEach(part -> added.put(part.source(), part));
        for (Windowing.Aggregate aggregate : windowing.aggregates()) {
            // Those with no name of the event's scope only carry its fields.
            if (aggregate.argument() != null && windowing.scope().type().position(aggregate.name()) >= 0) {
                added.put(aggregate.name(), aggregate.argument());
            }
        }
        for (Map.Entry<String, Expression> part : added.entrySet()) {
            try {
                values.put(part.getKey(), part.getValue().evaluate(event));
            } catch (EvaluationException e) {
                values.clear();
                return new Verdict(Outcome.FAILED, part.getKey() + ": " + e.getMessage());
            }
        }
        return new Verdict(Outcome.WINDOWED, "");
    }

    private static Tested tested(Expression expression, Event event) {
        Map<String, @Nullable Object> seen = new LinkedHashMap<>();
        for (Field field : event.type().fields()) {
            if (expression.fields().contains(field.name())) {
                seen.put(field.name(), event.value(event.type().position(field.name())));
            }
        }
        try {
            boolean holds = expression.test(event);
            return new Tested(expression.source(), holds ? Truth.TRUE : Truth.FALSE, seen, "");
        } catch (EvaluationException e) {
            return new Tested(expression.source(), Truth.FAILED, seen, String.valueOf(e.getMessage()));
        }
    }
}
