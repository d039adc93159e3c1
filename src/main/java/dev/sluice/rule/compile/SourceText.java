package dev.sluice.rule.compile;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The text of a rule file by line, in code points; split when first asked. Confined to one thread. */
final class SourceText {
    private static final Pattern LINE_BREAK = Pattern.compile("\r\n|[\n\r\u0085\u2028\u2029]");

    private final String text;
    private @Nullable List<String> lines;
    /** The line last asked for: the next question is mostly about the same. */
    private int[] current = {};

    private int currentNumber;

    SourceText(String text) {
        this.text = text;
    }

    int lines() {
        return split().size();
    }

    /** The line of this number, from 1; empty when there is none. */
    int[] line(int number) {
        if (number != currentNumber) {
            List<String> all = split();
            boolean exists = number >= 1 && number <= all.size();
            current = exists ? all.get(number - 1).codePoints().toArray() : new int[0];
            currentNumber = number;
        }
        return current;
    }

    private List<String> split() {
        List<String> all = lines;
        if (all == null) {
            all = LINE_BREAK.splitAsStream(text).toList();
            lines = all;
        }
        return all;
    }
}
