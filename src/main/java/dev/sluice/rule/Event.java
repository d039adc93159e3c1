package dev.sluice.rule;

import org.jspecify.annotations.Nullable;

/** One event, read by field position. Confined to the thread that evaluates it. */
public interface Event {

    EventType type();

    /** The value of the field at {@code position}, in the Java class that {@link ValueType} states. */
    @Nullable Object value(int position);
}
