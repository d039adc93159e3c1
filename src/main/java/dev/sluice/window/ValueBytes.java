package dev.sluice.window;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Any value of rules as bytes: a tag, then what it holds. */
public final class ValueBytes {
    private static final int NULL = 0;
    private static final int LONG = 1;
    private static final int DOUBLE = 2;
    private static final int FALSE = 3;
    private static final int TRUE = 4;
    private static final int TEXT = 5;
    private static final int BYTES = 6;
    private static final int INSTANT = 7;
    private static final int DURATION = 8;
    private static final int LIST = 9;
    private static final int MAP = 10;

    private ValueBytes() {}

    /**
     * Values as bytes with their number before them, for {@link #readAll}. Equal values give equal bytes: the order of maps
     * does not matter, and both zeros are one.
     */
    public static void writeEqual(ByteOut out, List<?> values) {
        out.unsigned(values.size());
        for (int i = 0; i < values.size(); i++) {
            write(out, normal(values.get(i)));
        }
    }

    private static @Nullable Object normal(@Nullable Object value) {
        if (value instanceof Double number) {
            return number == 0 ? (Double) 0.0 : number.isNaN() ? (Double) Double.NaN : number;
        } else if (value instanceof List<?> list) {
            List<@Nullable Object> elements = new ArrayList<>(list.size());
            list.forEach(element -> elements.add(normal(element)));
            return elements;
        }
        return value instanceof Map<?, ?> map ? sorted(map) : value;
    }

    private static Map<@Nullable Object, @Nullable Object> sorted(Map<?, ?> map) {
        TreeMap<byte[], Object[]> entries = new TreeMap<>(Arrays::compareUnsigned);
        map.forEach((key, element) -> {
            @Nullable Object[] entry = {normal(key), normal(element)};
            ByteOut bytes = new ByteOut();
            write(bytes, entry[0]);
            entries.put(bytes.toBytes(), entry);
        });
        Map<@Nullable Object, @Nullable Object> sorted = new LinkedHashMap<>();
        entries.values().forEach(entry -> sorted.put(entry[0], entry[1]));
        return sorted;
    }

    /**
     * Writes one value.
     *
     * @throws IllegalArgumentException when it is of no type that rules have
     */
    public static void write(ByteOut out, @Nullable Object value) {
        if (value == null) {
            out.oneByte(NULL);
        } else if (value instanceof Long number) {
            out.oneByte(LONG);
            out.signed(number);
        } else if (value instanceof Double number) {
            out.oneByte(DOUBLE);
            out.bits(Double.doubleToRawLongBits(number));
        } else if (value instanceof Boolean bool) {
            out.oneByte(bool ? TRUE : FALSE);
        } else if (value instanceof String text) {
            out.oneByte(TEXT);
            out.text(text);
        } else {
            writeRare(out, value);
        }
    }

    private static void writeRare(ByteOut out, Object value) {
        if (value instanceof byte[] bytes) {
            out.oneByte(BYTES);
            out.bytes(bytes);
        } else if (value instanceof Instant instant) {
            out.oneByte(INSTANT);
            out.signed(instant.getEpochSecond());
            out.unsigned(instant.getNano());
        } else if (value instanceof Duration duration) {
            out.oneByte(DURATION);
            out.signed(duration.getSeconds());
            out.unsigned(duration.getNano());
        } else if (value instanceof List<?> list) {
            out.oneByte(LIST);
            out.unsigned(list.size());
            list.forEach(element -> write(out, element));
        } else if (value instanceof Map<?, ?> map) {
            out.oneByte(MAP);
            out.unsigned(map.size());
            map.forEach((key, element) -> {
                write(out, key);
                write(out, element);
            });
        } else {
            throw new IllegalArgumentException("a " + value.getClass().getName() + " is no value of a rule");
        }
    }

    /** What {@link #writeEqual} wrote. */
    public static List<@Nullable Object> readAll(ByteIn in) {
        return list(in);
    }

    /** What {@link #write} wrote. */
    public static @Nullable Object read(ByteIn in) {
        int tag = in.oneByte();
        return switch (tag) {
            case NULL -> null;
            case LONG -> in.signed();
            case DOUBLE -> Double.longBitsToDouble(in.bits());
            case FALSE -> false;
            case TRUE -> true;
            case TEXT -> in.text();
            case BYTES -> in.bytes();
            case INSTANT -> Instant.ofEpochSecond(in.signed(), in.unsigned());
            case DURATION -> Duration.ofSeconds(in.signed(), in.unsigned());
            case LIST -> list(in);
            case MAP -> map(in);
            default -> throw new IllegalArgumentException("no value has the tag " + tag);
        };
    }

    private static List<@Nullable Object> list(ByteIn in) {
        int size = in.count();
        List<@Nullable Object> list = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            list.add(read(in));
        }
        return Collections.unmodifiableList(list);
    }

    private static Map<@Nullable Object, @Nullable Object> map(ByteIn in) {
        int size = in.count();
        Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            map.put(read(in), read(in));
        }
        return Collections.unmodifiableMap(map);
    }
}
