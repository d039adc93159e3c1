package dev.sluice.event;

import dev.sluice.rule.Event;
import dev.sluice.rule.EventType;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** An Avro record as an event: a field is converted when it is first read. Confined to one thread. */
public final class AvroEvent implements Event {
    private static final Object UNREAD = new Object();

    private final EventType type;
    private final IndexedRecord avro;
    private final @Nullable Object[] values;

    /**
     * @param type as {@link AvroEventTypes#eventType} gives it for the record's schema
     * @param avro with plain Avro values, without conversion of logical types
     */
    public AvroEvent(EventType type, IndexedRecord avro) {
        this.type = type;
        this.avro = avro;
        this.values = new @Nullable Object[type.fields().size()];
        Arrays.fill(values, UNREAD);
    }

    @Override
    public EventType type() {
        return type;
    }

    @Override
    public @Nullable Object value(int position) {
        @Nullable Object known = values[position];
        if (known != UNREAD) {
            return known;
        }
        Schema.Field field = avro.getSchema().getFields().get(position);
        @Nullable Object value = AvroValues.convert(field.schema(), avro.get(position));
        values[position] = value;
        return value;
    }
}
