package dev.sluice.rule.compile;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations of a rule file, such as {@code 1h30m}, in milliseconds. */
final class DurationReader {
    static final long DAYS_MAX = 366;
    private static final Pattern PARTS =
            Pattern.compile("(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?(?:(\\d{1,12})ms)?");
    private static final TimeUnit[] UNITS = {
        TimeUnit.DAYS, TimeUnit.HOURS, TimeUnit.MINUTES, TimeUnit.SECONDS, TimeUnit.MILLISECONDS
    };

    private final Problems problems;

    DurationReader(Problems problems) {
        this.problems = problems;
    }

    /** One longer than nothing; empty when {@code key} is missing, or with a problem. */
    OptionalLong positive(Mapping keys, String key, @Nullable String rule) {
        OptionalLong found = read(keys, key, rule);
        Located text = keys.optionalQuietly(key);
        if (found.isPresent() && found.getAsLong() == 0 && text != null) {
            problems.error(
                    text.place(),
                    "invalid-value",
                    rule,
                    "`" + key + "` must be longer than nothing; write it like 10m");
            return OptionalLong.empty();
        }
        return found;
    }

    /** Empty when {@code key} is missing, or with a problem. */
    OptionalLong read(Mapping keys, String key, @Nullable String rule) {
        Located text = keys.optional(key);
        if (text == null) {
            return OptionalLong.empty();
        }
        OptionalLong ms = millis(text.text());
        if (ms.isEmpty()) {
            problems.error(
                    text.place(),
                    "invalid-value",
                    rule,
                    "`" + Names.shortened(text.text())
                            + "` is no duration; write it like 500ms, 10s, 5m, 6h, 7d or 1h30m");
        } else if (ms.getAsLong() > TimeUnit.DAYS.toMillis(DAYS_MAX)) {
            problems.error(
                    text.place(),
                    "too-large",
                    rule,
                    "`" + key + "` is longer than " + DAYS_MAX + " days; give a shorter time");
            return OptionalLong.empty();
        }
        return ms;
    }

    /** Empty for what is no duration. Example: {@code 1h30m} is 5,400,000. */
    static OptionalLong millis(String text) {
        Matcher parts = PARTS.matcher(text);
        if (text.isEmpty() || !parts.matches()) {
            return OptionalLong.empty();
        }
        long ms = 0;
        for (int i = 0; i < UNITS.length; i++) {
            String count = parts.group(i + 1);
            ms += count == null ? 0 : UNITS[i].toMillis(Long.parseLong(count));
        }
        return OptionalLong.of(ms);
    }
}
