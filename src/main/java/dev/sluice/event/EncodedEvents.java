package dev.sluice.event;

import dev.sluice.rule.EventType;
import dev.sluice.serde.RecordWalk;
import dev.sluice.serde.SerdeException;
import java.util.Arrays;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Resolver;
import org.apache.avro.Resolver.RecordAdjust;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Events of one type from the bytes of records of one writer's schema. Reading one walks over its bytes once; a field is
 * decoded when it is first asked for. After the walk no field can fail: those whose resolution depends on the data are
 * decoded at once.
 *
 * <p>Threading: immutable.
 */
public final class EncodedEvents {
    private final EventType type;
    private final RecordWalk walk;
    private final FieldReader[] readers;

    /** For each field of the type, which of the walk's places its datum begins at. */
    private final int[] places;

    /** Positions of the fields that are decoded as soon as the walk is done. */
    private final int[] atOnce;

    private EncodedEvents(EventType type, RecordWalk walk, RecordAdjust resolution) {
        int count = resolution.readerOrder.length;
        this.type = type;
        this.walk = walk;
        this.readers = new FieldReader[count];
        this.places = new int[count];
        int[] failing = new int[count];
        int failures = 0;
        int next = 0;
        for (int place = 0; place < resolution.fieldActions.length; place++) {
            Resolver.Action action = resolution.fieldActions[place];
            if (action.type != Resolver.Action.Type.SKIP) {
                int position = resolution.readerOrder[next++].pos();
                readers[position] = FieldResolution.reader(action);
                places[position] = place;
                if (FieldResolution.mayFail(action)) {
                    failing[failures++] = position;
                }
            }
        }
        for (; next < count; next++) {
            Schema.Field field = resolution.readerOrder[next];
            Object value = resolution.defaults[next - resolution.firstDefault];
            readers[field.pos()] = new ScalarReaders.Constant(AvroValues.convert(field.schema(), value));
        }
        this.atOnce = Arrays.copyOf(failing, failures);
    }

    /**
     * Events of {@code type} as {@link AvroEventTypes#eventType} gives it for {@code reader}. Empty when the schemas cannot
     * be resolved, whatever the bytes, or only by decoding whole records.
     */
    public static Optional<EncodedEvents> of(EventType type, Schema writer, Schema reader) {
        if (writer.getType() != Schema.Type.RECORD || reader.getType() != Schema.Type.RECORD) {
            return Optional.empty();
        }
        try {
            Schema renamed = Schema.applyAliases(writer, reader);
            if (Schema.applyAliases(renamed, reader).equals(renamed)
                    && Resolver.resolve(renamed, reader) instanceof RecordAdjust resolution) {
                return Optional.of(new EncodedEvents(type, new RecordWalk(renamed), resolution));
            }
        } catch (AvroRuntimeException | StackOverflowError e) {
            return Optional.empty(); // decoding whole records says what is wrong
        }
        return Optional.empty();
    }

    /**
     * The event in a record that fills {@code bytes} from {@code offset} to the end.
     *
     * @param bytes not to be changed while the event is in use
     * @return null when the bytes are no record of the writer's schema, or the reader's has no place for a value in it
     */
    public @Nullable EncodedEvent read(byte[] bytes, int offset) {
        int[] starts = walk.starts(bytes, offset);
        if (starts == null) {
            return null;
        }
        EncodedEvent event = new EncodedEvent(this, bytes, starts);
        if (atOnce.length > 0 && !isReadable(event)) {
            return null;
        }
        return event;
    }

    private boolean isReadable(EncodedEvent event) {
        try {
            for (int position : atOnce) {
                event.value(position);
            }
            return true;
        } catch (AvroRuntimeException | SerdeException | StackOverflowError e) {
            return false;
        }
    }

    EventType type() {
        return type;
    }

    FieldReader reader(int position) {
        return readers[position];
    }

    int place(int position) {
        return places[position];
    }
}
