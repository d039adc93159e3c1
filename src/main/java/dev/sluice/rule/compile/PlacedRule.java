package dev.sluice.rule.compile;

/** What a rule matches, and where its id stands in the file. */
record PlacedRule(Reach reach, Place place) {
    PlacedRule moved(int lines) {
        return lines == 0 ? this : new PlacedRule(reach, new Place(place.line() + lines, place.column()));
    }
}
