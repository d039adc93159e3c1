package dev.sluice.evaluation;

import dev.sluice.rule.Predicate;
import dev.sluice.rule.Subject;
import java.util.List;

/** One alternative of a rule's condition, as an index knows it. Immutable; compared by identity. */
final class Entry {
    /** Predicates past this many are checked, not searched by. */
    static final int SEARCHED_MAX = 64;

    private final int slot;
    private final List<Predicate> predicates;

    /** @param slot number of the rule in the index */
    Entry(int slot, List<Predicate> predicates) {
        this.slot = slot;
        this.predicates = predicates;
    }

    int slot() {
        return slot;
    }

    List<Predicate> predicates() {
        return predicates;
    }

    /** Number of predicates that may be searched by: the first ones. */
    int searched() {
        return Math.min(SEARCHED_MAX, predicates.size());
    }

    /** Whether null for the subject makes the alternative false, whatever else fails. */
    boolean guards(Subject subject) {
        for (Predicate predicate : predicates) {
            if (predicate instanceof Predicate.NotNull notNull
                    && notNull.subject().equals(subject)) {
                return true;
            }
        }
        return false;
    }
}
