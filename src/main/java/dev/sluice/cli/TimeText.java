package dev.sluice.cli;

import java.time.Duration;
import java.time.Instant;

/** Spans of time for people. */
final class TimeText {
    private TimeText() {}

    /** The two largest units: {@code 250 ms}, {@code 12 s}, {@code 4 min 30 s}, {@code 2 h 5 min}. */
    static String of(Duration span) {
        if (span.isNegative()) {
            return "0 s";
        }
        if (span.toMillis() < 1000 && !span.isZero()) {
            return span.toMillis() + " ms";
        }
        if (span.toMinutes() == 0) {
            return span.toSeconds() + " s";
        }
        if (span.toHours() == 0) {
            return two(span.toMinutes(), "min", span.toSecondsPart(), "s");
        }
        return span.toDays() == 0
                ? two(span.toHours(), "h", span.toMinutesPart(), "min")
                : two(span.toDays(), "d", span.toHoursPart(), "h");
    }

    /** Whole seconds, rounded up: what is left is never shown as nothing. */
    static String left(Instant until, Instant now) {
        long ms = Math.max(0, Duration.between(now, until).toMillis());
        return of(Duration.ofSeconds((ms + 999) / 1000));
    }

    static String ago(Instant then, Instant now) {
        long seconds = Math.max(0, Duration.between(then, now).toSeconds());
        if (seconds < 120) {
            return seconds + " s ago";
        }
        return seconds < 7200 ? seconds / 60 + " min ago" : seconds / 3600 + " h ago";
    }

    private static String two(long large, String largeUnit, long small, String smallUnit) {
        return large + " " + largeUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }
}
