package dev.sluice.rule;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rule sends out when it matches.
 *
 * @param type the emit type: a name and the fields' types, which other rules may read from
 * @param values one expression a field of {@code type}, in its order
 * @param topic topic to write to; null for the alerts topic
 */
public record Emit(
        EventType type, List<Expression> values, @Nullable String topic) {
    public Emit {
        values = List.copyOf(values);
        if (values.size() != type.fields().size()) {
            throw new IllegalArgumentException("emit type " + type.name() + " needs one value a field");
        }
    }
}
