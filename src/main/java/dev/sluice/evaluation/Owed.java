package dev.sluice.evaluation;

import dev.sluice.rule.CompiledRule;
import dev.sluice.ruleset.Ruleset;

/**
 * One rule that would have been asked about an event, had it not been set apart.
 *
 * @param path as in {@link Match}
 */
public record Owed(Ruleset ruleset, CompiledRule rule, String path) {}
