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
        YamlNode.Scalar scalar,
        SourceText file,
        @Nullable WrittenOut written) {
    /** A text without the white space at its end. */
    static Located of(YamlNode.Scalar scalar, SourceText file) {
        return new Located(scalar.value().stripTrailing(), scalar, file, null);
    }

    Located with(WrittenOut constants) {
        return new Located(text, scalar, file, constants);
    }

    Place place() {
        return scalar.place();
    }

    /** The scalar with the places of its characters. */
    ScalarText source() {
        return ScalarText.locate(file, scalar.place(), scalar.value());
    }

    /** The text to be checked as an expression. */
    String expression() {
        return written == null ? text : written.text();
    }

    /** The place in the file of the character of {@link #expression} at {@code offset} code points. */
    Place place(int offset) {
        return source().place(written == null ? offset : written.authorOffset(offset));
    }

    /** Names of constants that it could use. */
    Set<String> constants() {
        return written == null ? Set.of() : written.scope().names();
    }
}
