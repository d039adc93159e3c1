package dev.sluice.rule.compile;

/**
 * The way from one text of a rule file to another, a difference at a time: a step brings the first difference and leaves
 * the rest as it was.
 */
final class Steps {
    /** More differences than this are not sought one by one. */
    static final int MAX = 12;

    /** How many rules after a difference are tried as the place where the texts agree again. */
    private static final int TRIED = 4;

    private Steps() {}

    /** The text after the first step; the new text itself when the differences are one, or stand close together. */
    static String first(Standing standing, String source) {
        String old = standing.source();
        Layout layout = standing.layout();
        int mismatch = TextMatch.prefix(old, source);
        int rule = layout.rulesUpTo(mismatch) - 1;
        int begin = rule < 0 ? 0 : layout.start(rule);
        for (int next = rule + 1; next < layout.rules() && next <= rule + TRIED; next++) {
            String block = old.substring(layout.start(next), layout.start(next + 1));
            int at = source.indexOf(block, begin);
            if (at >= 0) {
                return new StringBuilder(at + old.length() - layout.start(next))
                        .append(source, 0, at)
                        .append(old, layout.start(next), old.length())
                        .toString();
            }
        }
        return source;
    }
}
