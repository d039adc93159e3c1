package dev.sluice.rule;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A rule ready to evaluate.
 *
 * @param id unique within its ruleset
 * @param from name of the event type that it reads
 * @param when the condition, boolean; null matches every event
 * @param definition the parts of the rule as text, by path ({@code when}, {@code emit.fields.late}): equal maps mean
 *     equal rules, and a difference between versions is told from them
 */
public record CompiledRule(
        String id, String from, @Nullable Expression when, Emit emit, Map<String, String> definition) {
    public CompiledRule {
        definition = Map.copyOf(definition);
    }
}
