package dev.sluice.rule.compile;

import dev.sluice.rule.EventType;
import dev.sluice.rule.Field;
import dev.sluice.rule.ValueType;
import dev.sluice.rule.ValueType.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;

/** Random expressions, nearly all well typed, over an event type with every type of field. */
public final class ExpressionGenerator {
    private static final ValueType PLACE = new ValueType.RecordOf(
            "Place", List.of(new Field("city", Scalar.STRING), new Field("zip", new ValueType.Nullable(Scalar.INT))));

    public static final EventType TYPE = new EventType(
            "Everything",
            List.of(
                    new Field("i", Scalar.INT),
                    new Field("j", Scalar.INT),
                    new Field("d", Scalar.DOUBLE),
                    new Field("b", Scalar.BOOL),
                    new Field("s", Scalar.STRING),
                    new Field("e", new ValueType.EnumOf("Colour", List.of("RED", "GREEN"))),
                    new Field("ni", new ValueType.Nullable(Scalar.INT)),
                    new Field("nd", new ValueType.Nullable(Scalar.DOUBLE)),
                    new Field("ns", new ValueType.Nullable(Scalar.STRING)),
                    new Field("nb", new ValueType.Nullable(Scalar.BOOL)),
                    new Field("li", new ValueType.ListOf(Scalar.INT)),
                    new Field("ls", new ValueType.ListOf(Scalar.STRING)),
                    new Field("m", new ValueType.MapOf(Scalar.INT)),
                    new Field("r", PLACE),
                    new Field("nr", new ValueType.Nullable(PLACE)),
                    new Field("lr", new ValueType.ListOf(PLACE)),
                    new Field("ts", Scalar.TIMESTAMP),
                    new Field("du", Scalar.DURATION),
                    new Field("by", Scalar.BYTES),
                    new Field("x", new ValueType.Anything())));

    private final Random random;
    private final List<String> intVariables = new ArrayList<>();
    private final List<String> textVariables = new ArrayList<>();

    public ExpressionGenerator(Random random) {
        this.random = random;
    }

    /** One expression of any type, at most {@code depth} operations deep. */
    String next(int depth) {
        return switch (random.nextInt(14)) {
            case 0, 1 -> integer(depth);
            case 2 -> number(depth);
            case 3 -> text(depth);
            case 4 -> instant(depth);
            case 5 -> span(depth);
            case 6 -> integers(depth);
            case 7 -> texts(depth);
            case 8 -> map(depth);
            case 9 -> dynamic(depth);
            default -> bool(depth);
        };
    }

    private String pick(String... texts) {
        return texts[random.nextInt(texts.length)];
    }

    private boolean leaf(int depth) {
        return depth <= 0 || random.nextInt(8) == 0;
    }

    public String bool(int depth) {
        if (leaf(depth)) {
            return pick("b", "nb", "true", "false", "b", "i > 0", "s == 'a'");
        }
        int d = depth - 1;
        return switch (random.nextInt(25)) {
            case 0, 1 -> "(" + bool(d) + " && " + bool(d) + ")";
            case 2, 3 -> "(" + bool(d) + " || " + bool(d) + ")";
            case 4 -> "!" + bool(d);
            case 5 -> "(" + bool(d) + " ? " + bool(d) + " : " + bool(d) + ")";
            case 6, 7 -> "(" + integer(d) + comparison() + integer(d) + ")";
            case 8 -> "(" + number(d) + comparison() + number(d) + ")";
            case 9 -> "(" + integer(d) + pick(" < ", " <= ", " > ", " >= ") + number(d) + ")";
            case 10 -> "(" + number(d) + pick(" < ", " <= ", " > ", " >= ") + integer(d) + ")";
            case 11 -> "(" + text(d) + comparison() + text(d) + ")";
            case 12 -> text(d) + pick(".contains(", ".startsWith(", ".endsWith(") + text(d) + ")";
            case 13 -> text(d) + ".matches('" + pick("a", "^a+$", "[^a]b?", "\\\\p{L}", "😀.", "") + "')";
            case 14 ->
                "(" + integer(d) + " in " + pick(integers(d), "[1, 2, 3]", "[0, -1]", "[9, 8, 7, 6, 5, 4, 3, 2, 0]")
                        + ")";
            case 15 ->
                "(" + text(d) + " in " + pick(texts(d), map(d), "['a', 'RED']", "['a','b','c','d','e','']") + ")";
            case 16 -> "(" + instant(d) + comparison() + instant(d) + ")";
            case 17 -> "(" + span(d) + comparison() + span(d) + ")";
            case 18 -> quantified(d);
            case 19 -> pick("has(r.city)", "has(nr.zip)", "has(r.zip)", "has(m.a)", "has(" + map(d) + ".b)");
            case 20 -> pick("ni", "nd", "ns", "nb", "nr", "r.zip", "nr.city", "x", "x") + pick(" == ", " != ") + "null";
            case 21 -> "(" + dynamic(d) + pick(" == ", " != ") + dynamic(d) + ")";
            case 22 -> "(" + pick("b", "nb", "i > j", "true") + pick(" == ", " != ") + pick("nb", "b", "false") + ")";
            case 23 -> "(" + integers(d) + pick(" == ", " != ") + integers(d) + ")";
            default ->
                pick("by == b'a'", "by < b'b'", "m == " + map(d), "r == nr", "bool('true')", "nb == true", "lr == [r]");
        };
    }

