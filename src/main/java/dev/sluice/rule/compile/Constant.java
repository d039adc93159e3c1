package dev.sluice.rule.compile;

/**
 * A named value of a rule file.
 *
 * @param place of its name
 * @param literal the value as an expression
 */
record Constant(String name, Place place, String literal) {}
