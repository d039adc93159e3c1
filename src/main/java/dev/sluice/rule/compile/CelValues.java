package dev.sluice.rule.compile;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import dev.sluice.rule.EvaluationException;
import dev.sluice.rule.ValueType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of events as CEL's runtime wants them, and its results as {@link ValueType} states them. */
final class CelValues {
    private static final ValueType.Scalar[] SCALARS = ValueType.Scalar.values();

    private CelValues() {}

    static Object toCel(@Nullable Object value) {
        if (value == null) {
            return NullValue.NULL_VALUE;
        }
        if (value instanceof byte[] bytes) {
            return CelByteString.of(bytes);
        }
        if (value instanceof List<?> list) {
            List<Object> converted = new ArrayList<>(list.size());
            for (Object element : list) {
                converted.add(toCel(element));
            }
            return converted;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> converted = new LinkedHashMap<>();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                converted.put(entry.getKey(), toCel(entry.getValue()));
            }
            return converted;
        }
        return value;
    }

    static boolean isNull(Object celValue) {
        return celValue instanceof NullValue;
    }

    /** @throws EvaluationException when the result is not of {@code type} */
    static @Nullable Object fromCel(@Nullable Object result, ValueType type) throws EvaluationException {
        Object value = plain(result);
        if (!fits(value, type)) {
            throw new EvaluationException(
                    value == null
                            ? "the result is null where " + TypeNames.of(type) + " is promised"
                            : "the result is not of the promised type " + TypeNames.of(type));
        }
        return value;
    }

    /** A value of CEL's runtime as one of an event. */
    static @Nullable Object plain(@Nullable Object value) throws EvaluationException {
        if (value == null || value instanceof NullValue) {
            return null;
        }
        if (value instanceof CelByteString bytes) {
            return bytes.toByteArray();
        }
        if (value instanceof UnsignedLong number) {
            if (number.longValue() < 0) {
                throw new EvaluationException("an unsigned number is too large for an int");
            }
            return number.longValue();
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> converted = new ArrayList<>(list.size());
            for (Object element : list) {
                converted.add(plain(element));
            }
            return Collections.unmodifiableList(converted);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> converted = new LinkedHashMap<>();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                if (!(entry.getKey() instanceof String key)) {
                    throw new EvaluationException("the result is a map with a key that is no string");
                }
                converted.put(key, plain(entry.getValue()));
            }
            return Collections.unmodifiableMap(converted);
        }
        return value;
    }

    /** The class whose instances are values of the type without a further look; a class without any where there is none. */
    static Class<?> simpleClass(ValueType type) {
        if (type instanceof ValueType.Nullable nullable) {
            return simpleClass(nullable.type());
        }
        if (type instanceof ValueType.Scalar scalar) {
            return javaClass(scalar);
        }
        return type instanceof ValueType.EnumOf ? String.class : Void.class;
    }

    /** Whether the value is of the type, elements of lists, maps and records included. */
    private static boolean fits(@Nullable Object value, ValueType type) {
        if (type instanceof ValueType.Nullable nullable) {
            return value == null || fits(value, nullable.type());
        }
        if (type instanceof ValueType.Anything) {
            return value == null || isPlain(value);
        }
        if (value == null) {
            return false;
        }
        if (type instanceof ValueType.Scalar scalar) {
            return javaClass(scalar).isInstance(value);
        }
        if (type instanceof ValueType.EnumOf) {
            return value instanceof String;
        }
        if (type instanceof ValueType.ListOf list) {
            return value instanceof List<?> elements && elements.stream().allMatch(e -> fits(e, list.element()));
        }
        if (type instanceof ValueType.MapOf map) {
            return value instanceof Map<?, ?> entries
                    && entries.values().stream().allMatch(e -> fits(e, map.value()));
        }
        return value instanceof Map<?, ?>;
    }

    private static boolean isPlain(Object value) {
        if (value instanceof List<?> || value instanceof Map<?, ?>) {
            return true;
        }
        for (ValueType.Scalar scalar : SCALARS) {
            if (javaClass(scalar).isInstance(value)) {
                return true;
            }
        }
        return false;
    }

    private static Class<?> javaClass(ValueType.Scalar scalar) {
        return switch (scalar) {
            case BOOL -> Boolean.class;
            case INT -> Long.class;
            case DOUBLE -> Double.class;
            case STRING -> String.class;
            case BYTES -> byte[].class;
            case TIMESTAMP -> Instant.class;
            case DURATION -> Duration.class;
        };
    }
}
