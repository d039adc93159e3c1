package dev.sluice.serde;

import java.util.IdentityHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** How to pass over a datum of any schema, item by item: what is passed would decode. */
abstract class DatumShape {
    /** Of what takes no bytes. */
    static final DatumShape NONE = passing(BoundedDecoder::readNull);

    /** @throws AvroRuntimeException when the bytes are no such datum */
    abstract void pass(BoundedDecoder bytes);

    /** The shapes of a schema and of those within it; a record within itself is the same shape again. */
    static final class Shapes {
        private final IdentityHashMap<Schema, Fields> records = new IdentityHashMap<>();

        DatumShape of(Schema schema) {
            return switch (schema.getType()) {
                case NULL -> NONE;
                case BOOLEAN -> passing(BoundedDecoder::readBoolean);
                case INT -> passing(BoundedDecoder::readInt);
                case LONG -> passing(BoundedDecoder::readLong);
                case FLOAT -> fixed(Float.BYTES);
                case DOUBLE -> fixed(Double.BYTES);
                case FIXED -> fixed(schema.getFixedSize());
                case STRING, BYTES -> passing(BoundedDecoder::skipBytes);
                case ENUM ->
                    passing(bytes ->
                            index(bytes.readEnum(), schema.getEnumSymbols().size()));
                case ARRAY -> array(of(schema.getElementType()));
                case MAP -> map(of(schema.getValueType()));
                case UNION -> union(schema.getTypes().stream().map(this::of).toArray(DatumShape[]::new));
                case RECORD -> fields(schema);
            };
        }

        private DatumShape fields(Schema schema) {
            Fields known = records.get(schema);
            if (known != null) {
                return known;
            }
            Fields fields = new Fields(schema.getFields().size());
            records.put(schema, fields);
            for (Schema.Field field : schema.getFields()) {
                fields.shapes[field.pos()] = of(field.schema());
            }
            return fields;
        }
    }

    private interface Pass {
        void over(BoundedDecoder bytes);
    }

    private static DatumShape passing(Pass pass) {
        return new DatumShape() {
            @Override
            void pass(BoundedDecoder bytes) {
                pass.over(bytes);
            }
        };
    }

    private static DatumShape fixed(int size) {
        return passing(bytes -> bytes.skipFixed(size));
    }

    private static DatumShape array(DatumShape item) {
        return passing(bytes -> {
            for (long items = bytes.readArrayStart(); items > 0; items = bytes.arrayNext()) {
                block(items, item, bytes);
            }
        });
    }

    private static DatumShape map(DatumShape value) {
        DatumShape entry = passing(bytes -> {
            bytes.skipString();
            value.pass(bytes);
        });
        return passing(bytes -> {
            for (long entries = bytes.readMapStart(); entries > 0; entries = bytes.mapNext()) {
                block(entries, entry, bytes);
            }
        });
    }

    private static void block(long items, DatumShape item, BoundedDecoder bytes) {
        int end = bytes.blockEnd();
        for (long i = 0; i < items; i++) {
            item.pass(bytes);
        }
        if (end != BoundedDecoder.UNTOLD && end != bytes.position()) {
            // Who skips the block and who reads it would go on at different places.
            throw new AvroRuntimeException("a block has not the size that it tells");
        }
    }

    private static DatumShape union(DatumShape[] branches) {
        return passing(bytes -> branches[index(bytes.readIndex(), branches.length)].pass(bytes));
    }

    private static int index(int index, int count) {
        if (index < 0 || index >= count) {
            throw new AvroRuntimeException("an index of " + index + " where there are " + count);
        }
        return index;
    }

    private static final class Fields extends DatumShape {
        private final DatumShape[] shapes;

        Fields(int count) {
            shapes = new DatumShape[count];
        }

        @Override
        void pass(BoundedDecoder bytes) {
            for (DatumShape shape : shapes) {
                shape.pass(bytes);
            }
        }
    }
}
