package dev.sluice.evaluation;

import org.jspecify.annotations.Nullable;

/** Where an event stands in time and stream. */
public interface Moment {

    /** Time of the event, milliseconds since the epoch. */
    long eventMs();

    /** Greatest event time that the task has seen, this event included. */
    long streamMs();

    /** Stream time by which the event may be late: the task's, but for an event that comes from another one. */
    default long lateByMs() {
        return streamMs();
    }

    /** Of the event; null for none. */
    @Nullable String key();

    /** {@code TOPIC-PARTITION-OFFSET}; empty when it is not known. */
    String position();

    /** A moment by its parts. */
    record At(long eventMs, long streamMs, @Nullable String key, String position) implements Moment {}

    /**
     * A moment in the task that an event was handed to. Windows there wait for the slowest source of events; the event is late
     * all the same when it was in its own.
     *
     * @param sent in the task that handed over
     * @param streamMs of the task that received
     */
    record HandedOver(Moment sent, long streamMs) implements Moment {

        @Override
        public long eventMs() {
            return sent.eventMs();
        }

        @Override
        public long lateByMs() {
            return Math.max(sent.streamMs(), streamMs);
        }

        @Override
        public @Nullable String key() {
            return sent.key();
        }

        @Override
        public String position() {
            return sent.position();
        }
    }
}
