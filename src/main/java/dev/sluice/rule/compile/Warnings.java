package dev.sluice.rule.compile;

import dev.sluice.rule.Problem;
import java.util.List;

/**
 * What a file without errors is warned of.
 *
 * @param found in its parts, each in its rule, or of no rule and outside the list of rules
 * @param subsumption of its rules against each other
 */
record Warnings(List<Problem> found, Subsumption subsumption) {
    Warnings {
        found = List.copyOf(found);
    }
}
