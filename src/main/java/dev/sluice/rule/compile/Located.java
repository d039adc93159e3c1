package dev.sluice.rule.compile;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A text of the rule file with its place. It holds no node of the YAML: of ten thousand rules those would be megabytes.
 *
 * @param text as its author wrote it, without the white space at its end
 * @param value as YAML reads it
 * @param line and {@code column}: where the scalar begins, a {@link Place}
 * @param written the text with its constants written out; null when it is the same
 */
record Located(
        String text,
        String value,
        int line,
        int column,
        SourceText file,
        @Nullable WrittenOut written) {
    static Located of(YamlNode.Scalar scalar, SourceText file) {
        Place place = scalar.place();
        return new Located(scalar.value().stripTrailing(), scalar.value(), place.line(), place.column(), file, null);
    }

    Located with(WrittenOut constants) {
        return new Located(text, value, line, column, file, constants);
    }

    Place place() {
        return new Place(line, column);
    }

    /** The scalar with the places of its characters. */
    ScalarText source() {
        return ScalarText.locate(file, place(), value);
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
