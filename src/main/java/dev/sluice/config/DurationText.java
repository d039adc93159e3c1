package dev.sluice.config;

import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 500ms}, {@code 10s}, {@code 1h30m}, {@code 7d}. */
final class DurationText {
    private static final Pattern WHOLE = Pattern.compile("(\\d{1,12}(ms|s|m|h|d))+");
    private static final Pattern PART = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)");
    private static final Map<String, Long> UNITS_MS =
            Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

    private DurationText() {}

    /** Milliseconds; empty when the text is no duration. */
    static OptionalLong ms(String text) {
        if (!WHOLE.matcher(text).matches()) {
            return OptionalLong.empty();
        }
        long sum = 0;
        Matcher parts = PART.matcher(text);
        while (parts.find()) {
            sum += Long.parseLong(parts.group(1)) * UNITS_MS.getOrDefault(parts.group(2), 0L);
        }
        return OptionalLong.of(sum);
    }
}