    private String comparison() {
        return pick(" < ", " <= ", " > ", " >= ", " == ", " != ");
    }

    private String quantified(int depth) {
        String macro = pick(".all(", ".exists(", ".exists_one(");
        return switch (random.nextInt(3)) {
            case 0 -> pick("lr", "[r]") + macro + "p, p.zip" + comparison() + integer(depth) + ")";
            case 1 -> overTexts(texts(depth), v -> macro + v + ", ", this::bool, depth);
            default -> overIntegers(integers(depth), v -> macro + v + ", ", this::bool, depth);
        };
    }

    private interface Head {
        String of(String variable);
    }

    private String overIntegers(String range, Head head, IntFunction<String> body, int depth) {
        String variable = pick("v", "w", "i");
        intVariables.add(variable);
        try {
            return range + head.of(variable) + body.apply(depth) + ")";
        } finally {
            intVariables.remove(intVariables.size() - 1);
        }
    }

    private String overTexts(String range, Head head, IntFunction<String> body, int depth) {
        String variable = pick("t", "u");
        textVariables.add(variable);
        try {
            return range + head.of(variable) + body.apply(depth) + ")";
        } finally {
            textVariables.remove(textVariables.size() - 1);
        }
    }

    private String integer(int depth) {
        if (!intVariables.isEmpty() && random.nextInt(3) == 0) {
            return intVariables.get(random.nextInt(intVariables.size()));
        }
        if (leaf(depth)) {
            return pick(
                    "i",
                    "j",
                    "ni",
                    "0",
                    "1",
                    "-1",
                    "2",
                    "9223372036854775807",
                    "-9223372036854775808",
                    "r.zip",
                    "nr.zip");
        }
        int d = depth - 1;
        return switch (random.nextInt(16)) {
            case 0, 1, 2 -> "(" + integer(d) + pick(" + ", " - ", " * ") + integer(d) + ")";
            case 3 -> "(" + integer(d) + pick(" / ", " % ") + integer(d) + ")";
            case 4 -> "-(" + integer(d) + ")";
            case 5 -> "(" + bool(d) + " ? " + integer(d) + " : " + integer(d) + ")";
            case 6 -> "size(" + pick(text(d), texts(d), integers(d), map(d), "by") + ")";
            case 7 -> pick(text(d), texts(d), map(d)) + ".size()";
            case 8 -> integers(d) + "[" + integer(d) + "]";
            case 9 -> map(d) + pick("['a']", "['b']", ".a", "[" + text(d) + "]");
            case 10 -> "int(" + pick(number(d), text(d), instant(d), integer(d)) + ")";
            case 11 ->
                instant(d) + "." + pick("getHours", "getMinutes", "getFullYear", "getDayOfWeek", "getMonth")
                        + pick("()", "('Europe/Rome')");
            case 12 -> span(d) + "." + pick("getHours", "getMinutes", "getSeconds", "getMilliseconds") + "()";
            case 13 -> text(d) + pick(".indexOf(", ".lastIndexOf(") + text(d) + ")";
            case 14 -> "math." + pick("greatest", "least") + "(" + integer(d) + ", " + integer(d) + ")";
            default -> "(" + integer(d) + pick(" + ", " - ", " * ") + integer(d) + ")";
        };
    }

    private String number(int depth) {
        if (leaf(depth)) {
            return pick("d", "nd", "d", "0.0", "-0.0", "1.5", "-2.0", "1e308", "9.3e18");
        }
        int d = depth - 1;
        return switch (random.nextInt(6)) {
            case 0, 1 -> "(" + number(d) + pick(" + ", " - ", " * ", " / ") + number(d) + ")";
            case 2 -> "-(" + number(d) + ")";
            case 3 -> "double(" + pick(integer(d), text(d), number(d)) + ")";
            case 4 -> "(" + bool(d) + " ? " + number(d) + " : " + number(d) + ")";
            default -> "(" + number(d) + pick(" + ", " / ") + number(d) + ")";
        };
    }

