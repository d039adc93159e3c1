package dev.sluice.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The known name that an unknown one was probably meant to be. */
public final class NearestName {
    /** Longer names are not compared: the cost grows with the square of the length. */
    private static final int LENGTH_MAX = 100;

    private NearestName() {}

    /**
     * The known name with the fewest edits from {@code name}, letter case aside; empty when none is within a third of its
     * length, or one edit for short names. Example: {@code retentoin} among {@code [retention, replication]} gives {@code
     * retention}, one swap away.
     */
    public static Optional<String> of(String name, Collection<String> known) {
        if (name.length() > LENGTH_MAX) {
            return Optional.empty();
        }
        String wanted = name.toLowerCase(Locale.ROOT);
        int limit = Math.max(1, name.length() / 3);
        return known.stream()
                .filter(k -> Math.abs(k.length() - name.length()) <= limit)
                .filter(k -> distance(wanted, k.toLowerCase(Locale.ROOT)) <= limit)
                .min(Comparator.<String>comparingInt(k -> distance(wanted, k.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** {@code "; did you mean `x`?"}, or nothing when no known name is near. */
    public static String didYouMean(String name, Collection<String> known) {
        return of(name, known).map(n -> "; did you mean `" + n + "`?").orElse("");
    }

    /** {@code "; did you mean `x`?"}, else {@code "; known are: a, b"}, to end a message about an unknown name. */
    public static String hint(String name, Collection<String> known) {
        String near = didYouMean(name, known);
        return near.isEmpty() ? "; known are: " + String.join(", ", known) : near;
    }

    /** Single-character insertions, deletions, replacements and swaps of neighbours from one word to the other. */
    static int distance(String from, String to) {
        int[] beforeLast = new int[to.length() + 1];
        int[] last = new int[to.length() + 1];
        int[] now = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            now[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = last[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                now[j] = Math.min(replaced, Math.min(last[j], now[j - 1]) + 1);
                boolean swapped = i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1);
                if (swapped) {
                    now[j] = Math.min(now[j], beforeLast[j - 2] + 1);
                }
            }
            int[] spare = beforeLast;
            beforeLast = last;
            last = now;
            now = spare;
        }
        return last[to.length()];
    }
}
