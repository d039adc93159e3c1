package dev.sluice.evaluation;

import dev.sluice.rule.CompiledRule;
import dev.sluice.ruleset.Ruleset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event that met the condition of a windowed rule whose key another task has, with no more of it than the rule needs.
 *
 * @param arguments one an aggregate of the rule
 * @param fields one for each position of the rule's {@link dev.sluice.rule.Windowing.Scope#read}; null when another version
 *     of the rule handed over, which did not read all of them
 */
public record Handover(
        Way way,
        GroupKey key,
        List<@Nullable Object> arguments,
        @Nullable List<@Nullable Object> fields) {

    /**
     * How the event came to the rule.
     *
     * @param path as of a {@link Match}
     * @param moment of the event; its stream time is that of the task that handed over
     */
    public record Way(Ruleset ruleset, CompiledRule rule, String path, Occasion occasion, Moment moment) {}
}
