package dev.sluice.rule.compile;

import java.util.Random;

/** Random conditions over {@link ExpressionGenerator#TYPE} of the kind that people write: comparisons with constants. */
public final class ConditionGenerator {
    private final Random random;
    private final ExpressionGenerator others;

    public ConditionGenerator(Random random) {
        this.random = random;
        this.others = new ExpressionGenerator(random);
    }

    /** A condition of at most {@code depth} levels of {@code &&}, {@code ||} and {@code !}. */
    public String next(int depth) {
        if (depth <= 0 || random.nextInt(6) == 0) {
            return random.nextInt(8) == 0 ? "(" + others.bool(2) + ")" : comparison();
        }
        return switch (random.nextInt(7)) {
            case 0, 1, 2 -> "(" + next(depth - 1) + " && " + next(depth - 1) + ")";
            case 3 -> "(" + next(depth - 1) + " && " + next(depth - 1) + " && " + comparison() + ")";
            case 4, 5 -> "(" + next(depth - 1) + " || " + next(depth - 1) + ")";
            default -> "!(" + next(depth - 1) + ")";
        };
    }

    private String comparison() {
        return switch (random.nextInt(16)) {
            case 0, 1 ->
                pick("i", "j", "ni", "r.zip", "nr.zip", "(i + j)", "size(s)", "(b ? i : x)", "[i, x][0]")
                        + order()
                        + integer();
            case 2 -> integer() + order() + pick("i", "ni", "(i * 2)");
            case 3, 4 -> pick("d", "nd", "(d * 2.0)", "(b ? d : x)") + order() + pick(number(), integer());
            case 5 -> pick(number(), integer()) + order() + pick("d", "nd");
            case 6 ->
                pick("s", "e", "ns", "r.city", "nr.city", "s.lowerAscii()", "(b ? ns : s)")
                        + pick(" == ", " != ")
                        + text();
            case 7 ->
                pick("s", "ns", "e", "nr.city") + " in [" + text() + ", " + text() + pick("", ", " + text()) + "]";
            case 8 -> pick("i", "ni", "r.zip") + " in [" + integer() + ", " + integer() + "]";
            case 9 -> pick("i", "ni", "d", "nd") + pick(" == ", " != ") + pick(integer(), number());
            case 10 ->
                pick("s", "ns", "e", "nr.city") + ".startsWith(" + pick("'a'", "'ab'", "'R'", "'😀'", "''") + ")";
            case 11 -> pick("b", "nb", "!b", "!nb", "nb == true", "b == false", "b != true", "true", "false");
            case 12 -> pick("ni", "nd", "ns", "nb", "nr", "nr.zip", "x") + pick(" != null", " == null");
            case 13 ->
                "ts" + order() + pick("timestamp('2001-01-01T06:20:00Z')", "timestamp('1970-01-01T00:00:00.5Z')");
            case 14 -> "du" + order() + pick("duration('90s')", "duration('0s')", "duration('-1ms')");
            default -> pick("x == 1", "x > 1", "li.exists(v, v > 2)", "10 / i > 2", "m['a'] == 1", "li[0] == 1");
        };
    }

    private String order() {
        return pick(" < ", " <= ", " > ", " >= ");
    }

    private String integer() {
        return pick("0", "1", "-1", "2", "3", "100", "9223372036854775807", "-9223372036854775808", "9007199254740993");
    }

    private String number() {
        return pick("0.0", "-0.0", "1.0", "1.5", "2.0", "-1.0", "1e-300", "9223372036854775808.0");
    }

    private String text() {
        return pick("'a'", "'ab'", "'b'", "'RED'", "'GREEN'", "''", "'zzz'");
    }

    private String pick(String... texts) {
        return texts[random.nextInt(texts.length)];
    }
}
