package dev.sluice.testing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Random Avro record schemas as pairs: what a producer writes by, and what a reader that is older, newer or just other reads
 * by. Most pairs resolve; some only for some data, a few not at all.
 */
public final class AvroSchemas {
    private static final List<String> SCALARS = List.of(
            "\"null\"",
            "\"boolean\"",
            "\"int\"",
            "\"long\"",
            "\"float\"",
            "\"double\"",
            "\"string\"",
            "\"bytes\"",
            logical("int", "date"),
            logical("int", "time-millis"),
            logical("long", "time-micros"),
            logical("long", "timestamp-millis"),
            logical("long", "timestamp-micros"),
            logical("long", "timestamp-nanos"),
            logical("long", "local-timestamp-millis"),
            logical("string", "uuid"),
            "{\"type\":\"string\",\"avro.java.string\":\"String\"}",
            "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":20,\"scale\":2}");

    private static final List<String> ADDED = List.of(
            "\"type\":\"int\",\"default\":3",
            "\"type\":\"double\",\"default\":1.5",
            "\"type\":\"string\",\"default\":\"d\"",
            "\"type\":\"bytes\",\"default\":\"\\u00ff\"",
            "\"type\":[\"null\",\"long\"],\"default\":null",
            "\"type\":[\"long\",\"null\"],\"default\":4",
            "\"type\":" + logical("long", "timestamp-millis") + ",\"default\":5",
            "\"type\":{\"type\":\"array\",\"items\":\"int\"},\"default\":[1,2]",
            "\"type\":{\"type\":\"map\",\"values\":\"boolean\"},\"default\":{\"k\":true}");

    private final Random random;
    private int names;

    /** A writer's and a reader's schema, as JSON. */
    public record Pair(String writer, String reader) {}

    /** One type as both sides see it. */
    private record Both(String writer, String reader) {
        static Both same(String type) {
            return new Both(type, type);
        }

        Both around(String before, String after) {
            return new Both(before + writer + after, before + reader + after);
        }
    }

    public AvroSchemas(Random random) {
        this.random = random;
    }

    /** A pair, not necessarily valid: a union may have two branches of a kind, for example. */
    public Pair pair() {
        names = 0;
        Both event = rec(3);
        return new Pair(event.writer(), event.reader());
    }

    private Both rec(int depth) {
        String name = name("R");
        List<String> written = new ArrayList<>();
        List<String> read = new ArrayList<>();
        int count = 1 + random.nextInt(depth > 2 ? 8 : 3);
        for (int i = 0; i < count; i++) {
            field(depth, name, written, read);
        }
        if (chance(5)) {
            Collections.shuffle(read, random);
        }
        return new Both(rec(name, written), rec(name, read));
    }

    private void field(int depth, String around, List<String> written, List<String> read) {
        String name = name("f");
        if (chance(8)) {
            read.add("{\"name\":\"" + name + "\"," + ADDED.get(random.nextInt(ADDED.size())) + "}");
            return;
        }
        Both type = chance(25) ? Both.same("[\"null\",\"" + around + "\"]") : type(depth - 1);
        written.add("{\"name\":\"" + name + "\",\"type\":" + type.writer() + "}");
        if (chance(10)) {
            return;
        }
        read.add(
                chance(8)
                        ? "{\"name\":\"new_" + name + "\",\"aliases\":[\"" + name + "\"],\"type\":" + type.reader()
                                + "}"
                        : "{\"name\":\"" + name + "\",\"type\":" + type.reader() + "}");
    }

    private Both type(int depth) {
        return switch (random.nextInt(depth > 0 ? 12 : 6)) {
            case 0, 1, 2 -> scalar();
            case 3 -> symbols();
            case 4 -> fixed();
            case 5 -> nullable(scalar());
            case 6 -> type(depth - 1).around("{\"type\":\"array\",\"items\":", "}");
            case 7 -> type(depth - 1).around("{\"type\":\"map\",\"values\":", "}");
            case 8 -> rec(depth - 1);
            case 9 -> nullable(type(depth - 1));
            default -> union(depth - 1);
        };
    }

    private Both scalar() {
        String type = SCALARS.get(random.nextInt(SCALARS.size()));
        return chance(4) ? new Both(type, promoted(type)) : Both.same(type);
    }

    private String promoted(String type) {
        if (type.contains("\"int\"")) {
            return pick("\"int\"", "\"long\"", "\"float\"", "\"double\"", logical("long", "timestamp-millis"));
        }
        if (type.contains("\"long\"")) {
            return pick("\"long\"", "\"float\"", "\"double\"", logical("long", "timestamp-micros"));
        }
        return switch (type) {
            case "\"float\"" -> "\"double\"";
            case "\"string\"" -> "\"bytes\"";
            case "\"bytes\"" -> "\"string\"";
            default -> type;
        };
    }

    private Both symbols() {
        String name = name("E");
        String reader = pick(
                "[\"A\",\"B\",\"C\"]", "[\"C\",\"B\",\"A\",\"D\"]", "[\"A\",\"C\"]", "[\"A\",\"C\"],\"default\":\"C\"");
        String before = "{\"type\":\"enum\",\"name\":\"" + name + "\",\"symbols\":";
        return new Both(before + "[\"A\",\"B\",\"C\"]}", before + reader + "}");
    }

    private Both fixed() {
        String size = pick(
                "\"size\":4",
                "\"size\":16,\"logicalType\":\"uuid\"",
                "\"size\":6,\"logicalType\":\"decimal\",\"precision\":9,\"scale\":3");
        return Both.same("{\"type\":\"fixed\",\"name\":\"" + name("F") + "\"," + size + "}");
    }

    private Both nullable(Both type) {
        String writer = "[\"null\"," + type.writer() + "]";
        return switch (random.nextInt(6)) {
            case 0 -> new Both(writer, "[" + type.reader() + ",\"null\"]");
            case 1 -> new Both(writer, type.reader());
            case 2 -> new Both(type.writer(), "[\"null\"," + type.reader() + "]");
            default -> new Both(writer, "[\"null\"," + type.reader() + "]");
        };
    }

    private Both union(int depth) {
        List<Both> branches = IntStream.range(0, 2 + random.nextInt(3))
                .mapToObj(i -> type(depth))
                .toList();
        List<Both> read = new ArrayList<>(branches);
        if (chance(3)) {
            Collections.shuffle(read, random);
        }
        if (chance(4)) {
            read.remove(0);
        }
        return new Both(
                branches.stream().map(Both::writer).collect(Collectors.joining(",", "[", "]")),
                read.stream().map(Both::reader).collect(Collectors.joining(",", "[", "]")));
    }

    private static String rec(String name, List<String> fields) {
        return "{\"type\":\"record\",\"name\":\"" + name + "\",\"fields\":[" + String.join(",", fields) + "]}";
    }

    private static String logical(String type, String logicalType) {
        return "{\"type\":\"" + type + "\",\"logicalType\":\"" + logicalType + "\"}";
    }

    private String name(String kind) {
        return kind + names++;
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }
}
