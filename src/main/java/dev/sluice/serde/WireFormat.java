package dev.sluice.serde;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Where a message says by which schema it was written. Three forms are read: magic 0 and a 4-byte id before the datum, magic
 * 1 and a 16-byte GUID before the datum, and the latter in a header, when the payload is the datum alone. The first one is
 * written.
 */
final class WireFormat {
    static final byte ID_MAGIC = 0;
    static final byte GUID_MAGIC = 1;
    static final int ID_PREFIX = 1 + Integer.BYTES;
    private static final int GUID_PREFIX = 1 + 2 * Long.BYTES;

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private WireFormat() {}

    /** The writer's schema, by id or by GUID, and where in the payload the datum starts. */
    sealed interface Frame {
        int offset();

        Schema writer(SchemaRegistry registry);

        /** What the schema is known by; equal for equal schemas of one registry. */
        Object schemaKey();
    }

    record IdFrame(int id) implements Frame {
        @Override
        public int offset() {
            return ID_PREFIX;
        }

        @Override
        public Schema writer(SchemaRegistry registry) {
            return registry.byId(id);
        }

        @Override
        public Object schemaKey() {
            return id;
        }
    }

    record GuidFrame(UUID guid, int offset) implements Frame {
        @Override
        public Schema writer(SchemaRegistry registry) {
            return registry.byGuid(guid);
        }

        @Override
        public Object schemaKey() {
            return guid;
        }
    }

    /** The frame of a payload whose record has the header {@code header} or not. */
    static Frame read(Headers headers, String header, byte[] payload) {
        Header schemaHeader = headers.lastHeader(header);
        if (schemaHeader != null && schemaHeader.value() != null) {
            if (schemaHeader.value().length != GUID_PREFIX || schemaHeader.value()[0] != GUID_MAGIC) {
                throw new UndecodableException("the header " + header + " does not hold the byte 1 and a 16-byte GUID");
            }
            return new GuidFrame(guid(schemaHeader.value()), 0);
        }
        if (startsWithId(payload)) {
            return new IdFrame(id(payload));
        }
        if (payload.length >= GUID_PREFIX && payload[0] == GUID_MAGIC) {
            return new GuidFrame(guid(payload), GUID_PREFIX);
        }
        throw new UndecodableException("not in the Confluent wire format: "
                + (payload.length < ID_PREFIX
                        ? payload.length + " bytes, where the prefix alone has " + ID_PREFIX
                        : "starts with the byte " + payload[0] + ", not 0"));
    }

    /** Whether the schema is known by an id before the datum: {@link #id} gives it. */
    static boolean hasId(Headers headers, String header, byte[] payload) {
        return startsWithId(payload) && headers.lastHeader(header) == null;
    }

    private static boolean startsWithId(byte[] payload) {
        return payload.length >= ID_PREFIX && payload[0] == ID_MAGIC;
    }

    static int id(byte[] payload) {
        return (int) INTS.get(payload, 1);
    }

    private static UUID guid(byte[] prefixed) {
        ByteBuffer buffer = ByteBuffer.wrap(prefixed, 1, 2 * Long.BYTES);
        return new UUID(buffer.getLong(), buffer.getLong());
    }
}
