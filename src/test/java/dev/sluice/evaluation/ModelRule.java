package dev.sluice.evaluation;

import dev.sluice.window.Aggregation;
import dev.sluice.window.Aggregation.Function;
import dev.sluice.window.Column;
import dev.sluice.window.Recomputed;
import dev.sluice.window.Recomputed.Raw;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A windowed rule over {@link Sample}, with all aggregates, as its author writes it and as a test understands it. */
public record ModelRule(String id, Span span, Speech speech, Condition condition, String key) {
    public static final String RULESET = "random";

    /** Silence after which a key is missing. */
    static final long SILENCE = 90;

    /** A kind of window. */
    public enum Kind {
        TUMBLING,
        HOPPING,
        SLIDING,
        SLIDING_BY_STEPS,
        SESSION,
        COUNT;

        public List<Trigger> triggers() {
            return switch (this) {
                case SLIDING, SLIDING_BY_STEPS, COUNT -> List.of(Trigger.CROSSING, Trigger.EACH, Trigger.MISSING);
                default -> List.of(Trigger.CROSSING, Trigger.EACH, Trigger.CLOSE);
            };
        }

        /** Whether its windows are told apart by their start. */
        boolean isAligned() {
            return this == TUMBLING || this == HOPPING;
        }
    }

    /** A kind of emission. */
    public enum Trigger {
        CROSSING,
        EACH,
        CLOSE,
        MISSING
    }

    /**
     * A window.
     *
     * @param size of the window or gap in milliseconds; of a count window in events
     * @param step of hopping windows their distance, of sliding ones the resolution
     */
    public record Span(Kind kind, long size, long step, long grace) {}

    /**
     * When it emits.
     *
     * @param cooldown 0 for none
     */
    public record Speech(Trigger trigger, long cooldown) {}

    /** What an event must have, and the window. */
    public record Condition(Filter filter, Having having, long threshold) {}

    /** A condition on events, written and understood. */
    public record Filter(String text, Predicate<Sample> test) {
        public Filter and(Filter other) {
            return new Filter(text + " && " + other.text, test.and(other.test));
        }

        public static Filter least(long n) {
            return new Filter("n >= " + n, reading -> reading.n() >= n);
        }
    }

    /** A condition on windows. */
    public enum Having {
        NONE,
        COUNT,
        TOTAL,
        RANGE,
        KINDS,
        FIELD
    }

    /** One aggregate. */
    private record Kept(String name, Column column) {
        @Nullable Object of(List<Raw> events) {
            return Recomputed.result(column, KEPT.indexOf(this), events);
        }
    }

    private static final List<Kept> KEPT = List.of(
            kept("c", "count()", Function.COUNT, 0),
            kept("high", "count(n > 5)", Function.COUNT, 0),
            kept("total", "sum(n)", Function.SUM, 0),
            kept("real", "sum(d)", Function.SUM, 0),
            kept("mean", "avg(n)", Function.AVG, 0),
            kept("least", "min(n)", Function.MIN, 0),
            kept("worst", "max(n)", Function.MAX, 0),
            kept("most", "max(x)", Function.MAX, 0),
            kept("opening", "first(n)", Function.FIRST, 0),
            kept("closing", "last(k)", Function.LAST, 0),
            kept("spread", "stddev(d)", Function.STDDEV, 0),
            kept("kinds", "count_distinct(n)", Function.COUNT_DISTINCT, 0),
            kept("p", "percentile(n, 75)", Function.PERCENTILE, 75),
            kept("moving", "ema(n, 0.5)", Function.EMA, 0.5),
            kept("some", "collect(x, 3)", Function.COLLECT, 3));

    private static Kept kept(String name, String text, Function function, double parameter) {
        Column.Kind kind = text.contains("(d") ? Column.Kind.DOUBLE : Column.Kind.LONG;
        return new Kept(name, new Column(text, new Aggregation(function, parameter), kind));
    }

    private static @Nullable Object argument(Kept kept, Sample reading) {
        String id = kept.column().id();
        if (id.startsWith("count(")) {
            return id.equals("count()") || reading.n() > 5;
        }
        return switch (id.charAt(id.indexOf('(') + 1)) {
            case 'n' -> reading.n();
            case 'x' -> reading.x();
            case 'd' -> reading.d();
            default -> reading.k();
        };
    }

    static ModelRule random(Random random) {
        Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
        List<Trigger> triggers = kind.triggers();
        long size = kind == Kind.COUNT ? 1 + random.nextInt(6) : 10 + random.nextInt(90);
        Having having = Having.values()[random.nextInt(Having.values().length)];
        long grace = kind == Kind.COUNT || random.nextBoolean() ? 0 : random.nextInt(40);
        return new ModelRule(
                "rule",
                new Span(kind, size, Math.max(1, size / (1 + random.nextInt(8))), grace),
                new Speech(
                        triggers.get(random.nextInt(triggers.size())),
                        random.nextInt(3) == 0 ? 1 + random.nextInt(150) : 0),
                new Condition(Filter.least(random.nextInt(8) - 3), having, threshold(having, random)),
                List.of("", "k", "[k, n % 2]", "n % 3").get(random.nextInt(4)));
    }

