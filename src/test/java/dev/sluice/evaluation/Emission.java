package dev.sluice.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.evaluation.Match.Sight;
import dev.sluice.rule.Field;
import dev.sluice.schema.Alert;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a windowed rule emitted, as a test compares it: lists and instants are texts. */
public record Emission(String id, long timeMs, Span window, String key, Map<String, @Nullable Object> fields) {
    private static final double BITS = 1e-9;
    private static final int SHOWN = 8;
    private static final Comparator<Emission> ORDER =
            Comparator.comparing(Emission::id).thenComparingLong(Emission::timeMs);

    /** Milliseconds, the end excluded. */
    public record Span(long startMs, long endMs) {}

    public Emission {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        fields.forEach((name, value) -> plain.put(name, plain(value)));
        fields = plain;
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
        }
        return value == null || value instanceof Number || value instanceof Boolean ? value : value.toString();
    }

    /**
     * A match of a windowed rule.
     *
     * @param atHand moment of what was evaluated
     */
    public static Emission of(Match match, Moment atHand) {
        Sight sight = Objects.requireNonNull(match.sight());
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        List<Field> named = match.rule().emit().type().fields();
        for (int i = 0; i < named.size(); i++) {
            fields.put(named.get(i).name(), match.values().get(i));
        }
        return new Emission(
                match.id(atHand),
                match.moment(atHand).eventMs(),
                new Span(sight.window().startMs(), sight.window().endMs()),
                sight.key(),
                fields);
    }

    public static Emission of(Alert alert) {
        return new Emission(
                alert.getId(),
                alert.getEventTime().toEpochMilli(),
                new Span(ms(alert.getWindow().getStart()), ms(alert.getWindow().getEnd())),
                alert.getKey(),
                new LinkedHashMap<>(alert.getFields()));
    }

    private static long ms(Instant instant) {
        return instant.toEpochMilli();
    }

    /** The same, doubles to the last few bits. */
    boolean isLike(Emission other) {
        return id.equals(other.id)
                && timeMs == other.timeMs
                && window.equals(other.window)
                && key.equals(other.key)
                && fields.keySet().equals(other.fields.keySet())
                && fields.keySet().stream().allMatch(name -> isLike(fields.get(name), other.fields.get(name)));
    }

    private static boolean isLike(@Nullable Object one, @Nullable Object other) {
        if (one instanceof Double a && other instanceof Double b) {
            return Math.abs(a - b) <= BITS * Math.max(100, Math.abs(a));
        }
        return Objects.equals(one, other);
    }

    /** Each as often as the other, in whatever order. */
    public static void demandSame(List<Emission> actual, List<Emission> expected, Supplier<String> told) {
        List<Emission> given = sorted(actual);
        List<Emission> right = sorted(expected);
        List<Emission> surplus = new ArrayList<>();
        List<Emission> lacking = new ArrayList<>();
        int g = 0;
        int r = 0;
        while (g < given.size() || r < right.size()) {
            int order = g == given.size() ? 1 : r == right.size() ? -1 : ORDER.compare(given.get(g), right.get(r));
            if (order == 0 && given.get(g).isLike(right.get(r))) {
                g++;
                r++;
                continue;
            }
            if (order <= 0) {
                surplus.add(given.get(g++));
            }
            if (order >= 0) {
                lacking.add(right.get(r++));
            }
        }
        if (!surplus.isEmpty() || !lacking.isEmpty()) {
            assertThat(lines(surplus))
                    .as(() -> surplus.size() + " not expected of " + given.size() + ", " + lacking.size()
                            + " lacking of " + right.size() + ", the first of them here; " + told.get())
                    .isEqualTo(lines(lacking));
        }
        assertThat(surplus).hasSameSizeAs(lacking).isEmpty();
    }

    private static List<Emission> sorted(List<Emission> emissions) {
        return emissions.stream().sorted(ORDER).toList();
    }

    private static String lines(List<Emission> emissions) {
        return emissions.stream().limit(SHOWN).map(Emission::toString).collect(Collectors.joining("\n"));
    }
}
