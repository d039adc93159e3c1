package dev.sluice.serde;

import dev.sluice.serde.WireFormat.Frame;
import dev.sluice.serde.WireFormat.IdFrame;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What was derived from the writers' schemas of messages, found for a message without decoding it. A message with the
 * schema of the one before costs no lookup.
 *
 * <p>Threading: confined to one thread.
 */
public final class ByWriter<T> {
    private static final int MOST_KEPT = 1_000;

    private final SchemaRegistry registry;
    private final String schemaHeader;
    private final Function<WriterSchema, T> derive;
    private final Map<Frame, T> derived = new HashMap<>();
    private int lastId;
    private @Nullable T last;

    ByWriter(SchemaRegistry registry, RecordPart part, Function<WriterSchema, T> derive) {
        this.registry = registry;
        this.schemaHeader = part.schemaHeader();
        this.derive = derive;
    }

    /**
     * What is derived from the schema of a message.
     *
     * @throws UndecodableException when the payload is not in the wire format
     * @throws UnknownSchemaException when the registry does not know the schema
     * @throws RegistryException when the schema is not known here and no registry answers
     */
    public T of(Headers headers, byte[] payload) {
        T same = last;
        if (same != null && WireFormat.hasId(headers, schemaHeader, payload) && WireFormat.id(payload) == lastId) {
            return same;
        }
        Frame frame = WireFormat.read(headers, schemaHeader, payload);
        T found = derived.get(frame);
        if (found == null) {
            found = derive.apply(new WriterSchema(frame.writer(registry), frame.offset()));
            if (derived.size() == MOST_KEPT) {
                derived.clear();
            }
            derived.put(frame, found);
        }
        if (frame instanceof IdFrame byId) {
            lastId = byId.id();
            last = found;
        }
        return found;
    }
}
