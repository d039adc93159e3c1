package dev.sluice.events;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/** Text to Avro scalars. Bytes are one character a byte, as in Avro's JSON encoding. */
final class ScalarText {
    private ScalarText() {}

    static Object parse(String field, String text, Schema schema) throws BadValueException {
        try {
            return parse(text, schema);
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            throw new BadValueException(field, field + ": '" + shortened(text) + "' is not " + wanted(schema));
        }
    }

    static String wanted(Schema schema) {
        LogicalType logical = schema.getLogicalType();
        String type = schema.getType() == Schema.Type.ENUM
                ? "one of " + schema.getEnumSymbols()
                : logical == null ? schema.getType().getName() : logical.getName();
        if (type.startsWith("one of")) {
            return type;
        }
        return (type.matches("[aeiou].*") ? "an " : "a ") + type;
    }

    private static Object parse(String text, Schema schema) {
        return switch (schema.getType()) {
            case STRING -> text;
            case INT -> isDate(schema) ? days(text) : Integer.valueOf(text.strip());
            case LONG -> number(text.strip(), schema);
            case FLOAT -> Float.valueOf(text.strip());
            case DOUBLE -> Double.valueOf(text.strip());
            case BOOLEAN -> bool(text.strip());
            case ENUM -> symbol(text, schema);
            case BYTES -> ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
            case FIXED -> fixed(text, schema);
            default -> throw new IllegalArgumentException("no scalar");
        };
    }

    private static boolean isDate(Schema schema) {
        return schema.getLogicalType() != null
                && schema.getLogicalType().getName().equals("date");
    }

    private static Integer days(String text) {
        return text.strip().matches("-?\\d+")
                ? Integer.valueOf(text.strip())
                : Integer.valueOf(Math.toIntExact(LocalDate.parse(text.strip()).toEpochDay()));
    }

    /** A number is taken as it is, in the unit of the type; {@code 2001-01-01T06:20Z} counts from the epoch. */
    private static Long number(String text, Schema schema) {
        String logical =
                schema.getLogicalType() == null ? "" : schema.getLogicalType().getName();
        if (!logical.contains("timestamp-") || text.matches("-?\\d+")) {
            return Long.valueOf(text);
        }
        Instant instant = logical.startsWith("local-")
                ? LocalDateTime.parse(text).toInstant(ZoneOffset.UTC)
                : OffsetDateTime.parse(text).toInstant();
        ChronoUnit unit = logical.endsWith("millis")
                ? ChronoUnit.MILLIS
                : logical.endsWith("micros") ? ChronoUnit.MICROS : ChronoUnit.NANOS;
        return unit.between(Instant.EPOCH, instant);
    }

    private static Boolean bool(String text) {
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return Boolean.valueOf(text);
        }
        throw new IllegalArgumentException("no boolean");
    }

    private static Object symbol(String text, Schema schema) {
        if (!schema.hasEnumSymbol(text)) {
            throw new IllegalArgumentException("no such symbol");
        }
        return new GenericData.EnumSymbol(schema, text);
    }

    private static Object fixed(String text, Schema schema) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length != schema.getFixedSize()) {
            throw new IllegalArgumentException("wrong length");
        }
        return new GenericData.Fixed(schema, bytes);
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "...";
    }
}
