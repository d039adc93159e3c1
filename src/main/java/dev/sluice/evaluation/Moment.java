package dev.sluice.evaluation;

import org.jspecify.annotations.Nullable;

/** Where an event stands in time and stream. */
public interface Moment {

    /** Time of the event, milliseconds since the epoch. */
    long eventMs();

    /** Greatest event time that the task has seen, this event included. */
    long streamMs();

    /** Of the event; null for none. */
    @Nullable String key();

    /** {@code TOPIC-PARTITION-OFFSET}; empty when it is not known. */
    String position();

    /** A moment by its parts. */
    record At(long eventMs, long streamMs, @Nullable String key, String position) implements Moment {}
}
