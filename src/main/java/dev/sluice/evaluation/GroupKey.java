package dev.sluice.evaluation;

import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * What the events of a window have in common. Zero is never negative in it.
 *
 * @param values one a {@code partitionBy} expression; for a rule without any the event's key, a text or null
 */
public record GroupKey(List<@Nullable Object> values) {

    /** For alerts: the values, joined by {@code |}. */
    public String text() {
        if (values.size() == 1) {
            return String.valueOf(values.get(0));
        }
        StringJoiner text = new StringJoiner("|");
        values.forEach(value -> text.add(String.valueOf(value)));
        return text.toString();
    }

    /** By which a key belongs to one of two versions: as {@link #text}; empty for an event without a key. */
    String splitText() {
        boolean isNothing = values.size() == 1 && values.get(0) == null;
        return isNothing ? "" : text();
    }
}
