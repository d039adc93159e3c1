package dev.sluice.evaluation;

import dev.sluice.rule.CompiledRule;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one rule made of one event, and why.
 *
 * @param path as in {@link Match}
 * @param alternatives of the condition, each with its tests; none when the condition can never hold
 * @param values for a match the fields that the rule emits; for an event that goes into a window its key, by the text of
 *     each part, and what is aggregated of it, by the aggregate's name; empty for the rest
 * @param reason why the rule failed, or which rule decided before it; empty for the rest
 */
public record Explanation(
        CompiledRule rule,
        String path,
        Outcome outcome,
        List<List<Tested>> alternatives,
        Map<String, @Nullable Object> values,
        String reason) {
    public Explanation {
        alternatives = alternatives.stream().map(List::copyOf).toList();
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** How it came out. */
    public enum Outcome {
        MATCHED,
        /** The condition holds and the event goes into the rule's window: what comes of it depends on others there. */
        WINDOWED,
        NOT_MATCHED,
        /** The rule goes by the clock, whatever the event is. */
        BY_TIME,
        FAILED,
        /** A rule before it decided. */
        NOT_REACHED
    }

    /** What a part of a condition gives. */
    public enum Truth {
        TRUE,
        FALSE,
        FAILED
    }

    /**
     * One part of a condition.
     *
     * @param text in its canonical form
     * @param seen the event's fields that it reads, with their values
     * @param reason why it failed; empty for the rest
     */
    public record Tested(String text, Truth truth, Map<String, @Nullable Object> seen, String reason) {
        public Tested {
            seen = Collections.unmodifiableMap(new LinkedHashMap<>(seen));
        }
    }
}
