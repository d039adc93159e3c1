package dev.sluice.serde;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * Avro single-object encoding of generated records: bytes C3 01, the schema's 8-byte CRC-64-AVRO fingerprint in little-endian
 * order, Avro binary. Needs no registry; a reader knows the schemas of the classes it reads and the older ones it was given.
 *
 * <p>Threading: any number of threads.
 */
public final class SingleObject {
    private static final int PREFIX = 2 + Long.BYTES;
    private static final byte MARKER_1 = (byte) 0xC3;
    private static final byte MARKER_2 = 1;
    private static final Map<Schema, Long> FINGERPRINTS = new ConcurrentHashMap<>();

    private final Map<Long, Schema> older = new ConcurrentHashMap<>();
    private final Map<ReaderKey, DatumReader<SpecificRecord>> readers = new ConcurrentHashMap<>();

    private record ReaderKey(long fingerprint, Class<?> type) {}

    /** One that reads what the classes on the class path write. */
    public SingleObject() {
        this(List.of());
    }

    /** One that also reads what earlier versions of the classes wrote, by {@code olderWriters}. */
    public SingleObject(Collection<Schema> olderWriters) {
        olderWriters.forEach(schema -> older.put(SchemaNormalization.parsingFingerprint64(schema), schema));
    }

    /** True when the bytes start as single-object encoding does; says nothing of what follows. */
    public static boolean isSingleObject(byte[] bytes) {
        return bytes.length >= PREFIX && bytes[0] == MARKER_1 && bytes[1] == MARKER_2;
    }

    /**
     * The bytes of a record, with the fingerprint of its own schema.
     *
     * @throws UnencodableException when a field without a default is missing
     */
    public static byte[] encode(SpecificRecord value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        out.write(MARKER_1);
        out.write(MARKER_2);
        out.writeBytes(littleEndian(fingerprint(value.getSchema())));
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        try {
            new SpecificDatumWriter<SpecificRecord>(value.getSchema(), SpecificData.getForClass(value.getClass()))
                    .write(value, encoder);
            encoder.flush();
        } catch (IOException | RuntimeException e) {
            throw new UnencodableException(
                    "the value does not fit the schema " + value.getSchema().getFullName(), e);
        }
        return out.toByteArray();
    }

    /**
     * The record, resolved to the class's own schema.
     *
     * @throws UnknownSchemaException when the writer's schema is neither the class's own nor among the older ones
     * @throws UndecodableException when the bytes are something else, or damaged
     */
    public <T extends SpecificRecord> T decode(byte[] bytes, Class<T> type) {
        if (!isSingleObject(bytes)) {
            throw new UndecodableException("not in Avro single-object encoding: " + bytes.length
                    + " bytes that do not start with C3 01 and a fingerprint");
        }
        long fingerprint = ByteBuffer.wrap(bytes, 2, Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong();
        DatumReader<SpecificRecord> reader = readers.computeIfAbsent(new ReaderKey(fingerprint, type), this::reader);
        return type.cast(Datum.read(reader, bytes, PREFIX));
    }

    private DatumReader<SpecificRecord> reader(ReaderKey key) {
        Schema own = SpecificData.get().getSchema(key.type());
        Schema writer = fingerprint(own) == key.fingerprint() ? own : older.get(key.fingerprint());
        if (writer == null) {
            throw new UnknownSchemaException("no known schema of " + own.getFullName() + " has the fingerprint "
                    + String.format("%016x", key.fingerprint())
                    + ": the record was written by another version of the program");
        }
        return new SpecificDatumReader<>(writer, own, SpecificData.getForClass(key.type()));
    }

    private static long fingerprint(Schema schema) {
        return FINGERPRINTS.computeIfAbsent(schema, SchemaNormalization::parsingFingerprint64);
    }

    private static byte[] littleEndian(long value) {
        return ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
    }
}
