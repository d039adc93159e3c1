package dev.sluice.event;

import dev.sluice.serde.AvroBytes;
import java.util.Arrays;
import java.util.Objects;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Readers of data without parts; promotions are those of Avro's schema resolution. */
final class ScalarReaders {
    static final FieldReader NULL = new Constant(null);
    static final FieldReader BOOLEAN = new Flag();
    static final FieldReader TEXT = new Text();
    private static final FieldReader INTEGER = new Integral();
    private static final FieldReader FLOAT = new Real(AvroBytes::floatAt);
    private static final FieldReader DOUBLE = new Real(AvroBytes::doubleAt);
    private static final FieldReader INTEGER_AS_FLOAT =
            new Real((bytes, start) -> (float) AvroBytes.longAt(bytes, start));
    private static final FieldReader INTEGER_AS_DOUBLE = new Real((bytes, start) -> AvroBytes.longAt(bytes, start));

    private ScalarReaders() {}

    /** Of an int or a long. */
    static FieldReader integer(Schema reader) {
        return AvroValues.isPlainInteger(reader) ? INTEGER : new Time(reader);
    }

    /** Of any number as float. */
    static FieldReader asFloat(Schema writer) {
        return writer.getType() == Schema.Type.FLOAT ? FLOAT : INTEGER_AS_FLOAT;
    }

    /** Of any number as double. */
    static FieldReader asDouble(Schema writer) {
        return switch (writer.getType()) {
            case FLOAT -> FLOAT;
            case DOUBLE -> DOUBLE;
            default -> INTEGER_AS_DOUBLE;
        };
    }

    /** Of bytes, strings, and what is fixed. */
    static FieldReader bytes(Schema writer, Schema reader) {
        return AvroValues.isDecimal(reader) ? new Decimal(writer, reader) : new Bytes(writer, reader);
    }

    /** @param symbols the reader's symbol for each index; null where it has none */
    static FieldReader symbol(@Nullable String[] symbols) {
        return new Symbol(symbols);
    }

    /** A value that does not depend on the message. */
    static final class Constant extends FieldReader {
        private final @Nullable Object value;

        Constant(@Nullable Object value) {
            this.value = value;
        }

        @Override
        @Nullable Object read(byte[] bytes, int start) {
            return value;
        }

        @Override
        boolean isKept() {
            return false;
        }

        @Override
        boolean isLong(byte[] bytes, int start) {
            return value instanceof Long;
        }

        @Override
        long longValue(byte[] bytes, int start) {
            return (Long) Objects.requireNonNull(value);
        }

        @Override
        boolean isDouble(byte[] bytes, int start) {
            return value instanceof Double;
        }

        @Override
        double doubleValue(byte[] bytes, int start) {
            return (Double) Objects.requireNonNull(value);
        }
    }

    private static final class Flag extends FieldReader {
        @Override
        Object read(byte[] bytes, int start) {
            return AvroBytes.booleanAt(bytes, start);
        }

        @Override
        boolean isKept() {
            return false;
        }
    }

    private static final class Integral extends FieldReader {
        @Override
        Object read(byte[] bytes, int start) {
            return AvroBytes.longAt(bytes, start);
        }

        @Override
        boolean isLong(byte[] bytes, int start) {
            return true;
        }

        @Override
        long longValue(byte[] bytes, int start) {
            return AvroBytes.longAt(bytes, start);
        }
    }

    private static final class Time extends FieldReader {
        private final Schema schema;

        Time(Schema schema) {
            this.schema = schema;
        }

        @Override
        Object read(byte[] bytes, int start) {
            return AvroValues.integer(schema, AvroBytes.longAt(bytes, start));
        }
    }

    private interface DoubleAt {
        double at(byte[] bytes, int start);
    }

    private static final class Real extends FieldReader {
        private final DoubleAt number;

        Real(DoubleAt number) {
            this.number = number;
        }

        @Override
        Object read(byte[] bytes, int start) {
            return number.at(bytes, start);
        }

        @Override
        boolean isDouble(byte[] bytes, int start) {
            return true;
        }

        @Override
        double doubleValue(byte[] bytes, int start) {
            return number.at(bytes, start);
        }
    }

    private static final class Text extends FieldReader {
        @Override
        Object read(byte[] bytes, int start) {
            return AvroBytes.textAt(bytes, start);
        }
    }

    private static final class Symbol extends FieldReader {
        private final @Nullable String[] symbols;

        Symbol(@Nullable String[] symbols) {
            this.symbols = symbols;
        }

        @Override
        Object read(byte[] bytes, int start) {
            @Nullable String symbol = symbols[(int) AvroBytes.longAt(bytes, start)];
            if (symbol == null) {
                throw new AvroTypeException("the reader's enum has no such symbol and no default");
            }
            return symbol;
        }

        @Override
        boolean isKept() {
            return false;
        }
    }

    private static class Bytes extends FieldReader {
        private final boolean fixed;
        private final int size;
        final Schema schema;

        Bytes(Schema writer, Schema reader) {
            this.fixed = writer.getType() == Schema.Type.FIXED;
            this.size = fixed ? writer.getFixedSize() : 0;
            this.schema = reader;
        }

        @Override
        Object read(byte[] bytes, int start) {
            return AvroValues.bytes(
                    schema,
                    fixed ? Arrays.copyOfRange(bytes, start, start + size) : AvroBytes.contentsAt(bytes, start));
        }
    }

    private static final class Decimal extends Bytes {
        Decimal(Schema writer, Schema reader) {
            super(writer, reader);
        }

        @Override
        boolean isDouble(byte[] bytes, int start) {
            return true;
        }

        @Override
        double doubleValue(byte[] bytes, int start) {
            return (Double) read(bytes, start);
        }
    }
}
