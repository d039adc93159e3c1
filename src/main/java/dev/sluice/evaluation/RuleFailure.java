package dev.sluice.evaluation;

import dev.sluice.rule.CompiledRule;
import dev.sluice.ruleset.Ruleset;

/**
 * One rule that has no answer for an event because an expression of it threw.
 *
 * @param path as in {@link Match}
 */
public record RuleFailure(Ruleset ruleset, CompiledRule rule, String path, String reason) {}
