package dev.sluice.rule.compile;

/** Where long texts agree, found without copies of the whole of them. */
final class TextMatch {
    private static final int BLOCK = 4_096;

    private TextMatch() {}

    /** Length of what both begin with. */
    static int prefix(String left, String right) {
        int most = Math.min(left.length(), right.length());
        int same = 0;
        while (same + BLOCK <= most && isSame(left, same, right, same, BLOCK)) {
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
                && isSame(left, left.length() - same - BLOCK, right, right.length() - same - BLOCK, BLOCK)) {
            same += BLOCK;
        }
        while (same < most && left.charAt(left.length() - same - 1) == right.charAt(right.length() - same - 1)) {
            same++;
        }
        return same;
    }

    /** Whether {@code length} characters from there on are the same; there are as many in both. */
    static boolean isSame(String left, int leftFrom, String right, int rightFrom, int length) {
        for (int at = 0; at < length; at += BLOCK) {
            int size = Math.min(BLOCK, length - at);
            // Copies of blocks are compared many characters at a time, which String.regionMatches does not do.
            String block = left.substring(leftFrom + at, leftFrom + at + size);
            if (!block.equals(right.substring(rightFrom + at, rightFrom + at + size))) {
                return false;
            }
        }
        return true;
    }
}
