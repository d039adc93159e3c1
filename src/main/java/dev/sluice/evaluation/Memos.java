package dev.sluice.evaluation;

import dev.sluice.rule.Expression;
import dev.sluice.rule.Predicate;
import dev.sluice.rule.Subject;
import java.util.HashMap;
import java.util.Map;

/** Which expressions several entries of an index share, each with a number. Confined to the thread that builds. */
final class Memos {
    private final Map<String, Integer> uses;
    private final Map<String, Integer> numbers;

    Memos() {
        this(new HashMap<>(), new HashMap<>());
    }

    private Memos(Map<String, Integer> uses, Map<String, Integer> numbers) {
        this.uses = uses;
        this.numbers = numbers;
    }

    /** One to go on with, while an index that was built with this one stays as it is. */
    Memos copy() {
        return new Memos(new HashMap<>(uses), new HashMap<>(numbers));
    }

    int size() {
        return numbers.size();
    }

    void use(Entry entry) {
        for (Predicate predicate : entry.predicates()) {
            if (predicate instanceof Predicate.Holds holds) {
                uses.merge(holds.expression().source(), 1, Integer::sum);
            } else {
                Subject subject = Attribute.subject(predicate);
                if (subject != null && !subject.isField()) {
                    uses.merge(subject.text(), 1, Integer::sum);
                }
            }
        }
    }

    Reading reading(Subject subject) {
        return new Reading(subject, subject.isField() ? Reading.NO_MEMO : number(subject.text()));
    }

    Check check(Predicate predicate) {
        if (predicate instanceof Predicate.InRange range && range.exact()) {
            return range.subject().isField()
                    ? new Check.OfNumber(range.subject(), range.bounds())
                    : new Check.OfRank(reading(range.subject()), range.bounds());
        }
        Expression expression = predicate.expression();
        int memo = predicate instanceof Predicate.Holds ? number(expression.source()) : Reading.NO_MEMO;
        return memo == Reading.NO_MEMO ? new Check.OfExpression(expression) : new Check.OfShared(expression, memo);
    }

    private int number(String text) {
        if (uses.getOrDefault(text, 0) < 2) {
            return Reading.NO_MEMO;
        }
        return numbers.computeIfAbsent(text, t -> numbers.size());
    }
}
