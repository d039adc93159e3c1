package dev.sluice.rule.compile;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A rule with parameters, to be used by many.
 *
 * @param place of its name
 * @param end just past its text
 * @param parameters with their places
 * @param body null when it has problems
 */
record Template(
        String name,
        Place place,
        Place end,
        Map<String, Place> parameters,
        String description,
        long priority,
        RuleFile.@Nullable Body body) {}
