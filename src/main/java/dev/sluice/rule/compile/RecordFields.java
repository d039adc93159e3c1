package dev.sluice.rule.compile;

import dev.sluice.rule.ValueType;
import java.util.List;

/** The field names of records nested anywhere in a type. */
final class RecordFields {
    private RecordFields() {}

    static void collect(ValueType type, List<String> names) {
        if (type instanceof ValueType.RecordOf rec) {
            rec.fields().forEach(field -> {
                names.add(field.name());
                collect(field.type(), names);
            });
        } else if (type instanceof ValueType.ListOf list) {
            collect(list.element(), names);
        } else if (type instanceof ValueType.MapOf map) {
            collect(map.value(), names);
        } else if (type instanceof ValueType.Nullable nullable) {
            collect(nullable.type(), names);
        }
    }
}
