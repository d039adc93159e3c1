package dev.sluice.rule.compile;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A text of the rule file with its place.
 *
 * @param text as its author wrote it
 * @param written the text with its constants written out; null when it is the same
 */
record Located(
        String text,
        Place place,
        ScalarText source,
        @Nullable WrittenOut written) {
    Located(String text, Place place, ScalarText source) {
        this(text, place, source, null);
    }

    Located with(WrittenOut constants) {
        return new Located(text, place, source, constants);
    }

    /** The text to be checked as an expression. */
    String expression() {
        return written == null ? text : written.text();
    }

    /** The place in the file of the character of {@link #expression} at {@code offset} code points. */
    Place place(int offset) {
        return source.place(written == null ? offset : written.authorOffset(offset));
    }

    /** Names of constants that it could use. */
    Set<String> constants() {
        return written == null ? Set.of() : written.scope().names();
    }
}
