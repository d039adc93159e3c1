package dev.sluice.evaluation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Matches and failures of one event as they are found. Used again for each event; most have one match. */
final class Outcome {
    private @Nullable Match first;
    /** But for the first. */
    private final List<Match> matches = new ArrayList<>();

    private final List<RuleFailure> failures = new ArrayList<>();

    void add(Match match) {
        if (first == null) {
            first = match;
        } else {
            matches.add(match);
        }
    }

    void add(RuleFailure failure) {
        failures.add(failure);
    }

    /** What was found; afterwards nothing is. */
    Evaluation take() {
        Match one = first;
        first = null;
        if (one != null && matches.isEmpty() && failures.isEmpty()) {
            return new Evaluation(List.of(one), List.of());
        }
        if (one != null) {
            matches.add(0, one);
        }
        Evaluation taken = new Evaluation(matches, failures);
        matches.clear();
        failures.clear();
        return taken;
    }
}
