package dev.sluice.evaluation;

import dev.sluice.rule.Predicate;
import java.util.ArrayList;
import java.util.List;

/**
 * An entry at a place of the index.
 *
 * @param decided bit set of the predicates that hold for every event that gets there
 */
record Candidate(Entry entry, long decided) {
    /** Of a long list of values no more are spread over the index, once it is large. */
    static final int FEW_VALUES = 16;

    int slot() {
        return entry.slot();
    }

    boolean isOpen(int predicate) {
        return predicate >= Entry.SEARCHED_MAX || (decided & 1L << predicate) == 0;
    }

    /**
     * The first open predicate of the attribute; -1 for none.
     *
     * @param valuesMax predicates with more values are passed over
     */
    int openPredicate(Attribute attribute, int valuesMax) {
        for (int i = 0; i < entry.searched(); i++) {
            if (isOpen(i) && attribute.isOf(entry.predicates().get(i)) && values(i) <= valuesMax) {
                return i;
            }
        }
        return -1;
    }

    int values(int predicate) {
        return entry.predicates().get(predicate) instanceof Predicate.OneOf oneOf
                ? oneOf.values().size()
                : 1;
    }

    int openCount() {
        return entry.predicates().size() - Long.bitCount(decided);
    }

    Candidate with(int predicate) {
        return new Candidate(entry, decided | 1L << predicate);
    }

    List<Predicate> open() {
        List<Predicate> open = new ArrayList<>();
        for (int i = 0; i < entry.predicates().size(); i++) {
            if (isOpen(i)) {
                open.add(entry.predicates().get(i));
            }
        }
        return open;
    }
}
