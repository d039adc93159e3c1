package dev.sluice.evaluation;

import dev.sluice.rule.CompiledRule;
import dev.sluice.ruleset.Ruleset;

/**
 * An event that came to a windowed rule after all its windows, and changed none.
 *
 * @param path as in {@link Match}
 */
public record LateEvent(Ruleset ruleset, CompiledRule rule, String path) {}
