package dev.sluice.evaluation;

import dev.sluice.rule.Predicate;
import java.util.ArrayList;
import java.util.List;

/**
 * How an index finds one alternative of a rule's condition.
 *
 * @param steps searches on the way, the first one first; none when the rule is looked at for every event
 * @param checks what is checked at the end of the way, as text
 * @param neighbours rules that are looked at together with this one there, itself included
 */
public record AccessPath(List<Step> steps, List<String> checks, int neighbours) {
    public AccessPath {
        steps = List.copyOf(steps);
        checks = List.copyOf(checks);
    }

    /** How a search finds what it looks for. */
    public enum Search {
        /** The value of the subject, in a hash table. */
        HASH,
        /** The beginnings of the subject, in a hash table by length. */
        PREFIX,
        /** The bounds, sorted. */
        SORTED
    }

    /**
     * One search.
     *
     * @param subject what is looked at, as text
     * @param predicate the part of the condition that the search decides, as text
     * @param left rules that it leaves for an event that has this rule's value; of sorted bounds all that are searched
     */
    public record Step(Search search, String subject, String predicate, int left) {}

    /** The path of one alternative as it is told. */
    static final class Account {
        private final List<Step> steps = new ArrayList<>();
        private final List<String> checks = new ArrayList<>();
        private int neighbours;

        void step(Attribute attribute, Predicate predicate, int left) {
            Search search = switch (attribute.way()) {
                case VALUE -> Search.HASH;
                case PREFIX -> Search.PREFIX;
                case RANGE -> Search.SORTED;
            };
            steps.add(new Step(
                    search, attribute.subject().text(), predicate.expression().source(), left));
        }

        void end(Candidate candidate, int looked) {
            candidate
                    .open()
                    .forEach(predicate -> checks.add(predicate.expression().source()));
            neighbours = looked;
        }

        AccessPath path() {
            return new AccessPath(steps, checks, neighbours);
        }
    }
}
