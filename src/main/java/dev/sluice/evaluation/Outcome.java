package dev.sluice.evaluation;

import java.util.ArrayList;
import java.util.List;

/** Matches and failures of one event as they are found. */
final class Outcome {
    private final List<Match> matches = new ArrayList<>();
    private final List<RuleFailure> failures = new ArrayList<>();

    void add(Match match) {
        matches.add(match);
    }

    void add(RuleFailure failure) {
        failures.add(failure);
    }

    Evaluation toEvaluation() {
        return new Evaluation(matches, failures);
    }
}
