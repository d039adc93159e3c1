package dev.sluice.rule.plan;

import dev.sluice.rule.Event;
import dev.sluice.rule.EventType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event with one field, at position 0. */
record OneField(@Nullable Object value) implements Event {
    @Override
    public EventType type() {
        return new EventType("OneField", List.of());
    }

    @Override
    public @Nullable Object value(int position) {
        return value;
    }
}
