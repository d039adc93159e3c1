package dev.sluice.evaluation;

import java.util.List;

/** What the active rulesets made of one event: every match, and every rule that failed. */
public record Evaluation(List<Match> matches, List<RuleFailure> failures) {
    public static final Evaluation NOTHING = new Evaluation(List.of(), List.of());

    public Evaluation {
        matches = List.copyOf(matches);
        failures = List.copyOf(failures);
    }
}
