package dev.sluice.rule.compile;

import dev.sluice.rule.compile.ExpressionTokens.Kind;
import dev.sluice.rule.compile.ExpressionTokens.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An expression apart from its literals: {@code a > 5 && b == 'x'} and {@code a > 70 && b == 'y'} have one shape.
 *
 * @param key equal for equal shapes
 * @param specimen an expression of this shape whose literals are told apart by their values
 * @param literals the values in the order of the text, without sign: {@link Long}, {@link Double} or {@link String}
 */
record ExpressionShape(String key, String specimen, List<Object> literals) {
    /** Longer ones might not fit 64 bits: that is the parser's to say. */
    private static final int INT_DIGITS_MAX = 17;

    private static final long FIRST_INT = 7_000_003;
    private static final double FIRST_DOUBLE = 7_000_003.5;
    private static final String TEXT = "sluice specimen ";

    ExpressionShape {
        literals = List.copyOf(literals);
    }

    /** Empty when there is no literal, or one that had better be read by the parser itself. */
    static Optional<ExpressionShape> of(String text) {
        return ExpressionTokens.of(text).flatMap(tokens -> of(text, tokens));
    }

    /** What stands in a specimen for the literal of this number, from 0. */
    static Object specimen(Object literal, int number) {
        if (literal instanceof Long) {
            return FIRST_INT + number;
        }
        return literal instanceof Double ? (Object) (FIRST_DOUBLE + number) : TEXT + number;
    }

    private static char mark(Object literal) {
        if (literal instanceof Long) {
            return '\1';
        }
        return literal instanceof Double ? '\2' : '\3';
    }

    private static Optional<ExpressionShape> of(String text, List<Token> tokens) {
        StringBuilder key = new StringBuilder(text.length() + tokens.size());
        StringBuilder specimen = new StringBuilder(2 * text.length());
        List<Object> literals = new ArrayList<>();
        for (Token token : tokens) {
            switch (token.kind()) {
                case INT, DOUBLE, STRING -> {
                    Object value = value(text, token);
                    if (value.equals(Double.POSITIVE_INFINITY) || value.equals(Long.MAX_VALUE)) {
                        return Optional.empty();
                    }
                    Object stand = specimen(value, literals.size());
                    specimen.append(stand instanceof String ? "'" + stand + "'" : stand);
                    literals.add(value);
                    // No token begins with a control character.
                    key.append(mark(value));
                }
                default -> {
                    key.append(text, token.start(), token.end());
                    specimen.append(text, token.start(), token.end());
                }
            }
            key.append(' ');
            specimen.append(' ');
        }
        return literals.isEmpty()
                ? Optional.empty()
                : Optional.of(new ExpressionShape(key.toString(), specimen.toString(), literals));
    }

    /** The greatest of its class for one that is too long. */
    private static Object value(String text, Token token) {
        if (token.kind() == Kind.STRING) {
            return text.substring(token.start() + 1, token.end() - 1);
        }
        if (token.kind() == Kind.DOUBLE) {
            return Double.valueOf(token.in(text));
        }
        return token.end() - token.start() > INT_DIGITS_MAX ? Long.MAX_VALUE : Long.valueOf(token.in(text));
    }
}
