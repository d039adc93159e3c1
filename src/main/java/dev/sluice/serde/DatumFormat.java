package dev.sluice.serde;

import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericContainer;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/** Which Java objects stand for data: generic or generated ones, with or without logical types as Java classes. */
enum DatumFormat {
    GENERIC,
    GENERIC_LOGICAL,
    SPECIFIC;

    private static final GenericData LOGICAL = logical();
    private static final Map<Class<?>, Schema> PRIMITIVES = Map.of(
            String.class, Schema.create(Schema.Type.STRING),
            byte[].class, Schema.create(Schema.Type.BYTES),
            Integer.class, Schema.create(Schema.Type.INT),
            Long.class, Schema.create(Schema.Type.LONG),
            Float.class, Schema.create(Schema.Type.FLOAT),
            Double.class, Schema.create(Schema.Type.DOUBLE),
            Boolean.class, Schema.create(Schema.Type.BOOLEAN));

    static DatumFormat reading(Settings settings) {
        return settings.enabled("specific.avro.reader") ? SPECIFIC : generic(settings);
    }

    static DatumFormat generic(Settings settings) {
        return settings.enabled("avro.use.logical.type.converters") ? GENERIC_LOGICAL : GENERIC;
    }

    DatumReader<Object> reader(Schema writer, Schema reader) {
        return switch (this) {
            case GENERIC -> new GenericDatumReader<>(writer, reader, new GenericData());
            case GENERIC_LOGICAL -> new GenericDatumReader<>(writer, reader, LOGICAL);
            case SPECIFIC -> new SpecificDatumReader<>(writer, reader, SpecificData.getForSchema(reader));
        };
    }

    /** The schema to read with where none is given: a generated class's own, else the writer's. */
    Schema readerSchema(Schema writer) {
        if (this != SPECIFIC || writer.getType() != Schema.Type.RECORD) {
            return writer;
        }
        Class<?> type = SpecificData.get().getClass(writer);
        if (type == null || !SpecificRecord.class.isAssignableFrom(type)) {
            throw new UndecodableException("no generated class " + writer.getFullName()
                    + " is on the class path: add it or unset specific.avro.reader");
        }
        return SpecificData.get().getSchema(type);
    }

    DatumWriter<Object> writer(Schema schema, Object value) {
        if (value instanceof SpecificRecord) {
            return new SpecificDatumWriter<>(schema, SpecificData.getForClass(value.getClass()));
        }
        return new GenericDatumWriter<>(schema, this == GENERIC_LOGICAL ? LOGICAL : GenericData.get());
    }

    /** The schema that a value is written by. */
    static Schema schemaOf(Object value) {
        if (value instanceof GenericContainer container) {
            return container.getSchema();
        }
        Class<?> type = isBytes(value) ? byte[].class : value instanceof CharSequence ? String.class : value.getClass();
        Schema schema = PRIMITIVES.get(type);
        if (schema == null) {
            throw new UnencodableException(value.getClass().getName()
                    + " has no Avro schema: give a record, a string, bytes, a number or a boolean");
        }
        return schema;
    }

    static boolean isBytes(Object value) {
        return value instanceof byte[] || value instanceof ByteBuffer;
    }

    /** The contents of an array or of what remains of a buffer, which stays as it is. */
    static byte[] bytes(Object value) {
        if (value instanceof ByteBuffer buffer) {
            byte[] copy = new byte[buffer.remaining()];
            buffer.duplicate().get(copy);
            return copy;
        }
        return (byte[]) value;
    }

    private static GenericData logical() {
        GenericData data = new GenericData();
        data.addLogicalTypeConversion(new Conversions.DecimalConversion());
        data.addLogicalTypeConversion(new Conversions.UUIDConversion());
        data.addLogicalTypeConversion(new TimeConversions.DateConversion());
        data.addLogicalTypeConversion(new TimeConversions.TimeMillisConversion());
        data.addLogicalTypeConversion(new TimeConversions.TimeMicrosConversion());
        data.addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
        data.addLogicalTypeConversion(new TimeConversions.TimestampMicrosConversion());
        data.addLogicalTypeConversion(new TimeConversions.LocalTimestampMillisConversion());
        data.addLogicalTypeConversion(new TimeConversions.LocalTimestampMicrosConversion());
        return data;
    }
}
