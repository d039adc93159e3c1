package dev.sluice.rule.compile;

import dev.sluice.rule.ValueType;
import java.util.Locale;
import java.util.regex.Pattern;

/** Types in the words of the rule language: {@code int}, {@code list(string)}, {@code timestamp or null}. */
final class TypeNames {
    private static final Pattern WRAPPER = Pattern.compile("wrapper\\(([^()]*)\\)");
    private static final Pattern RECORD = Pattern.compile("record/([^,()/]+)(/\\d+)?");

    private TypeNames() {}

    static String of(ValueType type) {
        if (type instanceof ValueType.Scalar scalar) {
            return scalar.name().toLowerCase(Locale.ROOT);
        }
        if (type instanceof ValueType.EnumOf symbols) {
            return "enum " + symbols.name();
        }
        if (type instanceof ValueType.ListOf list) {
            return "list(" + of(list.element()) + ")";
        }
        if (type instanceof ValueType.MapOf map) {
            return "map(string, " + of(map.value()) + ")";
        }
        if (type instanceof ValueType.RecordOf rec) {
            return "record " + rec.name();
        }
        if (type instanceof ValueType.Nullable nullable) {
            return of(nullable.type()) + " or null";
        }
        return "anything";
    }

    /** The types in a message of the CEL checker. */
    static String plain(String celTypes) {
        String named = celTypes.replace("google.protobuf.Timestamp", "timestamp")
                .replace("google.protobuf.Duration", "duration")
                .replaceAll("%[A-Z]+\\d+", "any");
        named = WRAPPER.matcher(named).replaceAll("$1 or null");
        return RECORD.matcher(named).replaceAll("record $1");
    }
}
