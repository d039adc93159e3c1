package dev.sluice.rule;

import java.util.ArrayList;
import java.util.List;

/**
 * A rule's condition taken apart: it holds when all predicates of one of its alternatives do. What a failing one means
 * follows the language: a false one of the same alternative, or another alternative that holds, absorbs the failure.
 *
 * @param alternatives none when the condition never holds; one without predicates when it always holds
 */
public record Condition(List<List<Predicate>> alternatives) {
    /** Holds for every event. */
    public static final Condition ALWAYS = new Condition(List.of(List.of()));

    public Condition {
        List<List<Predicate>> copies = new ArrayList<>(alternatives.size());
        alternatives.forEach(alternative -> copies.add(List.copyOf(alternative)));
        // Ten thousand rules have as many: a copy of one or two is smaller than any other list of them.
        alternatives = List.copyOf(copies);
    }

    /** A condition that nothing is known of but that it can be tested. */
    public static Condition opaque(Expression expression) {
        return new Condition(List.of(List.of(new Predicate.Holds(expression))));
    }
}
