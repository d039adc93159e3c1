package dev.sluice.evaluation;

import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A random windowed rule over {@code Reading(k, n, x)}, as its author wrote it and as a test understands it.
 *
 * @param size of the window or gap in milliseconds; of a count window in events
 * @param every of a hopping window
 */
record ModelRule(
        Kind kind, long size, long every, long grace, Trigger trigger, long cooldown, Condition condition, String key) {

    enum Kind {
        TUMBLING,
        HOPPING,
        SLIDING,
        SESSION,
        COUNT
    }

    enum Trigger {
        CROSSING,
        EACH,
        CLOSE,
        MISSING
    }

    /** Silence after which a key is missing. */
    static final long SILENCE = 90;

    /** What an event must have, and the window. */
    record Condition(long least, Having having, long threshold) {}

    enum Having {
        NONE,
        COUNT,
        TOTAL,
        RANGE,
        FIELD
    }

    /** An event. */
    record Reading(
            int arrival,
            long time,
            String k,
            long n,
            @Nullable Long x) {
        String position() {
            return "readings-0-" + arrival;
        }
    }

    static ModelRule random(Random random) {
        Kind kind = Kind.values()[random.nextInt(5)];
        List<Trigger> triggers = switch (kind) {
            case SLIDING, COUNT -> List.of(Trigger.CROSSING, Trigger.EACH, Trigger.MISSING);
            default -> List.of(Trigger.CROSSING, Trigger.EACH, Trigger.CLOSE);
        };
        long size = kind == Kind.COUNT ? 1 + random.nextInt(6) : 10 + random.nextInt(90);
        Having having = Having.values()[random.nextInt(5)];
        long threshold = switch (having) {
            case COUNT -> 1 + random.nextInt(4);
            case TOTAL -> random.nextInt(60);
            default -> random.nextInt(12);
        };
        return new ModelRule(
                kind,
                size,
                1 + random.nextInt((int) size),
                kind == Kind.COUNT || random.nextBoolean() ? 0 : random.nextInt(40),
                triggers.get(random.nextInt(triggers.size())),
                random.nextInt(3) == 0 ? 1 + random.nextInt(150) : 0,
                new Condition(random.nextInt(8) - 3, having, threshold),
                List.of("", "k", "[k, n % 2]", "n % 3").get(random.nextInt(4)));
    }

    /** The rule file. */
    String text() {
        return """
                ruleset: random
                rules:
                  - id: rule
                    from: Reading
                    when: n >= %d
                    %s
                    window: { %s }
                    aggregate: { c: count(), total: sum(n), worst: max(n), mean: avg(n), high: count(n > 5), xs: max(x) }
                    %s
                    emit:
                      trigger: %s
                      type: Alert
                      fields: { c: c, total: total, worst: worst, mean: mean, high: high, xs: xs, n: n, x: x, start: window_start, end: window_end, key: window_key }
                """.formatted(
                condition.least(), key.isEmpty() ? "" : "partitionBy: " + key, window(), havingText(), triggerText());
    }

    private String window() {
        String allowed = grace == 0 ? "" : ", grace: " + grace + "ms";
        return switch (kind) {
            case TUMBLING -> "tumbling: " + size + "ms" + allowed;
            case HOPPING -> "hopping: " + size + "ms, every: " + every + "ms" + allowed;
            case SLIDING -> "sliding: " + size + "ms" + allowed;
            case SESSION -> "session: " + size + "ms" + allowed;
            case COUNT -> "count: " + size;
        };
    }

    private String havingText() {
        return switch (condition.having()) {
            case NONE -> "";
            case COUNT -> "having: c >= " + condition.threshold();
            case TOTAL -> "having: total > " + condition.threshold();
            case RANGE -> "having: worst > " + condition.threshold() + " && c < 6";
            case FIELD -> "having: n > " + condition.threshold() + " || (x != null && c >= 3)";
        };
    }

    private String triggerText() {
        String name = trigger.name().toLowerCase(java.util.Locale.ROOT);
        String after = trigger == Trigger.MISSING ? "\n      after: " + SILENCE + "ms" : "";
        return name + after + (cooldown == 0 ? "" : "\n      cooldown: " + cooldown + "ms");
    }

    List<@Nullable Object> keyOf(Reading reading) {
        return switch (key) {
            case "[k, n % 2]" -> List.of(reading.k(), reading.n() % 2);
            case "n % 3" -> List.of(reading.n() % 3);
            default -> List.of(reading.k());
        };
    }

    /** Whether having is true. */
    boolean holds(List<Reading> window, Reading last) {
        long threshold = condition.threshold();
        return switch (condition.having()) {
            case NONE -> true;
            case COUNT -> window.size() >= threshold;
            case TOTAL -> total(window) > threshold;
            case RANGE -> worst(window) > threshold && window.size() < 6;
            case FIELD -> last.n() > threshold || (last.x() != null && window.size() >= 3);
        };
    }

    static long total(List<Reading> window) {
        return window.stream().mapToLong(Reading::n).sum();
    }

    static long worst(List<Reading> window) {
        return window.stream().mapToLong(Reading::n).max().orElseThrow();
    }
}
