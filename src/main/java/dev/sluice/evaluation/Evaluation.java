package dev.sluice.evaluation;

import java.util.List;

/**
 * What the active rulesets made of one event, or of time that passed.
 *
 * @param failures every rule that failed
 * @param handovers what other tasks must look at
 * @param late every rule that the event came too late for
 * @param owed every rule that is set apart and would have been asked
 */
public record Evaluation(
        List<Match> matches,
        List<RuleFailure> failures,
        List<Handover> handovers,
        List<LateEvent> late,
        List<Owed> owed) {
    public static final Evaluation NOTHING = new Evaluation(List.of(), List.of());

    public Evaluation {
        matches = List.copyOf(matches);
        failures = List.copyOf(failures);
        handovers = List.copyOf(handovers);
        late = List.copyOf(late);
        owed = List.copyOf(owed);
    }

    /** One without windows, where no rule is set apart. */
    public Evaluation(List<Match> matches, List<RuleFailure> failures) {
        this(matches, failures, List.of(), List.of(), List.of());
    }

    /** Whether there is nothing to send or to count. */
    public boolean isNothing() {
        return matches.isEmpty() && failures.isEmpty() && handovers.isEmpty() && late.isEmpty() && owed.isEmpty();
    }
}
