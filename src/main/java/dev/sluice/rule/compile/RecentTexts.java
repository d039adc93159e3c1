package dev.sluice.rule.compile;

import java.util.Arrays;

/** Makes equal short texts one object where they follow each other closely, as keys and names of rules do. */
final class RecentTexts {
    private static final int SIZE = 1024;
    private static final int LENGTH_MAX = 64;

    private final String[] recent = new String[SIZE];

    RecentTexts() {
        Arrays.fill(recent, "");
    }

    /** An equal text: the one seen before, if it was lately. */
    String shared(String text) {
        if (text.length() > LENGTH_MAX) {
            return text;
        }
        int hash = text.hashCode();
        int at = (hash ^ (hash >>> 16)) & (SIZE - 1);
        if (!recent[at].equals(text)) {
            recent[at] = text;
        }
        return recent[at];
    }
}
