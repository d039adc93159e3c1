package dev.sluice.event;

import dev.sluice.rule.EventType;
import dev.sluice.rule.Field;
import dev.sluice.rule.ValueType;
import dev.sluice.rule.ValueType.Scalar;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;

/** Avro record schemas as event types. */
public final class AvroEventTypes {
    private AvroEventTypes() {}

    /**
     * The event type of a record schema, named by the record's short name.
     *
     * <p>A record within itself, and a union of several types, become {@link ValueType.Anything}.
     *
     * @throws IllegalArgumentException when the schema is no record
     */
    public static EventType eventType(Schema schema) {
        if (schema.getType() != Schema.Type.RECORD) {
            throw new IllegalArgumentException("an event type needs an Avro record, not " + schema.getType());
        }
        return new EventType(schema.getName(), fields(schema, new HashSet<>(Set.of(schema.getFullName()))));
    }

    private static List<Field> fields(Schema rec, Set<String> around) {
        List<Field> fields = new ArrayList<>();
        for (Schema.Field field : rec.getFields()) {
            fields.add(new Field(field.name(), type(field.schema(), around)));
        }
        return fields;
    }

    /** @param around full names of the records that the schema is nested in */
    private static ValueType type(Schema schema, Set<String> around) {
        return switch (schema.getType()) {
            case BOOLEAN -> Scalar.BOOL;
            case INT, LONG -> integer(schema);
            case FLOAT, DOUBLE -> Scalar.DOUBLE;
            case STRING -> Scalar.STRING;
            case BYTES, FIXED -> bytes(schema);
            case ENUM -> new ValueType.EnumOf(schema.getName(), schema.getEnumSymbols());
            case ARRAY -> new ValueType.ListOf(type(schema.getElementType(), around));
            case MAP -> new ValueType.MapOf(type(schema.getValueType(), around));
            case RECORD -> rec(schema, around);
            case UNION -> union(schema, around);
            case NULL -> new ValueType.Anything();
        };
    }

    private static ValueType rec(Schema schema, Set<String> around) {
        if (!around.add(schema.getFullName())) {
            return new ValueType.Anything();
        }
        ValueType type = new ValueType.RecordOf(schema.getName(), fields(schema, around));
        around.remove(schema.getFullName());
        return type;
    }

    private static ValueType union(Schema schema, Set<String> around) {
        List<Schema> branches = schema.getTypes().stream()
                .filter(branch -> branch.getType() != Schema.Type.NULL)
                .toList();
        if (branches.size() != 1) {
            return new ValueType.Anything();
        }
        ValueType type = type(branches.get(0), around);
        return schema.isNullable() && !(type instanceof ValueType.Anything) ? new ValueType.Nullable(type) : type;
    }

    /** The type of an int or long schema. */
    static ValueType integer(Schema schema) {
        return switch (logicalType(schema)) {
            case "date",
                    "timestamp-millis",
                    "timestamp-micros",
                    "timestamp-nanos",
                    "local-timestamp-millis",
                    "local-timestamp-micros",
                    "local-timestamp-nanos" -> Scalar.TIMESTAMP;
            case "time-millis", "time-micros" -> Scalar.DURATION;
            default -> Scalar.INT;
        };
    }

    private static ValueType bytes(Schema schema) {
        return switch (logicalType(schema)) {
            case "decimal" -> Scalar.DOUBLE;
            case "uuid" -> Scalar.STRING;
            default -> Scalar.BYTES;
        };
    }

    static String logicalType(Schema schema) {
        LogicalType logical = schema.getLogicalType();
        return logical == null ? "" : logical.getName();
    }
}
