package dev.sluice.rule.compile;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A part of a text of the rule file that is an expression.
 *
 * @param expression with constants written out
 * @param offset where it begins in {@link Located#expression}, in code points
 * @param later names that only the rule's having and emitted values can use
 */
record Excerpt(Located of, String expression, int offset, Set<String> later) {
    static Excerpt whole(Located text) {
        return new Excerpt(text, text.expression(), 0, Set.of());
    }

    /** A text of a rule that is evaluated for an event alone, before its window is looked at. */
    static Excerpt ofEvent(Located text, @Nullable Windowed windowed) {
        return new Excerpt(text, text.expression(), 0, windowed == null ? Set.of() : windowed.names());
    }

    Excerpt part(AggregateCall.Part part) {
        return new Excerpt(of, part.text(), part.offset(), later);
    }

    /** The place in the file of the character at an offset of code points. */
    Place place(int within) {
        return of.place(offset + within);
    }

    String message(Finding finding) {
        Finding.Unknown unknown = finding.unknown();
        return unknown != null && later.contains(unknown.name())
                ? unknown.message() + "; aggregates and the names of the window are for `having` and `emit`"
                : finding.message(of.constants());
    }
}
