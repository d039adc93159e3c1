package dev.sluice.rule.compile;

import dev.sluice.text.NearestName;
import dev.sluice.text.TimeText;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Settings of a rule file that are a word of a few, a number within bounds, or a time within bounds. */
final class SettingReader {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}(\\.[0-9]{1,15})?|\\.[0-9]{1,15}");

    private final Problems problems;
    private final DurationReader durations;

    /**
     * What a number may be; both ends belong to it.
     *
     * @param otherwise what messages say that it may be, too
     */
    record Bounds(double least, double most, String otherwise) {
        Bounds(double least, double most) {
            this(least, most, "");
        }

        @Override
        public String toString() {
            return "from " + text(least) + " to " + text(most) + otherwise;
        }

        private static String text(double bound) {
            return BigDecimal.valueOf(bound).stripTrailingZeros().toPlainString();
        }
    }

    /** What a time may be; both ends belong to it. */
    record Span(Duration least, Duration most) {}

    SettingReader(Problems problems) {
        this.problems = problems;
        this.durations = new DurationReader(problems);
    }

    /** Empty when {@code key} is missing, or with a problem. */
    <E extends Enum<E>> Optional<E> word(Mapping keys, String key, Class<E> type) {
        List<E> values = List.of(type.getEnumConstants());
        return choice(keys, key, values.stream().map(SettingReader::word).toList())
                .flatMap(word -> values.stream()
                        .filter(value -> word(value).equals(word))
                        .findFirst());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** Empty when {@code key} is missing, or with a problem. */
    Optional<String> choice(Mapping keys, String key, List<String> words) {
        Located text = keys.optional(key);
        if (text == null || words.contains(text.text())) {
            return Optional.ofNullable(text).map(Located::text);
        }
        problems.error(
                text.place(),
                "invalid-value",
                null,
                "`" + Names.shortened(text.text()) + "` is no `" + key + "`; use " + oneOf(words)
                        + NearestName.didYouMean(text.text(), words));
        return Optional.empty();
    }

    private static String oneOf(List<String> words) {
        int last = words.size() - 1;
        return "`" + String.join("`, `", words.subList(0, last)) + "` or `" + words.get(last) + "`";
    }

    /** Empty when {@code key} is missing, or with a problem. */
    OptionalDouble number(Mapping keys, String key, Bounds bounds) {
        Located text = keys.optional(key);
        if (text == null) {
            return OptionalDouble.empty();
        }
        boolean isNumber = NUMBER.matcher(text.text()).matches();
        double value = isNumber ? Double.parseDouble(text.text()) : 0;
        if (isNumber && value >= bounds.least() && value <= bounds.most()) {
            return OptionalDouble.of(value);
        }
        refuse(text, key, "a number " + bounds);
        return OptionalDouble.empty();
    }

    /** Empty when {@code key} is missing, or with a problem. */
    OptionalLong whole(Mapping keys, String key, Bounds bounds) {
        Located text = keys.optional(key);
        if (text == null) {
            return OptionalLong.empty();
        }
        boolean isWhole = text.text().matches("[0-9]{1,15}");
        long value = isWhole ? Long.parseLong(text.text()) : 0;
        if (isWhole && value >= bounds.least() && value <= bounds.most()) {
            return OptionalLong.of(value);
        }
        refuse(text, key, "a whole number " + bounds);
        return OptionalLong.empty();
    }

    private void refuse(Located text, String key, String wanted) {
        problems.error(
                text.place(),
                "invalid-value",
                null,
                "`" + key + "` must be " + wanted + ", not `" + Names.shortened(text.text()) + "`");
    }

    /** Empty when {@code key} is missing, or with a problem. */
    Optional<Duration> time(Mapping keys, String key, Span span) {
        OptionalLong ms = durations.read(keys, key, null);
        if (ms.isEmpty()) {
            return Optional.empty();
        }
        Duration time = Duration.ofMillis(ms.getAsLong());
        if (time.compareTo(span.least()) >= 0 && time.compareTo(span.most()) <= 0) {
            return Optional.of(time);
        }
        problems.error(
                keys.valuePlace(key),
                "invalid-value",
                null,
                "`" + key + "` must be from " + TimeText.of(span.least()) + " to " + TimeText.of(span.most()));
        return Optional.empty();
    }
}
