package dev.sluice.deployment;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where a deployment stands. {@code since} is always the instant at which the state began. */
public sealed interface DeploymentState {
    Instant since();

    /** Instances compile the version; it gets no key. */
    record Preparing(Instant since, Instant deadline) implements DeploymentState {}

    /**
     * The fleet is prepared; the version gets no key, its own window state is fed.
     *
     * @param goesOnAt when it goes on by itself; null: when it is told to
     * @param reason what it waits for
     */
    record Staged(Instant since, @Nullable Instant goesOnAt, String reason) implements DeploymentState {}

    /**
     * A share of the keys is the candidate's.
     *
     * @param stage number of the stage, from 0
     * @param weight buckets of {@link KeySplit} that are the candidate's
     * @param extended whether the stage's time was over before there was a sample to judge
     */
    record RollingOut(Instant since, int stage, int weight, boolean extended) implements DeploymentState {
        public int percent() {
            return weight * 100 / KeySplit.BUCKETS;
        }
    }

    /**
     * All keys are the version's.
     *
     * @param bakedAt until when its health is watched; null: it is over
     */
    record Active(Instant since, @Nullable Instant bakedAt) implements DeploymentState {}

    /**
     * Stands still until it is resumed, promoted or aborted; the keys stay where they are.
     *
     * @param was the stage that it stands in
     */
    record Paused(Instant since, RollingOut was, String reason) implements DeploymentState {}

    /** No key is the version's any more; until all instances say so. */
    record RollingBack(Instant since, String reason) implements DeploymentState {}

    /** Every instance is back. */
    record RolledBack(Instant since, String reason) implements DeploymentState {}

    /** The version never got a key. */
    record Failed(Instant since, String reason) implements DeploymentState {}

    /** The word that users see. */
    default String word() {
        return getClass().getSimpleName();
    }

    /** Whether nothing more will happen by itself or by time, health watched after the last key apart. */
    default boolean isOver() {
        return this instanceof Active || this instanceof RolledBack || this instanceof Failed;
    }
}
