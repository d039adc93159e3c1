package dev.sluice.evaluation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What comes of one event as it is found. Used again for each event; most have one match. What is fed without a voice neither
 * fails nor is late, and owes nothing.
 */
final class Outcome {
    private @Nullable Match first;
    /** But for the first. */
    private final List<Match> matches = new ArrayList<>();

    private final List<RuleFailure> failures = new ArrayList<>();
    private final List<Handover> handovers = new ArrayList<>();
    private final List<LateEvent> late = new ArrayList<>();
    private final List<Owed> owed = new ArrayList<>();

    void add(Match match) {
        if (first == null) {
            first = match;
        } else {
            matches.add(match);
        }
    }

    void add(RuleFailure failure) {
        if (!failure.ruleset().isFed()) {
            failures.add(failure);
        }
    }

    void add(Handover handover) {
        handovers.add(handover);
    }

    void add(LateEvent event) {
        if (!event.ruleset().isFed()) {
            late.add(event);
        }
    }

    void add(Owed owing) {
        if (!owing.ruleset().isFed()) {
            owed.add(owing);
        }
    }

    /** What was found; afterwards nothing is. */
    Evaluation take() {
        Match one = first;
        first = null;
        boolean plain =
                matches.isEmpty() && failures.isEmpty() && handovers.isEmpty() && late.isEmpty() && owed.isEmpty();
        if (plain) {
            return one == null ? Evaluation.NOTHING : new Evaluation(List.of(one), List.of());
        }
        if (one != null) {
            matches.add(0, one);
        }
        Evaluation taken = new Evaluation(matches, failures, handovers, late, owed);
        matches.clear();
        failures.clear();
        handovers.clear();
        late.clear();
        owed.clear();
        return taken;
    }
}
