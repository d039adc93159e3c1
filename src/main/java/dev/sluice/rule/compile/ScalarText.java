package dev.sluice.rule.compile;

import java.util.Arrays;

/**
 * The text of one YAML scalar with the place in the file of each of its characters.
 *
 * <p>Plain, quoted and block scalars differ from the file in white space and escapes only, so value and file are walked
 * together: white space of the file is skipped, and every other character of the value has its one place.
 */
final class ScalarText {
    private final SourceText file;
    private final Place start;
    private final String value;

    private ScalarText(SourceText file, Place start, String value) {
        this.file = file;
        this.start = start;
        this.value = value;
    }

    /**
     * Looks nothing up before a place is asked for.
     *
     * @param start place of the scalar's first character in the file; of its quote or block sign if it has one
     * @param value the scalar as YAML reads it
     */
    static ScalarText locate(SourceText file, Place start, String value) {
        return new ScalarText(file, start, value);
    }

    /** The place of the character at {@code offset} code points; of the end when there is none. */
    Place place(int offset) {
        int[] wanted = value.codePoints().toArray();
        Place[] places = new Walk(file, start).places(wanted);
        if (offset < wanted.length && !Character.isWhitespace(wanted[offset])) {
            return places[offset];
        }
        int before = Math.min(offset, wanted.length) - 1;
        while (before >= 0 && Character.isWhitespace(wanted[before])) {
            before--;
        }
        if (before < 0) {
            return places[places.length - 1];
        }
        return new Place(places[before].line(), places[before].column() + 1);
    }

    /** The place of a line (from 1) and column (from 0) within this text. */
    Place place(int line, int column) {
        int[] wanted = value.codePoints().toArray();
        int offset = 0;
        for (int skipped = 1; skipped < line && offset < wanted.length; offset++) {
            if (wanted[offset] == '\n') {
                skipped++;
            }
        }
        return place(offset + column);
    }

    /** One walk through the file alongside the value. */
    private static final class Walk {
        private final SourceText file;
        private final Place start;
        private int line;
        private int at;
        private final boolean doubleQuoted;
        private final boolean singleQuoted;

        Walk(SourceText file, Place start) {
            this.file = file;
            this.start = start;
            line = start.line();
            at = start.column() - 1;
            int sign = current();
            doubleQuoted = sign == '"';
            singleQuoted = sign == '\'';
            if (doubleQuoted || singleQuoted) {
                at++;
            } else if (sign == '|' || sign == '>') {
                nextLine();
            }
        }

        /** One place a character, and the start of the scalar as the last. */
        Place[] places(int[] wanted) {
            Place[] places = new Place[wanted.length + 1];
            places[wanted.length] = start;
            for (int i = 0; i < wanted.length; i++) {
                if (Character.isWhitespace(wanted[i])) {
                    places[i] = new Place(line, at + 1);
                } else if (!skipTo(wanted[i])) {
                    Arrays.fill(places, i, wanted.length, start);
                    return places;
                } else {
                    places[i] = new Place(line, at + 1);
                    at += width();
                }
            }
            return places;
        }

        private boolean skipTo(int wanted) {
            while (line <= file.lines()) {
                int here = current();
                if (here < 0) {
                    nextLine();
                } else if (doubleQuoted && here == '\\') {
                    int meant = escaped();
                    if (!Character.isWhitespace(meant)) {
                        return meant == wanted;
                    }
                    at += width();
                } else if (Character.isWhitespace(here) || here == 0xFEFF) {
                    at++;
                } else {
                    return here == wanted;
                }
            }
            return false;
        }

        private int current() {
            int[] text = file.line(line);
            return at < text.length ? text[at] : -1;
        }

        private void nextLine() {
            line++;
            at = 0;
        }

        /** Columns of the file that the current character of the value takes. */
        private int width() {
            if (singleQuoted && current() == '\'') {
                return 2;
            }
            if (!doubleQuoted || current() != '\\') {
                return 1;
            }
            int[] text = file.line(line);
            int sign = at + 1 < text.length ? text[at + 1] : '\n';
            return 2 + digits(sign);
        }

        private static int digits(int sign) {
            return sign == 'x' ? 2 : sign == 'u' ? 4 : sign == 'U' ? 8 : 0;
        }

        /** What the escape at the current place stands for; a line break after the backslash counts as white space. */
        private int escaped() {
            int[] text = file.line(line);
            if (at + 1 >= text.length) {
                return '\n';
            }
            int sign = text[at + 1];
            int digits = digits(sign);
            if (digits > 0 && at + 2 + digits <= text.length) {
                return Integer.parseInt(new String(text, at + 2, digits), 16);
            }
            return switch (sign) {
                case 't', 'n', 'r', 'v', 'f', ' ', 'N', '_', 'L', 'P' -> ' ';
                case 'a' -> 7;
                case 'b' -> 8;
                case 'e' -> 27;
                case '0' -> 0;
                default -> sign;
            };
        }
    }
}