    private static long threshold(Having having, Random random) {
        return switch (having) {
            case COUNT -> 1 + random.nextInt(4);
            case KINDS -> 1 + random.nextInt(3);
            case TOTAL -> random.nextInt(60);
            default -> random.nextInt(12);
        };
    }

    /** The rule file. */
    String text() {
        return "ruleset: " + RULESET + "\nrules:\n" + entry();
    }

    /** The rule's part of the file. */
    public String entry() {
        return """
                  - id: %s
                    from: Reading
                    when: %s
                    %s
                    window: { %s }
                    aggregate: { %s }
                    %s
                    emit:
                      trigger: %s
                      type: Alert
                      fields: { %s, n: n, x: x, start: window_start, end: window_end, key: window_key }
                """.formatted(
                id,
                condition.filter().text(),
                key.isEmpty() ? "" : "partitionBy: " + key,
                window(),
                KEPT.stream()
                        .map(kept -> kept.name() + ": '" + kept.column().id() + "'")
                        .collect(Collectors.joining(", ")),
                havingText(),
                triggerText(),
                KEPT.stream().map(kept -> kept.name() + ": " + kept.name()).collect(Collectors.joining(", ")));
    }

    private String window() {
        String allowed = span.grace() == 0 ? "" : ", grace: " + span.grace() + "ms";
        long size = span.size();
        return switch (span.kind()) {
            case TUMBLING -> "tumbling: " + size + "ms" + allowed;
            case HOPPING -> "hopping: " + size + "ms, every: " + span.step() + "ms" + allowed;
            case SLIDING -> "sliding: " + size + "ms" + allowed;
            case SLIDING_BY_STEPS -> "sliding: " + size + "ms, resolution: " + span.step() + "ms" + allowed;
            case SESSION -> "session: " + size + "ms" + allowed;
            case COUNT -> "count: " + size;
        };
    }

    private String havingText() {
        long threshold = condition.threshold();
        return switch (condition.having()) {
            case NONE -> "";
            case COUNT -> "having: c >= " + threshold;
            case TOTAL -> "having: total > " + threshold;
            case RANGE -> "having: worst > " + threshold + " && c < 6";
            case KINDS -> "having: kinds > " + threshold + " && opening != least";
            case FIELD -> "having: n > " + threshold + " || (x != null && c >= 3)";
        };
    }

    private String triggerText() {
        String name = speech.trigger().name().toLowerCase(Locale.ROOT);
        String after = speech.trigger() == Trigger.MISSING ? "\n      after: " + SILENCE + "ms" : "";
        return name + after + (speech.cooldown() == 0 ? "" : "\n      cooldown: " + speech.cooldown() + "ms");
    }

    List<@Nullable Object> keyOf(Sample reading) {
        return switch (key) {
            case "[k, n % 2]" -> List.of(reading.k(), reading.n() % 2);
            case "n % 3" -> List.of(reading.n() % 3);
            default -> List.of(reading.k());
        };
    }

    public boolean admits(Sample reading) {
        return condition.filter().test().test(reading);
    }

    /** Whether having is true. */
    boolean holds(List<Sample> window, Sample last) {
        long threshold = condition.threshold();
        return switch (condition.having()) {
            case NONE -> true;
            case COUNT -> window.size() >= threshold;
            case TOTAL -> window.stream().mapToLong(Sample::n).sum() > threshold;
            case RANGE -> window.stream().anyMatch(event -> event.n() > threshold) && window.size() < 6;
            case KINDS ->
                window.stream().mapToLong(Sample::n).distinct().count() > threshold
                        && !result("opening", window).equals(result("least", window));
            case FIELD -> last.n() > threshold || (last.x() != null && window.size() >= 3);
        };
    }

    private static Object result(String name, List<Sample> window) {
        return results(window, kept -> kept.name().equals(name))
                .values()
                .iterator()
                .next();
    }

    /** What the aggregates of a window are, worked out from its events in the order of arrival. */
    static Map<String, @Nullable Object> results(List<Sample> window) {
        return results(window, kept -> true);
    }

    private static Map<String, @Nullable Object> results(List<Sample> window, Predicate<Kept> wanted) {
        List<Raw> events = window.stream()
                .map(reading -> new Raw(
                        reading.time(),
                        KEPT.stream()
                                .<@Nullable Object>map(kept -> argument(kept, reading))
                                .toList()))
                .toList();
        Map<String, @Nullable Object> results = new LinkedHashMap<>();
        KEPT.stream().filter(wanted).forEach(kept -> results.put(kept.name(), kept.of(events)));
        return Collections.unmodifiableMap(results);
    }
}
