package dev.sluice.rule.compile;

/**
 * A named value of a rule file.
 *
 * @param place of its name
 * @param literal the value as an expression
 */
record Constant(String name, Place place, String literal) {
    /** The same name with a value of any type, so that its uses can be checked in all but that. */
    static Constant unknown(String name, Place place) {
        return new Constant(name, place, "dyn(0)");
    }
}
