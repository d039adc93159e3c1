package dev.sluice.event;

import dev.sluice.rule.Event;
import dev.sluice.rule.EventType;
import org.jspecify.annotations.Nullable;

/**
 * An event in the bytes of its message: a field is decoded when it is first asked for, numbers without a box. Confined to
 * one thread.
 */
public final class EncodedEvent implements Event {
    private final EncodedEvents events;
    private final byte[] bytes;
    private final int[] starts;

    /** What has been decoded and is worth keeping; null before the first such field. */
    private @Nullable Object @Nullable [] kept;

    /** @param starts of the writer's fields in {@code bytes} */
    EncodedEvent(EncodedEvents events, byte[] bytes, int[] starts) {
        this.events = events;
        this.bytes = bytes;
        this.starts = starts;
    }

    @Override
    public EventType type() {
        return events.type();
    }

    @Override
    public @Nullable Object value(int position) {
        FieldReader reader = events.reader(position);
        if (!reader.isKept()) {
            return reader.read(bytes, start(position));
        }
        @Nullable Object[] values = kept;
        if (values == null) {
            values = new @Nullable Object[events.type().fields().size()];
            kept = values;
        }
        @Nullable Object value = values[position];
        if (value == null) {
            value = reader.read(bytes, start(position));
            values[position] = value;
        }
        return value;
    }

    @Override
    public boolean isLong(int position) {
        return events.reader(position).isLong(bytes, start(position));
    }

    @Override
    public long longValue(int position) {
        return events.reader(position).longValue(bytes, start(position));
    }

    @Override
    public boolean isDouble(int position) {
        return events.reader(position).isDouble(bytes, start(position));
    }

    @Override
    public double doubleValue(int position) {
        return events.reader(position).doubleValue(bytes, start(position));
    }

    private int start(int position) {
        return starts[events.place(position)];
    }
}
