package dev.sluice.rule.compile;

import java.util.Comparator;

/** A place in a rule file: line and column from 1, the column in code points. */
record Place(int line, int column) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
            Comparator.comparingInt(Place::line).thenComparingInt(Place::column);

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return "line " + line + ", column " + column;
    }
}
