package dev.sluice.rule.compile;

import dev.sluice.rule.Predicate;
import dev.sluice.rule.Ranks;
import dev.sluice.rule.Subject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A predicate that never holds, or two that never hold for one event: both are true for none. What is not found may still
 * be a contradiction.
 *
 * @param second null when the first never holds by itself
 */
record Contradiction(Predicate first, @Nullable Predicate second) {
    /** Of more predicates in one alternative only these are held against each other. */
    static final int COMPARED_MAX = 64;
    /** Characters of a predicate in a message. */
    private static final int SHOWN_MAX = 100;

    /** One among predicates that would all have to hold. */
    static Optional<Contradiction> in(List<Predicate> alternative) {
        List<Predicate> compared = alternative.subList(0, Math.min(alternative.size(), COMPARED_MAX));
        for (int i = 0; i < compared.size(); i++) {
            Predicate later = compared.get(i);
            if (later instanceof Predicate.InRange range && range.bounds().isEmpty()) {
                return Optional.of(new Contradiction(later, null));
            }
            for (int j = 0; j < i; j++) {
                Predicate earlier = compared.get(j);
                if (exclude(earlier, later) || exclude(later, earlier)) {
                    return Optional.of(new Contradiction(earlier, later));
                }
            }
        }
        return Optional.empty();
    }

    String message() {
        return second == null ? shown(first) + " never holds" : shown(second) + " contradicts " + shown(first);
    }

    private static String shown(Predicate predicate) {
        String source = predicate.expression().source();
        return "`" + (source.length() <= SHOWN_MAX ? source : source.substring(0, SHOWN_MAX) + "...") + "`";
    }

    /** Whether {@code other} is surely not true when {@code one} is. */
    private static boolean exclude(Predicate one, Predicate other) {
        if (other instanceof Predicate.Holds test) {
            String text = test.expression().source();
            return isNegation(text, one) || isNullTest(text, one) || differs(text, one);
        }
        if (one instanceof Predicate.OneOf oneOf) {
            return excludes(oneOf, other);
        }
        if (one instanceof Predicate.InRange range && other instanceof Predicate.InRange second) {
            return range.subject().equals(second.subject())
                    && range.bounds().and(second.bounds()).isEmpty();
        }
        return one instanceof Predicate.StartsWith start
                && other instanceof Predicate.StartsWith second
                && start.subject().equals(second.subject())
                && !start.prefix().startsWith(second.prefix())
                && !second.prefix().startsWith(start.prefix());
    }

    private static boolean excludes(Predicate.OneOf oneOf, Predicate other) {
        if (other instanceof Predicate.OneOf second) {
            return oneOf.subject().equals(second.subject())
                    && second.values().stream().noneMatch(oneOf.values()::contains);
        }
        if (other instanceof Predicate.InRange range) {
            return oneOf.subject().equals(range.subject())
                    && oneOf.values().stream()
                            .allMatch(value ->
                                    value instanceof Long && !range.bounds().contains(rank(value)));
        }
        return other instanceof Predicate.StartsWith start
                && oneOf.subject().equals(start.subject())
                && oneOf.values().stream()
                        .noneMatch(value -> value instanceof String text && text.startsWith(start.prefix()));
    }

    private static Predicate.Bounds rank(Object value) {
        long rank = Ranks.of(value);
        return new Predicate.Bounds(rank, rank);
    }

    private static boolean isNegation(String text, Predicate one) {
        String source = one.expression().source();
        return text.equals("!(" + source + ")") || text.equals("!" + source);
    }

    /** {@code x == null} where another predicate needs a value. */
    private static boolean isNullTest(String text, Predicate one) {
        Subject subject = Predicates.subject(one);
        return subject != null
                && (text.equals(subject.text() + " == null") || text.equals("null == " + subject.text()));
    }

    /** {@code x != 1} where another predicate says {@code x == 1}. */
    private static boolean differs(String text, Predicate one) {
        if (!(one instanceof Predicate.OneOf oneOf) || oneOf.values().size() != 1) {
            return false;
        }
        Object value = oneOf.values().iterator().next();
        String literal = value instanceof String string ? CanonicalText.quoted(string) : String.valueOf(value);
        return text.equals(oneOf.subject().text() + " != " + literal);
    }
}
