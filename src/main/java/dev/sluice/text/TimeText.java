package dev.sluice.text;

import java.time.Duration;

/** Spans of time as rule files have them. */
public final class TimeText {
    private static final String[] UNITS = {"d", "h", "m", "s", "ms"};
    private static final long[] UNIT_MS = {86_400_000, 3_600_000, 60_000, 1_000, 1};

    private TimeText() {}

    /** Whole milliseconds, not negative. Example: 5,400,000 ms is {@code 1h30m}; nothing is {@code 0s}. */
    public static String of(Duration time) {
        long left = time.toMillis();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < UNITS.length; i++) {
            long count = left / UNIT_MS[i];
            left -= count * UNIT_MS[i];
            if (count > 0) {
                text.append(count).append(UNITS[i]);
            }
        }
        return text.length() == 0 ? "0s" : text.toString();
    }
}
