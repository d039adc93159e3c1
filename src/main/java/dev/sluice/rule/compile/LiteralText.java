package dev.sluice.rule.compile;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Tag;

/** YAML values, with the types that the core schema of YAML 1.2 gives them, as literals of expressions. */
final class LiteralText {
    private static final String EXPECTED = "must be a number, true or false, a text, or a list of these";

    private LiteralText() {}

    /**
     * A literal or what is wrong.
     *
     * @param text null when there is a problem
     * @param problem to be said after the value's name; null when there is none
     */
    record Result(@Nullable String text, @Nullable String problem, Place place) {
        private static Result of(String text, YamlNode node) {
            return new Result(text, null, node.place());
        }

        private static Result refused(String problem, YamlNode node) {
            return new Result(null, problem, node.place());
        }
    }

    static Result of(YamlNode node) {
        if (node instanceof YamlNode.Scalar scalar) {
            return scalar(scalar);
        }
        return node instanceof YamlNode.Sequence sequence ? list(sequence) : Result.refused(EXPECTED, node);
    }

    private static Result list(YamlNode.Sequence node) {
        List<String> elements = new ArrayList<>();
        for (YamlNode item : node.items()) {
            if (!(item instanceof YamlNode.Scalar scalar)) {
                return Result.refused("can hold only numbers, true, false and texts in its list", item);
            }
            Result element = scalar(scalar);
            if (element.text() == null) {
                return element;
            }
            elements.add(element.text());
        }
        return Result.of("[" + String.join(", ", elements) + "]", node);
    }

    private static Result scalar(YamlNode.Scalar node) {
        String value = node.value();
        Tag tag = node.tag();
        if (tag.equals(Tag.STR)) {
            return Result.of(quoted(value), node);
        }
        try {
            if (tag.equals(Tag.BOOL)) {
                return Result.of(value.toLowerCase(Locale.ROOT), node);
            }
            if (tag.equals(Tag.INT)) {
                return Result.of(signed(integer(value)), node);
            }
            if (tag.equals(Tag.FLOAT)) {
                return floating(node);
            }
        } catch (NumberFormatException | ArithmeticException e) {
            return Result.refused("is no number of at most 64 bits; correct it, or quote it for a text", node);
        }
        return Result.refused(EXPECTED, node);
    }

    private static Result floating(YamlNode.Scalar node) {
        String value = node.value().toLowerCase(Locale.ROOT);
        double number = value.endsWith(".inf") || value.endsWith(".nan") ? Double.NaN : Double.parseDouble(value);
        return Double.isFinite(number)
                ? Result.of(signed(Double.toString(number)), node)
                : Result.refused("must be a finite number", node);
    }

    /** Decimal, {@code 0o17} or {@code 0x1F} as decimal. */
    private static String integer(String value) {
        int radix = value.startsWith("0x") ? 16 : value.startsWith("0o") ? 8 : 10;
        BigInteger number = new BigInteger(radix == 10 ? value : value.substring(2), radix);
        return String.valueOf(number.longValueExact());
    }

    /** In brackets when negative: {@code -x} must not become the text of another operator or number. */
    private static String signed(String number) {
        return number.startsWith("-") ? "(" + number + ")" : number;
    }

    /** Texts without a sign to escape stay as they are, in one kind of quotes. */
    private static String quoted(String value) {
        char quote = value.indexOf('"') >= 0 && value.indexOf('\'') < 0 ? '\'' : '"';
        StringBuilder text = new StringBuilder(value.length() + 2).append(quote);
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == quote || c == '\\') {
                text.append('\\').append(c);
            } else if (Character.isISOControl(c)) {
                text.append(String.format(Locale.ROOT, "\\u%04X", (int) c));
            } else {
                text.append(c);
            }
        }
        return text.append(quote).toString();
    }
}
