package dev.sluice.rule;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Problems as text for people: place, message, the line of the source and a caret below it. */
public final class ProblemText {
    private static final int LINE_LENGTH_MAX = 160;
    private static final Pattern LINE_BREAK = Pattern.compile("\r\n|[\n\r\u0085\u2028\u2029]");

    private ProblemText() {}

    /**
     * One block a problem, each ending with a line feed; empty text for no problems.
     *
     * @param file name of the file, as the author knows it
     * @param source the text that was compiled
     */
    public static String of(String file, String source, List<Problem> problems) {
        List<String> lines = List.of(LINE_BREAK.split(source, -1));
        StringBuilder out = new StringBuilder();
        for (Problem problem : problems) {
            append(out, file, lines, problem);
        }
        return out.toString();
    }

    private static void append(StringBuilder out, String file, List<String> lines, Problem problem) {
        out.append(file);
        if (problem.line() > 0) {
            out.append(':').append(problem.line()).append(':').append(problem.column());
        }
        out.append(": ").append(problem.severity().name().toLowerCase(Locale.ROOT));
        out.append('[')
                .append(problem.code())
                .append("] ")
                .append(problem.message())
                .append('\n');
        if (problem.line() > 0 && problem.line() <= lines.size()) {
            appendLine(out, lines.get(problem.line() - 1), problem);
        }
    }

    private static void appendLine(StringBuilder out, String line, Problem problem) {
        int[] text = line.codePoints().toArray();
        int caret = Math.min(problem.column() - 1, text.length);
        // Of a long line the part around the caret is shown.
        int from = caret < LINE_LENGTH_MAX ? 0 : caret - LINE_LENGTH_MAX / 2;
        int to = Math.min(text.length, from + LINE_LENGTH_MAX);
        String number = String.valueOf(problem.line());
        out.append("  ").append(number).append(" | ");
        out.append(printable(new String(text, from, to - from))).append('\n');
        out.append("  ").append(" ".repeat(number.length())).append(" | ");
        for (int i = from; i < caret; i++) {
            out.append(text[i] == '\t' ? '\t' : ' ');
        }
        out.append("^\n");
    }

    /** Control characters, which could command a terminal, become question marks; the columns stay. */
    private static String printable(String line) {
        return line.replaceAll("[\\p{Cntrl}&&[^\t]]", "?");
    }
}
