package dev.sluice.rule.compile;

import java.util.List;
import java.util.regex.Pattern;

/** The text of a rule file by line, in code points. */
final class SourceText {
    private static final Pattern LINE_BREAK = Pattern.compile("\r\n|[\n\r\u0085\u2028\u2029]");

    private final List<int[]> lines;

    SourceText(String text) {
        lines = LINE_BREAK
                .splitAsStream(text)
                .map(line -> line.codePoints().toArray())
                .toList();
    }

    int lines() {
        return lines.size();
    }

    /** The line of this number, from 1; empty when there is none. */
    int[] line(int number) {
        return number >= 1 && number <= lines.size() ? lines.get(number - 1) : new int[0];
    }
}
