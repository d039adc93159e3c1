package dev.sluice.deployment;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the decider decided: all of it is written, or none.
 *
 * @param deployment as it is from now on; null: as it was
 * @param answer to the command; null where there was none
 * @param transitions what happened, in order
 */
public record Decision(
        @Nullable Deployment deployment, @Nullable Answer answer, List<Transition> transitions) {
    static final Decision NOTHING = new Decision(null, null, List.of());

    /**
     * One step of a deployment.
     *
     * @param from word of the state before; empty where a deployment begins
     * @param to word of the state after
     * @param by who asked for it; {@code sluice} for what happens by itself
     */
    public record Transition(long version, long attempt, String from, String to, String by, String reason) {}

    public Decision {
        transitions = List.copyOf(transitions);
    }

    public Optional<Deployment> next() {
        return Optional.ofNullable(deployment);
    }
}
