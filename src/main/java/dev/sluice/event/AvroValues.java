package dev.sluice.event;

import dev.sluice.rule.ValueType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** Plain Avro values as the values of event fields. */
final class AvroValues {
    private AvroValues() {}

    static @Nullable Object convert(Schema schema, @Nullable Object value) {
        if (schema.getType() == Schema.Type.UNION) {
            return convert(schema.getTypes().get(GenericData.get().resolveUnion(schema, value)), value);
        }
        if (value == null) {
            return null;
        }
        return switch (schema.getType()) {
            case INT, LONG -> integer(schema, ((Number) value).longValue());
            case FLOAT, DOUBLE -> ((Number) value).doubleValue();
            case STRING, ENUM -> value.toString();
            case BYTES, FIXED -> bytes(schema, copy(value));
            case ARRAY -> list(schema, (Collection<?>) value);
            case MAP -> map(schema, (Map<?, ?>) value);
            case RECORD -> fields((IndexedRecord) value);
            default -> value;
        };
    }

    /** Whether the numbers of an int or long schema stand for themselves. */
    static boolean isPlainInteger(Schema schema) {
        return AvroEventTypes.integer(schema) == ValueType.Scalar.INT;
    }

    static boolean isDecimal(Schema schema) {
        return schema.getLogicalType() instanceof LogicalTypes.Decimal;
    }

    /** The value of an int or long. */
    static Object integer(Schema schema, long number) {
        return switch (AvroEventTypes.logicalType(schema)) {
            case "date" -> Instant.EPOCH.plus(number, ChronoUnit.DAYS);
            case "timestamp-millis", "local-timestamp-millis" -> Instant.ofEpochMilli(number);
            case "timestamp-micros", "local-timestamp-micros" -> Instant.EPOCH.plus(number, ChronoUnit.MICROS);
            case "timestamp-nanos", "local-timestamp-nanos" -> Instant.EPOCH.plusNanos(number);
            case "time-millis" -> Duration.ofMillis(number);
            case "time-micros" -> Duration.of(number, ChronoUnit.MICROS);
            default -> number;
        };
    }

    /** The value of bytes that are its own. */
    static Object bytes(Schema schema, byte[] bytes) {
        if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
            // Other languages read and write zero without a byte, which BigInteger refuses.
            BigInteger unscaled = bytes.length == 0 ? BigInteger.ZERO : new BigInteger(bytes);
            return new BigDecimal(unscaled, decimal.getScale()).doubleValue();
        }
        if (AvroEventTypes.logicalType(schema).equals("uuid")) {
            ByteBuffer halves = ByteBuffer.wrap(bytes);
            return new UUID(halves.getLong(), halves.getLong()).toString();
        }
        return bytes;
    }

    private static byte[] copy(Object value) {
        if (value instanceof GenericFixed fixed) {
            return fixed.bytes().clone();
        }
        ByteBuffer buffer = (ByteBuffer) value;
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static List<@Nullable Object> list(Schema schema, Collection<?> elements) {
        List<@Nullable Object> converted = new ArrayList<>(elements.size());
        for (Object element : elements) {
            converted.add(convert(schema.getElementType(), element));
        }
        return Collections.unmodifiableList(converted);
    }

    private static Map<String, @Nullable Object> map(Schema schema, Map<?, ?> entries) {
        Map<String, @Nullable Object> converted = new LinkedHashMap<>();
        entries.forEach((key, value) -> converted.put(key.toString(), convert(schema.getValueType(), value)));
        return Collections.unmodifiableMap(converted);
    }

    private static Map<String, @Nullable Object> fields(IndexedRecord rec) {
        Map<String, @Nullable Object> converted = new LinkedHashMap<>();
        for (Schema.Field field : rec.getSchema().getFields()) {
            converted.put(field.name(), convert(field.schema(), rec.get(field.pos())));
        }
        return Collections.unmodifiableMap(converted);
    }
}
