package dev.sluice.rule.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The tokens of a CEL expression, without white space and comments. One use. */
final class ExpressionTokens {
    private static final Set<String> PAIRS = Set.of("==", "!=", "<=", ">=", "&&", "||");
    private static final String SIGNS = "<>[]{}().,-!?:+*/%";

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    /** What a token is. */
    enum Kind {
        /** A name or a word of the language, such as {@code in} or {@code true}. */
        IDENTIFIER,
        /** Decimal digits; a sign before them is an operator. */
        INT,
        DOUBLE,
        /** A text in single or double quotes without escapes: its value stands between the quotes. */
        STRING,
        OPERATOR,
        /** Any other literal: hexadecimal, unsigned, raw, bytes, with escapes, in triple quotes; a quoted name. */
        OTHER
    }

    /** One token; offsets in chars of the text, {@code end} exclusive. */
    record Token(Kind kind, int start, int end) {
        String in(String text) {
            return text.substring(start, end);
        }

        boolean is(String text, String wanted) {
            return end - start == wanted.length() && text.startsWith(wanted, start);
        }
    }

    private ExpressionTokens(String text) {
        this.text = text;
    }

    /** The tokens in their order; empty when a part of the text is no token of the language. */
    static Optional<List<Token>> of(String text) {
        ExpressionTokens lexer = new ExpressionTokens(text);
        while (lexer.skipBlanks()) {
            int start = lexer.at;
            Kind kind = lexer.token();
            if (lexer.at == start) {
                return Optional.empty();
            }
            lexer.tokens.add(new Token(kind, start, lexer.at));
        }
        return Optional.of(lexer.tokens);
    }

    /** False at the end. */
    private boolean skipBlanks() {
        while (at < text.length()) {
            if (text.startsWith("//", at)) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (" \t\r\n\f".indexOf(text.charAt(at)) >= 0) {
                at++;
            } else {
                return true;
            }
        }
        return false;
    }

    /** Moves past one token; stays when there is none. */
    private Kind token() {
        char first = text.charAt(at);
        if (isDigit(first) || (first == '.' && isDigit(peek(1)))) {
            return number();
        }
        if (first == '"' || first == '\'') {
            return quoted(at, Kind.STRING);
        }
        if (isLetter(first)) {
            return word();
        }
        if (first == '`') {
            int end = text.indexOf('`', at + 1);
            at = end < 0 ? at : end + 1;
            return Kind.OTHER;
        }
        if (at + 2 <= text.length() && PAIRS.contains(text.substring(at, at + 2))) {
            at += 2;
        } else if (SIGNS.indexOf(first) >= 0) {
            at++;
        }
        return Kind.OPERATOR;
    }

    private Kind number() {
        if (text.charAt(at) == '0' && peek(1) == 'x' && Character.digit(peek(2), 16) >= 0) {
            at += 2;
            while (Character.digit(peek(0), 16) >= 0) {
                at++;
            }
            return unsigned(Kind.OTHER);
        }
        digits();
        Kind kind = Kind.INT;
        if (peek(0) == '.' && isDigit(peek(1))) {
            at++;
            digits();
            kind = Kind.DOUBLE;
        }
        if (peek(0) == 'e' || peek(0) == 'E') {
            int sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
            if (isDigit(peek(1 + sign))) {
                at += 1 + sign;
                digits();
                kind = Kind.DOUBLE;
            }
        }
        return kind == Kind.INT ? unsigned(kind) : kind;
    }

    private Kind unsigned(Kind kind) {
        if (peek(0) == 'u' || peek(0) == 'U') {
            at++;
            return Kind.OTHER;
        }
        return kind;
    }

    private void digits() {
        while (isDigit(peek(0))) {
            at++;
        }
    }

    private Kind word() {
        int start = at;
        while (isLetter(peek(0)) || isDigit(peek(0))) {
            at++;
        }
        boolean quote = peek(0) == '"' || peek(0) == '\'';
        return quote && isPrefix(text.substring(start, at)) ? quoted(start, Kind.OTHER) : Kind.IDENTIFIER;
    }

    private static boolean isPrefix(String word) {
        return switch (word.length()) {
            case 1 -> "rRbB".contains(word);
            case 2 -> "bB".indexOf(word.charAt(0)) >= 0 && "rR".indexOf(word.charAt(1)) >= 0;
            default -> false;
        };
    }

    /** @param start of the token; the place is at its opening quote. Goes back to the start when nothing closes it. */
    private Kind quoted(int start, Kind simple) {
        boolean raw = text.substring(start, at).toLowerCase(Locale.ROOT).endsWith("r");
        char quote = text.charAt(at);
        boolean triple = peek(1) == quote && peek(2) == quote;
        String close = String.valueOf(quote).repeat(triple ? 3 : 1);
        Kind kind = triple ? Kind.OTHER : simple;
        for (int i = at + close.length(); i < text.length(); i++) {
            char here = text.charAt(i);
            if (text.startsWith(close, i)) {
                at = i + close.length();
                return kind;
            }
            if (!triple && (here == '\n' || here == '\r')) {
                break;
            }
            if (here == '\\' && !raw) {
                kind = Kind.OTHER;
                i++;
            }
        }
        at = start;
        return Kind.OTHER;
    }

    /** The char at a distance; 0 past the end. */
    private char peek(int distance) {
        return at + distance < text.length() ? text.charAt(at + distance) : 0;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }
}
