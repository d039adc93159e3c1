package dev.sluice.rule.compile;

import dev.sluice.rule.Event;
import dev.sluice.rule.EventType;
import dev.sluice.rule.Field;
import dev.sluice.rule.ValueType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Random events of {@link ExpressionGenerator#TYPE}, with the values at which arithmetic and texts turn. */
public final class EventGenerator {
    private static final List<Long> LONGS =
            List.of(0L, 1L, -1L, 2L, 3L, 7L, -5L, 100L, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 53, (1L << 53) + 1);
    private static final List<Double> DOUBLES = List.of(
            0.0,
            -0.0,
            1.0,
            -1.0,
            1.5,
            2.0,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            0x1p63,
            1e-300);
    private static final List<String> TEXTS =
            List.of("", "a", "ab", "b", "😀a", "\uffee", "12", "RED", "3.5", " a ", "a,b", "90s", "true");
    private static final List<Instant> INSTANTS = List.of(
            Instant.EPOCH,
            Instant.parse("2001-01-01T06:20:00Z"),
            Instant.parse("0001-01-01T00:00:00Z"),
            Instant.parse("9999-12-31T23:59:59.999999999Z"));
    private static final List<Duration> DURATIONS = List.of(
            Duration.ZERO,
            Duration.ofSeconds(90),
            Duration.ofMillis(-1),
            Duration.ofSeconds(315_576_000_000L),
            Duration.ofHours(30));

    private final Random random;

    public EventGenerator(Random random) {
        this.random = random;
    }

    public Event next() {
        List<@Nullable Object> values = new ArrayList<>();
        for (Field field : ExpressionGenerator.TYPE.fields()) {
            values.add(value(field.type()));
        }
        return new Event() {
            @Override
            public EventType type() {
                return ExpressionGenerator.TYPE;
            }

            @Override
            public @Nullable Object value(int position) {
                return values.get(position);
            }

            @Override
            public String toString() {
                return values.toString();
            }
        };
    }

    private @Nullable Object value(ValueType type) {
        if (type instanceof ValueType.Nullable nullable) {
            return random.nextInt(3) == 0 ? null : value(nullable.type());
        }
        if (type instanceof ValueType.EnumOf symbols) {
            return pick(symbols.symbols());
        }
        if (type instanceof ValueType.ListOf list) {
            List<@Nullable Object> elements = new ArrayList<>();
            for (int n = random.nextInt(4); n > 0; n--) {
                elements.add(value(list.element()));
            }
            return Collections.unmodifiableList(elements);
        }
        if (type instanceof ValueType.MapOf map) {
            Map<String, @Nullable Object> entries = new LinkedHashMap<>();
            for (String key : List.of("a", "b", "😀")) {
                if (random.nextBoolean()) {
                    entries.put(key, value(map.value()));
                }
            }
            return Collections.unmodifiableMap(entries);
        }
        if (type instanceof ValueType.RecordOf rec) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            rec.fields().forEach(field -> fields.put(field.name(), value(field.type())));
            return Collections.unmodifiableMap(fields);
        }
        return type instanceof ValueType.Scalar scalar ? scalar(scalar) : anything();
    }

    private @Nullable Object anything() {
        ValueType.Scalar[] scalars = ValueType.Scalar.values();
        return random.nextInt(4) == 0 ? null : scalar(scalars[random.nextInt(scalars.length)]);
    }

    private Object scalar(ValueType.Scalar scalar) {
        return switch (scalar) {
            case BOOL -> random.nextBoolean();
            case INT -> random.nextInt(3) == 0 ? (Long) (long) random.nextInt(10) : pick(LONGS);
            case DOUBLE -> pick(DOUBLES);
            case STRING -> pick(TEXTS);
            case BYTES -> random.nextBoolean() ? new byte[] {'a'} : new byte[] {-1, 0};
            case TIMESTAMP -> pick(INSTANTS);
            case DURATION -> pick(DURATIONS);
        };
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
