package dev.sluice.evaluation;

import java.util.ArrayList;
import java.util.List;

/** Matches and failures of one event as they are found. Used again for each event. */
final class Outcome {
    private final List<Match> matches = new ArrayList<>();
    private final List<RuleFailure> failures = new ArrayList<>();

    void add(Match match) {
        matches.add(match);
    }

    void add(RuleFailure failure) {
        failures.add(failure);
    }

    /** What was found; afterwards nothing is. */
    Evaluation take() {
        if (matches.isEmpty() && failures.isEmpty()) {
            return Evaluation.NOTHING;
        }
        return new Evaluation(taken(matches), taken(failures));
    }

    private static <T> List<T> taken(List<T> found) {
        List<T> taken = found.isEmpty() ? List.of() : found.size() == 1 ? List.of(found.get(0)) : List.copyOf(found);
        found.clear();
        return taken;
    }
}
