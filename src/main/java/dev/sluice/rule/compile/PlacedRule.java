package dev.sluice.rule.compile;

import java.util.List;

/** What a rule matches, and where its id stands in the file. */
record PlacedRule(Reach reach, Place place) {
    PlacedRule moved(int lines) {
        return lines == 0 ? this : new PlacedRule(reach, new Place(place.line() + lines, place.column()));
    }

    /** All of them; the list itself when none moves. */
    static List<PlacedRule> moved(List<PlacedRule> rules, int lines) {
        return lines == 0
                ? rules
                : rules.stream().map(rule -> rule.moved(lines)).toList();
    }
}
