package dev.sluice.rule.compile;

import dev.sluice.rule.Predicate;
import dev.sluice.rule.Ranks;
import dev.sluice.rule.Subject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What follows from predicates over one event type. */
final class Predicates {
    private Predicates() {}

    /** What the predicate needs a value of to hold; null for any other test. */
    static @Nullable Subject subject(Predicate predicate) {
        if (predicate instanceof Predicate.OneOf oneOf) {
            return oneOf.subject();
        }
        if (predicate instanceof Predicate.InRange range) {
            return range.subject();
        }
        if (predicate instanceof Predicate.StartsWith start) {
            return start.subject();
        }
        return predicate instanceof Predicate.NotNull notNull ? notNull.subject() : null;
    }

    /** Whether surely one of {@code wider} holds when one of {@code narrower} does, each a list of alternatives. */
    static boolean imply(List<List<Predicate>> narrower, List<List<Predicate>> wider) {
        for (List<Predicate> alternative : narrower) {
            if (!impliesAny(alternative, wider)) {
                return false;
            }
        }
        return true;
    }

    private static boolean impliesAny(List<Predicate> alternative, List<List<Predicate>> wider) {
        for (List<Predicate> other : wider) {
            if (impliesAll(alternative, other)) {
                return true;
            }
        }
        return false;
    }

    private static boolean impliesAll(List<Predicate> alternative, List<Predicate> wanted) {
        for (Predicate predicate : wanted) {
            if (!implies(alternative, predicate)) {
                return false;
            }
        }
        return true;
    }

    private static boolean implies(List<Predicate> alternative, Predicate wanted) {
        for (Predicate known : alternative) {
            if (implies(known, wanted)) {
                return true;
            }
        }
        return false;
    }

    /** Whether {@code wanted} is surely true when {@code known} is. */
    static boolean implies(Predicate known, Predicate wanted) {
        Subject subject = subject(wanted);
        if (subject != null && subject.equals(subject(known)) && impliesOfSubject(known, wanted)) {
            return true;
        }
        return known.expression().source().equals(wanted.expression().source());
    }

    private static boolean impliesOfSubject(Predicate known, Predicate wanted) {
        if (wanted instanceof Predicate.OneOf wider) {
            return known instanceof Predicate.OneOf oneOf && wider.values().containsAll(oneOf.values());
        }
        if (wanted instanceof Predicate.StartsWith wider) {
            return startsWith(known, wider.prefix());
        }
        return wanted instanceof Predicate.NotNull
                || (wanted instanceof Predicate.InRange wider && isWithin(known, wider));
    }

    private static boolean startsWith(Predicate known, String prefix) {
        if (known instanceof Predicate.OneOf oneOf) {
            return oneOf.values().stream().allMatch(value -> value instanceof String text && text.startsWith(prefix));
        }
        return known instanceof Predicate.StartsWith start && start.prefix().startsWith(prefix);
    }

    private static boolean isWithin(Predicate known, Predicate.InRange wider) {
        if (known instanceof Predicate.OneOf oneOf) {
            return wider.exact()
                    && oneOf.values().stream()
                            .allMatch(value -> value instanceof Long && contains(wider, Ranks.of(value)));
        }
        if (!(known instanceof Predicate.InRange range)) {
            return false;
        }
        return wider.exact()
                ? wider.bounds().contains(range.bounds())
                : isInside(range.bounds().low(), wider.bounds().low(), Long.MIN_VALUE)
                        && isInside(wider.bounds().high(), range.bounds().high(), Long.MAX_VALUE);
    }

    private static boolean contains(Predicate.InRange range, long rank) {
        return rank >= range.bounds().low() && rank <= range.bounds().high();
    }

    /** Of a range that is not exact the values at its bounds may be out of it, unless it has no bound. */
    private static boolean isInside(long greater, long less, long none) {
        return greater > less || (greater == none && less == none);
    }
}
