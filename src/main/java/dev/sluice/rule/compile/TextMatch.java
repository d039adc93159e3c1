package dev.sluice.rule.compile;

/** Where long texts agree, found without copies of them. */
final class TextMatch {
    private static final int BLOCK = 4_096;

    private TextMatch() {}

    /** Length of what both begin with. */
    static int prefix(String left, String right) {
        int most = Math.min(left.length(), right.length());
        int same = 0;
        while (same + BLOCK <= most && left.regionMatches(same, right, same, BLOCK)) {
            same += BLOCK;
        }
        while (same < most && left.charAt(same) == right.charAt(same)) {
            same++;
        }
        return same;
    }

    /**
     * Length of what both end with.
     *
     * @param most not more than this
     */
    static int suffix(String left, String right, int most) {
        int same = 0;
        while (same + BLOCK <= most
                && left.regionMatches(left.length() - same - BLOCK, right, right.length() - same - BLOCK, BLOCK)) {
            same += BLOCK;
        }
        while (same < most && left.charAt(left.length() - same - 1) == right.charAt(right.length() - same - 1)) {
            same++;
        }
        return same;
    }
}
