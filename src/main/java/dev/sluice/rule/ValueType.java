package dev.sluice.rule;

import java.util.List;

/**
 * The type of a field or of an expression's result, and with it the Java class of its values.
 *
 * <p>Values are {@code Boolean}, {@code Long}, {@code Double}, {@code String} (also for enums), {@code byte[]},
 * {@link java.time.Instant}, {@link java.time.Duration}, {@link List}, and {@link java.util.Map} with string keys for
 * maps and nested records. {@code null} occurs only where the type is {@link Nullable} or {@link Anything}.
 */
public sealed interface ValueType {

    /** A type without parameters. */
    enum Scalar implements ValueType {
        BOOL,
        INT,
        DOUBLE,
        STRING,
        BYTES,
        TIMESTAMP,
        DURATION
    }

    /** An enum: a string that is one of {@code symbols}. */
    record EnumOf(String name, List<String> symbols) implements ValueType {
        public EnumOf {
            symbols = List.copyOf(symbols);
        }
    }

    /** A list of {@code element}s. */
    record ListOf(ValueType element) implements ValueType {}

    /** A map from strings to {@code value}s. */
    record MapOf(ValueType value) implements ValueType {}

    /** A nested record; its values are maps from field name to value. */
    record RecordOf(String name, List<Field> fields) implements ValueType {
        public RecordOf {
            fields = List.copyOf(fields);
        }
    }

    /** {@code type} or null. */
    record Nullable(ValueType type) implements ValueType {}

    /** Not known before run time, for example a union of several types. */
    record Anything() implements ValueType {}
}
