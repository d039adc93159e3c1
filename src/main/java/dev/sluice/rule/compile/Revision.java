package dev.sluice.rule.compile;

import dev.sluice.rule.CompiledRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a new text of a rule file has in place of the rules {@code from} to {@code to} of a standing one; all else is
 * equal.
 *
 * @param source the whole new text
 * @param text whole rules of it
 * @param piece where they stand in the text
 */
record Revision(int from, int to, String source, String text, Layout.Piece piece) {
    private static final String LAST = "last";

    /** Empty when the texts do not differ in whole rules only, as far as the lines tell. */
    static Optional<Revision> of(Standing standing, String source) {
        Layout layout = standing.layout();
        String old = standing.source();
        int prefix = TextMatch.prefix(old, source);
        int suffix = TextMatch.suffix(old, source, Math.min(old.length(), source.length()) - prefix);
        // The first changed rule's dash is the same in both, so it is where a rule begins in both.
        int from = layout.rulesUpTo(prefix - layout.indent() - 3) - 1;
        int to = firstFrom(layout, old.length() - suffix);
        if (from < 0 || to < 0) {
            return Optional.empty();
        }
        int end = layout.start(to) + source.length() - old.length();
        if (end <= layout.start(from) || source.charAt(end - 1) != '\n') {
            return Optional.empty();
        }
        String text = source.substring(layout.start(from), end);
        return piece(text, layout.indent()).map(piece -> new Revision(from, to, source, text, piece));
    }

    /** The first rule, or the end of the list, that begins at or after {@code offset}; -1 for none. */
    private static int firstFrom(Layout layout, int offset) {
        if (layout.start(layout.rules()) < offset) {
            return -1;
        }
        int upTo = layout.rulesUpTo(offset);
        return upTo > 0 && layout.start(upTo - 1) == offset ? upTo - 1 : upTo;
    }

    /** Empty when a line is indented less than a rule, or as a rule and is none. */
    private static Optional<Layout.Piece> piece(String text, int indent) {
        List<Integer> starts = new ArrayList<>();
        List<Integer> startLines = new ArrayList<>();
        int lines = 0;
        for (int at = 0; at < text.length(); lines++) {
            int end = text.indexOf('\n', at) + 1;
            int spaces = Layout.indent(text, at);
            boolean empty = "\r\n#".indexOf(text.charAt(at + spaces)) >= 0;
            if (Layout.isDash(text, at, indent)) {
                starts.add(at);
                startLines.add(lines);
            } else if ((!empty && spaces <= indent) || hasOddCharacters(text, at, end)) {
                return Optional.empty();
            }
            at = end;
        }
        return Optional.of(new Layout.Piece(starts, startLines, text.length(), lines));
    }

    /** Characters that may mean more to YAML, or to who counts lines and columns, than to this class. */
    private static boolean hasOddCharacters(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == '\t' || (c == '\r' && text.charAt(i + 1) != '\n') || (c >= 0x7F && c < 0xA0)) {
                return true;
            }
            if (c == '\u2028' || c == '\u2029' || c == '\uFEFF') {
                return true;
            }
        }
        return false;
    }

    /**
     * One more rule behind a piece of a file: it shows that reading stands, after the piece, where it stood in the whole.
     *
     * @param line on which it stands
     */
    record Marker(int indent, int line) {
        String text() {
            return " ".repeat(indent) + "- " + LAST + "\n";
        }

        /** Whether YAML sees it behind {@code count} rules, in its place. Takes it away. */
        boolean isTakenFrom(YamlDocument document, int count) {
            List<YamlNode> items = Layout.items(document);
            if (!document.isPlain() || items == null || items.size() != count + 1) {
                return false;
            }
            YamlNode last = items.remove(count);
            return last instanceof YamlNode.Scalar scalar
                    && scalar.value().equals(LAST)
                    && last.place().line() == line;
        }
    }

    /** The standing rules in whose place others come. */
    List<CompiledRule> replaced(Standing standing) {
        return standing.definition().rules().subList(from, to);
    }

    /** A rule file of the changed rules alone: everything around the rules is the same. */
    String file(Standing standing) {
        return standing.around(text + marker(standing).text());
    }

    private Marker marker(Standing standing) {
        return new Marker(standing.layout().indent(), standing.layout().line(0) + piece.lines());
    }

    /** Whether YAML sees the rules of {@link #file} where the lines have them. Takes the marker away. */
    boolean isConfirmed(Standing standing, YamlDocument document) {
        int count = piece.starts().size();
        if (!marker(standing).isTakenFrom(document, count)) {
            return false;
        }
        List<YamlNode> items = Objects.requireNonNull(Layout.items(document));
        int first = standing.layout().line(0);
        for (int i = 0; i < count; i++) {
            if (items.get(i).place().line() != first + piece.startLines().get(i)) {
                return false;
            }
        }
        return true;
    }
}
