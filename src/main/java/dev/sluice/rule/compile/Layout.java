package dev.sluice.rule.compile;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where in a rule file its rules stand: each begins a line of its own with a dash, all at one indent. Immutable.
 *
 * <p>{@code starts} and {@code lines} have one entry more than there are rules: where the list of rules ends.
 */
final class Layout {
    private final int indent;
    private final int[] starts;
    private final int[] lines;

    private Layout(int indent, int[] starts, int[] lines) {
        this.indent = indent;
        this.starts = starts;
        this.lines = lines;
    }

    /** Empty for a file whose rules do not stand like this. */
    static Optional<Layout> of(String source, YamlDocument document) {
        if (!document.isPlain()
                || !(document.root() instanceof YamlNode.Mapping file)
                || !file.isBlock()
                || file.place().column() != 1) {
            return Optional.empty();
        }
        List<YamlNode.Entry> entries = file.entries();
        for (int i = 0; i < entries.size(); i++) {
            if (isRules(entries.get(i))) {
                YamlNode after = i + 1 < entries.size() ? entries.get(i + 1).key() : null;
                return of(source, ((YamlNode.Sequence) entries.get(i).value()).items(), after);
            }
        }
        return Optional.empty();
    }

    private static boolean isRules(YamlNode.Entry entry) {
        return entry.key() instanceof YamlNode.Scalar key
                && key.value().equals("rules")
                && entry.value() instanceof YamlNode.Sequence items
                && items.isBlock();
    }

    /** The rules of a part of a file; null when {@code rules} is no list. */
    static @Nullable List<YamlNode> items(YamlDocument document) {
        if (document.root() instanceof YamlNode.Mapping file) {
            for (YamlNode.Entry entry : file.entries()) {
                if (isRules(entry)) {
                    return ((YamlNode.Sequence) entry.value()).items();
                }
            }
        }
        return null;
    }

    private static Optional<Layout> of(String source, List<YamlNode> items, @Nullable YamlNode after) {
        int[] lines = new int[items.size() + 1];
        for (int i = 0; i < items.size(); i++) {
            lines[i] = items.get(i).place().line();
        }
        int[] starts = new int[lines.length];
        int line = 1;
        int at = 0;
        for (int i = 0; i < items.size(); i++) {
            for (; line < lines[i] && at >= 0; line++) {
                at = source.indexOf('\n', at) + 1;
                if (at == 0) {
                    return Optional.empty();
                }
            }
            starts[i] = at;
        }
        int end = source.length();
        int endLine = line;
        int afterLine = after == null ? Integer.MAX_VALUE : after.place().line();
        for (; endLine < afterLine; endLine++) {
            int next = source.indexOf('\n', at) + 1;
            if (next == 0) {
                break;
            }
            at = next;
        }
        if (after != null) {
            end = at;
        }
        starts[items.size()] = end;
        lines[items.size()] = endLine;
        boolean whole = end == 0 || source.charAt(end - 1) == '\n';
        int indent = indent(source, starts[0]);
        Layout layout = new Layout(indent, starts, lines);
        return whole && layout.isRegular(source) ? Optional.of(layout) : Optional.empty();
    }

    private boolean isRegular(String source) {
        for (int i = 0; i < rules(); i++) {
            if (!isDash(source, starts[i], indent)) {
                return false;
            }
        }
        return rules() > 0;
    }

    /** Whether a line has, after exactly this indent, a dash and a key, or what opens a mapping. */
    static boolean isDash(String source, int lineStart, int indent) {
        int dash = lineStart + indent;
        return indent(source, lineStart) == indent
                && source.startsWith("- ", dash)
                && dash + 2 < source.length()
                && (Character.isLetter(source.charAt(dash + 2)) || source.charAt(dash + 2) == '{');
    }

    /** Spaces at the beginning of a line. */
    static int indent(String source, int lineStart) {
        int at = lineStart;
        while (at < source.length() && source.charAt(at) == ' ') {
            at++;
        }
        return at - lineStart;
    }

    int rules() {
        return starts.length - 1;
    }

    int indent() {
        return indent;
    }

    /** Offset in chars of the line on which rule {@code index} begins; of the list's end for the number of rules. */
    int start(int index) {
        return starts[index];
    }

    /** The line, from 1, on which rule {@code index} begins; on which the list ends for the number of rules. */
    int line(int index) {
        return lines[index];
    }

    /** How many rules begin at or before {@code offset}. */
    int rulesUpTo(int offset) {
        int found = Arrays.binarySearch(starts, 0, rules(), offset);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /** The rule in which a line stands: -1 before the rules, their number after them. */
    int ruleAt(int line) {
        int found = Arrays.binarySearch(lines, line);
        return found >= 0 ? found : -found - 2;
    }

    /** The same rules with more, or less, before them. */
    Layout moved(int chars, int lineCount) {
        return new Layout(
                indent,
                Arrays.stream(starts).map(start -> start + chars).toArray(),
                Arrays.stream(lines).map(line -> line + lineCount).toArray());
    }

    /**
     * The layout with rules {@code from} to {@code to} replaced.
     *
     * @param within of the replacement: its starts and lines, from the beginning of the replaced part
     */
    Layout with(int from, int to, Piece within) {
        int shift = starts[from] + within.length() - starts[to];
        int lineShift = lines[from] + within.lines() - lines[to];
        int added = within.starts().size();
        int[] newStarts = new int[starts.length - (to - from) + added];
        int[] newLines = new int[newStarts.length];
        System.arraycopy(starts, 0, newStarts, 0, from);
        System.arraycopy(lines, 0, newLines, 0, from);
        for (int i = 0; i < added; i++) {
            newStarts[from + i] = starts[from] + within.starts().get(i);
            newLines[from + i] = lines[from] + within.startLines().get(i);
        }
        for (int i = to; i < starts.length; i++) {
            newStarts[i - to + from + added] = starts[i] + shift;
            newLines[i - to + from + added] = lines[i] + lineShift;
        }
        return new Layout(indent, newStarts, newLines);
    }

    /**
     * A run of whole rules.
     *
     * @param starts offsets of the rules' lines in it
     * @param startLines lines of the rules in it, from 0
     * @param length in chars
     * @param lines in lines
     */
    record Piece(List<Integer> starts, List<Integer> startLines, int length, int lines) {
        Piece {
            starts = List.copyOf(starts);
            startLines = List.copyOf(startLines);
        }
    }
}
