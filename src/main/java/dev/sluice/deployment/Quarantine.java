package dev.sluice.deployment;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A rule that went over its budget, set apart on the whole fleet, or on trial after that.
 *
 * @param digest of the rule's definition: a rule of the same id that says something else is not concerned
 * @param version in which it went over its budget
 * @param since when the state began
 * @param until when a trial is over at the earliest; null while it is apart
 * @param origin who brought the state about, and why
 */
public record Quarantine(
        String ruleset,
        String rule,
        String digest,
        long version,
        State state,
        Instant since,
        @Nullable Instant until,
        Deployment.Origin origin) {

    /** Where the rule stands. */
    public enum State {
        /** It is not evaluated. */
        APART("Apart"),
        /** It is evaluated, and set apart again at the first breach. */
        TRIAL("Trial");

        private final String word;

        State(String word) {
            this.word = word;
        }

        /** As records have it. */
        public String word() {
            return word;
        }
    }

    /** Whether the rule is not evaluated. */
    public boolean isApart() {
        return state == State.APART;
    }

    /** The same in another state; a trial has no end yet. */
    Quarantine in(State next, Instant at, Deployment.Origin who) {
        return new Quarantine(ruleset, rule, digest, version, next, at, null, who);
    }

    Quarantine until(Instant end) {
        return new Quarantine(ruleset, rule, digest, version, state, since, end, origin);
    }

    /** The same, gone over its budget in another version. */
    Quarantine of(long other) {
        return new Quarantine(ruleset, rule, digest, other, state, since, until, origin);
    }
}
