package dev.sluice.evaluation;

import dev.sluice.rule.CompiledRule;
import dev.sluice.ruleset.Ruleset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One rule that matched an event.
 *
 * @param path ids of the rules from the one that read the event to this one, joined by {@code >}; just the id for a
 *     rule that reads the event itself
 * @param values the emit type's fields, in its order
 */
public record Match(Ruleset ruleset, CompiledRule rule, String path, List<@Nullable Object> values) {}
