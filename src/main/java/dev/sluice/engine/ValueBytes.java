package dev.sluice.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values of rules as bytes and back, with their types: equal values give equal bytes, whatever the order of a map. Both
 * zeros are one value.
 */
final class ValueBytes {
    private static final int NULL = 0;
    private static final int FALSE = 1;
    private static final int TRUE = 2;
    private static final int LONG = 3;
    private static final int DOUBLE = 4;
    private static final int TEXT = 5;
    private static final int BYTES = 6;
    private static final int INSTANT = 7;
    private static final int DURATION = 8;
    private static final int LIST = 9;
    private static final int MAP = 10;

    private ValueBytes() {}

    static void write(ByteSink sink, @Nullable Object value) {
        if (value instanceof String text) {
            sink.put(TEXT).putText(text);
        } else if (value instanceof Long number) {
            sink.put(LONG).putLong(number);
        } else if (value == null) {
            sink.put(NULL);
        } else if (value instanceof Boolean bool) {
            sink.put(bool ? TRUE : FALSE);
        } else if (value instanceof Double number) {
            sink.put(DOUBLE).putLong(Double.doubleToLongBits(number == 0 ? 0.0 : number));
        } else {
            writeOther(sink, value);
        }
    }

    private static void writeOther(ByteSink sink, Object value) {
        if (value instanceof byte[] bytes) {
            sink.put(BYTES).putSized(bytes);
        } else if (value instanceof Instant instant) {
            sink.put(INSTANT).putLong(instant.getEpochSecond()).putInt(instant.getNano());
        } else if (value instanceof Duration duration) {
            sink.put(DURATION).putLong(duration.getSeconds()).putInt(duration.getNano());
        } else if (value instanceof List<?> list) {
            writeAll(sink.put(LIST), list);
        } else if (value instanceof Map<?, ?> map) {
            writeMap(sink.put(MAP), map);
        } else {
            throw new IllegalArgumentException("a " + value.getClass().getName() + " is no value of a rule");
        }
    }

    /** With their number before them. */
    static void writeAll(ByteSink sink, List<?> values) {
        sink.putCount(values.size());
        for (int i = 0; i < values.size(); i++) {
            write(sink, values.get(i));
        }
    }

    private static void writeMap(ByteSink sink, Map<?, ?> map) {
        List<byte[]> entries = new ArrayList<>(map.size());
        map.forEach((key, value) -> {
            ByteSink entry = new ByteSink();
            write(entry, key);
            write(entry, value);
            entries.add(entry.toBytes());
        });
        entries.sort(Arrays::compareUnsigned);
        sink.putCount(entries.size());
        entries.forEach(sink::putBytes);
    }

    static @Nullable Object read(ByteSource source) {
        int type = source.get();
        return switch (type) {
            case NULL -> null;
            case FALSE -> false;
            case TRUE -> true;
            case LONG -> source.getLong();
            case DOUBLE -> Double.longBitsToDouble(source.getLong());
            case TEXT -> source.getText();
            case BYTES -> source.getSized();
            case INSTANT -> Instant.ofEpochSecond(source.getLong(), source.getInt());
            case DURATION -> Duration.ofSeconds(source.getLong(), source.getInt());
            case LIST -> readAll(source);
            case MAP -> readMap(source);
            default -> throw new IllegalArgumentException(type + " is no type of a value");
        };
    }

    static List<@Nullable Object> readAll(ByteSource source) {
        int count = source.getCount();
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(read(source));
        }
        return values;
    }

    private static Map<@Nullable Object, @Nullable Object> readMap(ByteSource source) {
        int count = source.getCount();
        Map<@Nullable Object, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            Object key = read(source);
            values.put(key, read(source));
        }
        return values;
    }
}
