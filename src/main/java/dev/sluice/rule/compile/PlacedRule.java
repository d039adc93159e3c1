package dev.sluice.rule.compile;

import java.util.List;

/**
 * What a rule matches, and where its id stands in the file.
 *
 * @param line and {@code column}: a {@link Place}
 */
record PlacedRule(Reach reach, int line, int column) {
    PlacedRule(Reach reach, Place place) {
        this(reach, place.line(), place.column());
    }

    Place place() {
        return new Place(line, column);
    }

    PlacedRule moved(int lines) {
        return lines == 0 ? this : new PlacedRule(reach, line + lines, column);
    }

    /** All of them; the list itself when none moves. */
    static List<PlacedRule> moved(List<PlacedRule> rules, int lines) {
        return lines == 0
                ? rules
                : rules.stream().map(rule -> rule.moved(lines)).toList();
    }
}
