package dev.sluice.evaluation;

import dev.sluice.rule.Event;
import dev.sluice.rule.EventType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a rule emitted, as an event for the rules that read its type. */
record EmittedEvent(EventType type, List<@Nullable Object> values) implements Event {
    @Override
    public @Nullable Object value(int position) {
        return values.get(position);
    }
}