    private String text(int depth) {
        if (!textVariables.isEmpty() && random.nextInt(3) == 0) {
            return textVariables.get(random.nextInt(textVariables.size()));
        }
        if (leaf(depth)) {
            return pick("s", "ns", "e", "r.city", "nr.city", "''", "'a'", "'ab'", "'😀'", "'12'", "'RED'");
        }
        int d = depth - 1;
        return switch (random.nextInt(10)) {
            case 0, 1 -> "(" + text(d) + " + " + text(d) + ")";
            case 2 -> "(" + bool(d) + " ? " + text(d) + " : " + text(d) + ")";
            case 3 -> text(d) + pick(".lowerAscii()", ".upperAscii()", ".trim()");
            case 4 -> text(d) + ".substring(" + pick("0", "1", integer(d)) + ")";
            case 5 -> text(d) + ".replace(" + text(d) + ", " + text(d) + ")";
            case 6 -> texts(d) + pick("[0]", "[1]", "[" + integer(d) + "]");
            case 7 -> "string(" + pick(integer(d), number(d), bool(d), span(d), instant(d), text(d)) + ")";
            case 8 -> text(d) + ".charAt(" + pick("0", integer(d)) + ")";
            default -> texts(d) + pick(".join()", ".join(',')");
        };
    }

    private String instant(int depth) {
        if (leaf(depth)) {
            return pick("ts", "ts", "timestamp('2001-01-01T06:20:00Z')", "timestamp(0)");
        }
        int d = depth - 1;
        return switch (random.nextInt(4)) {
            case 0 -> "(" + instant(d) + pick(" + ", " - ") + span(d) + ")";
            case 1 -> "(" + span(d) + " + " + instant(d) + ")";
            case 2 -> "(" + bool(d) + " ? " + instant(d) + " : " + instant(d) + ")";
            default -> "timestamp(" + pick(integer(d), text(d), instant(d)) + ")";
        };
    }

    private String span(int depth) {
        if (leaf(depth)) {
            return pick("du", "du", "duration('90s')", "duration('-1h')");
        }
        int d = depth - 1;
        return switch (random.nextInt(4)) {
            case 0 -> "(" + span(d) + pick(" + ", " - ") + span(d) + ")";
            case 1 -> "(" + instant(d) + " - " + instant(d) + ")";
            case 2 -> "(" + bool(d) + " ? " + span(d) + " : " + span(d) + ")";
            default -> "duration(" + pick(text(d), span(d)) + ")";
        };
    }

    private String integers(int depth) {
        if (leaf(depth)) {
            return pick("li", "li", "[1, 2]", "[i, j]");
        }
        int d = depth - 1;
        return switch (random.nextInt(6)) {
            case 0 -> "[" + integer(d) + ", " + integer(d) + "]";
            case 1 -> overIntegers(integers(d), v -> ".map(" + v + ", ", this::integer, d);
            case 2 -> overIntegers(integers(d), v -> ".filter(" + v + ", ", this::bool, d);
            case 3 -> overTexts(texts(d), v -> ".map(" + v + ", " + v + " != 'a', ", this::integer, d);
            case 4 -> "(" + integers(d) + " + " + integers(d) + ")";
            default -> "(" + bool(d) + " ? " + integers(d) + " : " + integers(d) + ")";
        };
    }

    private String texts(int depth) {
        if (leaf(depth)) {
            return pick("ls", "ls", "['a', 'b']", "[s, e]");
        }
        int d = depth - 1;
        return switch (random.nextInt(6)) {
            case 0 -> "[" + text(d) + ", " + text(d) + "]";
            case 1 -> overTexts(texts(d), v -> ".map(" + v + ", ", this::text, d);
            case 2 -> overTexts(texts(d), v -> ".filter(" + v + ", ", this::bool, d);
            case 3 -> overIntegers(integers(d), v -> ".map(" + v + ", ", this::text, d);
            case 4 -> text(d) + ".split(" + text(d) + ")";
            default -> "m.map(k, k)";
        };
    }

    private String map(int depth) {
        return leaf(depth) ? "m" : "{'a': " + integer(depth - 1) + ", 'b': " + integer(depth - 1) + "}";
    }

    private String dynamic(int depth) {
        if (leaf(depth)) {
            return pick("x", "x", "dyn(1)", "dyn(1.0)", "dyn(i)", "dyn(d)");
        }
        int d = depth - 1;
        return switch (random.nextInt(5)) {
            case 0 ->
                "(" + dynamic(d) + pick(" + ", " - ", " * ", " / ") + pick(integer(d), number(d), dynamic(d)) + ")";
            // Not of bools: cel-java takes the failure of && or || for a value there, and a plan does not.
            case 1 -> "dyn(" + pick(integer(d), number(d), text(d), instant(d), span(d), integers(d), map(d)) + ")";
            case 2 -> "(" + bool(d) + " ? " + dynamic(d) + " : " + dynamic(d) + ")";
            case 3 -> "[1, " + pick("'a'", "2.0", "null") + ", " + integer(d) + "][" + integer(d) + "]";
            default -> pick("r.zip", "nr", "r", "lr", "by", "ni");
        };
    }
}
