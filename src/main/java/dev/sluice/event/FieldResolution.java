package dev.sluice.event;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Resolver;
import org.apache.avro.Resolver.Action;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** What Avro's schema resolution says of a field, as the reader that does it. */
final class FieldResolution {
    private FieldResolution() {}

    static FieldReader reader(Action action) {
        if (action instanceof Resolver.ErrorAction) {
            return new Unreadable(action.toString());
        }
        if (action instanceof Resolver.ReaderUnion union) {
            return reader(union.actualAction);
        }
        if (action instanceof Resolver.WriterUnion union) {
            return new UnionReader(
                    Arrays.stream(union.actions).map(FieldResolution::reader).toList());
        }
        if (action instanceof Resolver.EnumAdjust symbols) {
            return ScalarReaders.symbol(symbols(symbols));
        }
        return datum(action.writer, action.reader);
    }

    private static FieldReader datum(Schema writer, Schema reader) {
        return switch (reader.getType()) {
            case NULL -> ScalarReaders.NULL;
            case BOOLEAN -> ScalarReaders.BOOLEAN;
            case INT, LONG -> ScalarReaders.integer(reader);
            case FLOAT -> ScalarReaders.asFloat(writer);
            case DOUBLE -> ScalarReaders.asDouble(writer);
            case STRING -> ScalarReaders.TEXT;
            case BYTES, FIXED -> ScalarReaders.bytes(writer, reader);
            case ARRAY, MAP, RECORD -> new PartReader(writer, reader);
            case ENUM, UNION -> throw new IllegalArgumentException("resolved before: " + reader.getType());
        };
    }

    private static @Nullable String[] symbols(Resolver.EnumAdjust resolved) {
        List<String> names = resolved.reader.getEnumSymbols();
        @Nullable String[] symbols = new @Nullable String[resolved.adjustments.length];
        for (int i = 0; i < symbols.length; i++) {
            symbols[i] = resolved.adjustments[i] < 0 ? null : names.get(resolved.adjustments[i]);
        }
        return symbols;
    }

    /**
     * Whether some bytes of the writer's schema cannot be read: a branch or a symbol that the reader has no place for, or a
     * record within itself, which may be too deep.
     */
    static boolean mayFail(Action action) {
        return mayFail(action, new HashSet<>());
    }

    /** @param around the actions of the records that this one is nested in */
    private static boolean mayFail(Action action, Set<Action> around) {
        if (action instanceof Resolver.ReaderUnion union) {
            return mayFail(union.actualAction, around);
        }
        if (action instanceof Resolver.Container container) {
            return mayFail(container.elementAction, around);
        }
        if (action instanceof Resolver.EnumAdjust symbols) {
            return Arrays.stream(symbols.adjustments).anyMatch(index -> index < 0);
        }
        if (action instanceof Resolver.WriterUnion union) {
            return Arrays.stream(union.actions).anyMatch(each -> mayFail(each, around));
        }
        if (action instanceof Resolver.RecordAdjust fields) {
            if (!around.add(fields)) {
                return true;
            }
            boolean may = Arrays.stream(fields.fieldActions).anyMatch(each -> mayFail(each, around));
            around.remove(fields);
            return may;
        }
        return action instanceof Resolver.ErrorAction;
    }

    /** A branch of the writer's that the reader has no place for. */
    private static final class Unreadable extends FieldReader {
        private final String why;

        Unreadable(String why) {
            this.why = why;
        }

        @Override
        Object read(byte[] bytes, int start) {
            throw new AvroTypeException(why);
        }
    }
}
