package dev.sluice.evaluation;

import dev.sluice.rule.Predicate;
import dev.sluice.rule.Subject;
import org.jspecify.annotations.Nullable;

/** What an index can search by: a subject and a way. */
record Attribute(Way way, Subject subject) {

    /** How values are searched; the cheapest first. */
    enum Way {
        VALUE,
        PREFIX,
        RANGE
    }

    /** By which the predicate is searched; null when it is not. */
    static @Nullable Attribute of(Predicate predicate) {
        if (predicate instanceof Predicate.OneOf oneOf) {
            return new Attribute(Way.VALUE, oneOf.subject());
        }
        if (predicate instanceof Predicate.StartsWith startsWith) {
            return new Attribute(Way.PREFIX, startsWith.subject());
        }
        return predicate instanceof Predicate.InRange range ? new Attribute(Way.RANGE, range.subject()) : null;
    }

    /** Whether the predicate is searched by it. */
    boolean isOf(Predicate predicate) {
        return switch (way) {
            case VALUE -> predicate instanceof Predicate.OneOf oneOf && subject.equals(oneOf.subject());
            case PREFIX -> predicate instanceof Predicate.StartsWith start && subject.equals(start.subject());
            case RANGE -> predicate instanceof Predicate.InRange range && subject.equals(range.subject());
        };
    }

    /** The subject of a predicate that has one. */
    static @Nullable Subject subject(Predicate predicate) {
        if (predicate instanceof Predicate.NotNull notNull) {
            return notNull.subject();
        }
        Attribute attribute = of(predicate);
        return attribute == null ? null : attribute.subject();
    }
}
