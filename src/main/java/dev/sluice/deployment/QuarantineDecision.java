package dev.sluice.deployment;

import dev.sluice.deployment.Deployment.Origin;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What was decided about the rules of a ruleset: all of it is written, or none.
 *
 * @param changes in order
 * @param answer to the command; null where there was none
 */
public record QuarantineDecision(
        List<Change> changes, @Nullable Answer answer) {
    /** The word for a rule that is as any other again. */
    public static final String RELEASED = "Released";

    public QuarantineDecision {
        changes = List.copyOf(changes);
    }

    /**
     * A rule was set apart, tried or released.
     *
     * @param before null: it was as any other
     * @param next null: it is as any other from now on
     * @param origin who brought that about, and why
     * @param seen what it was judged by
     */
    public record Change(
            @Nullable Quarantine before, @Nullable Quarantine next, Origin origin, RuleFigures seen) {

        /** How it stands with the rule now, else how it stood. */
        public Quarantine subject() {
            return next == null ? Objects.requireNonNull(before, "a change changes something") : next;
        }

        /** The state before; empty for none. */
        public String from() {
            return before == null ? "" : before.state().word();
        }

        public String to() {
            return next == null ? RELEASED : next.state().word();
        }
    }
}
