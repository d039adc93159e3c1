package dev.sluice.deployment;

import org.jspecify.annotations.Nullable;

/**
 * What somebody wants of a deployment, or of a rule in quarantine.
 *
 * @param id unique; the answer bears it
 */
public record Command(String id, Deployment.Origin origin, Move move) {

    /** The move that is asked for. */
    public sealed interface Move {
        /** The name in options. */
        default String word() {
            return getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * Lets a staged version go on, or deploys a version of the topic.
     *
     * @param version null: the staged one
     */
    public record Activate(@Nullable Long version) implements Move {}

    /** To the next stage. */
    public record Advance() implements Move {}

    public record Pause() implements Move {}

    public record Resume() implements Move {}

    /** To all keys at once. */
    public record Promote() implements Move {}

    /** Takes a version back that does not have all keys yet. */
    public record Abort() implements Move {}

    /**
     * Other settings for the whole fleet; of no ruleset.
     *
     * @param text the settings file; null takes all of them back
     */
    public record Settings(@Nullable String text) implements Move {}

    /**
     * Back to a version that was active before.
     *
     * @param to null: the last one
     */
    public record Rollback(@Nullable Long to) implements Move {}

    /** Lets a rule in quarantine back on trial. It is no move of a deployment. */
    public record Release(String rule) implements Move {}
}
