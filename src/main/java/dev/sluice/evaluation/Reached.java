package dev.sluice.evaluation;

import dev.sluice.evaluation.Handover.Way;
import java.util.Objects;

/**
 * A windowed rule that an event came to, or time.
 *
 * @param moment of the event, or of the newest event where time passed
 */
record Reached(IndexedRule indexed, String path, Occasion occasion, Moment moment) {

    WindowedRule windowed() {
        return Objects.requireNonNull(indexed.windowed(), "only a windowed rule is reached");
    }

    RuleFailure failure(Exception reason) {
        return failure(String.valueOf(reason.getMessage()));
    }

    RuleFailure failure(String reason) {
        return new RuleFailure(indexed.ruleset(), indexed.rule(), path, reason);
    }

    LateEvent late() {
        return new LateEvent(indexed.ruleset(), indexed.rule(), path);
    }

    Way way() {
        return new Way(indexed.ruleset(), indexed.rule(), path, occasion, moment);
    }

    /** The same with another version of the rule, or with a silent one. */
    Reached with(IndexedRule other) {
        return new Reached(other, path, occasion, moment);
    }
}
