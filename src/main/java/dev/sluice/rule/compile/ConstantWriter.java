package dev.sluice.rule.compile;

import dev.sluice.rule.compile.ExpressionTokens.Kind;
import dev.sluice.rule.compile.ExpressionTokens.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes constants out in one expression. One use. */
final class ConstantWriter {
    private static final Set<String> MACROS_WITH_VARIABLE = Set.of("all", "exists", "exists_one", "map", "filter");

    private final String text;
    private final List<Token> tokens;
    private final Scope scope;

    /** A name in the text that means a constant. */
    record Use(Constant constant, Token token) {
        /** Its offset in the author's text, in code points. */
        int codePoint(String text) {
            return text.codePointCount(0, token.start());
        }
    }

    ConstantWriter(String text, Scope scope) {
        this(text, tokens(text), scope);
    }

    /** @param tokens of {@code text} */
    ConstantWriter(String text, List<Token> tokens, Scope scope) {
        this.text = text;
        this.tokens = tokens;
        this.scope = scope;
    }

    /** The tokens; none of what cannot be read: the checker will say what is wrong with it. */
    static List<Token> tokens(String text) {
        return ExpressionTokens.of(text).orElse(List.of());
    }

    /** The variable of a macro that has the name of a constant. */
    Optional<Use> macroVariable() {
        for (int i = 3; i < tokens.size() - 1; i++) {
            Constant constant = constant(i);
            if (constant != null && isMacroVariable(i)) {
                return Optional.of(new Use(constant, tokens.get(i)));
            }
        }
        return Optional.empty();
    }

    /** The names that mean constants: not those after a dot, and not those of functions. */
    List<Use> uses() {
        List<Use> uses = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            Constant constant = constant(i);
            if (constant != null && !is(i - 1, ".") && !is(i + 1, "(")) {
                uses.add(new Use(constant, tokens.get(i)));
            }
        }
        return uses;
    }

    /** At least the length of the text with the values in place of {@code uses}, in chars. */
    long length(List<Use> uses) {
        return uses.stream().mapToLong(use -> use.constant().literal().length()).sum() + text.length();
    }

    /** The text with the values in place of {@code uses}. */
    WrittenOut write(List<Use> uses) {
        StringBuilder written = new StringBuilder();
        List<WrittenOut.Replacement> replaced = new ArrayList<>();
        int copied = 0;
        int growth = 0;
        for (Use use : uses) {
            Token name = use.token();
            String value = apart(name, use.constant().literal());
            written.append(text, copied, name.start()).append(value);
            copied = name.end();
            int at = use.codePoint(text);
            int length = value.codePointCount(0, value.length());
            replaced.add(new WrittenOut.Replacement(at, name.end() - name.start(), at + growth, length));
            growth += length - (name.end() - name.start());
        }
        written.append(text, copied, text.length());
        return new WrittenOut(written.toString(), replaced, scope);
    }

    /** Set off from what would become one token with it: {@code 1x} must stay a mistake, not become one number. */
    private String apart(Token name, String literal) {
        char before = name.start() > 0 ? text.charAt(name.start() - 1) : ' ';
        char after = name.end() < text.length() ? text.charAt(name.end()) : ' ';
        return (joins(before) ? " " : "") + literal + (joins(after) || after == '.' ? " " : "");
    }

    private static boolean joins(char neighbour) {
        return Character.isLetterOrDigit(neighbour) || "_\"'`".indexOf(neighbour) >= 0;
    }

    private boolean isMacroVariable(int i) {
        return is(i + 1, ",")
                && is(i - 1, "(")
                && is(i - 3, ".")
                && MACROS_WITH_VARIABLE.contains(tokens.get(i - 2).in(text));
    }

    private boolean is(int i, String wanted) {
        return i >= 0 && i < tokens.size() && tokens.get(i).is(text, wanted);
    }

    private @Nullable Constant constant(int i) {
        Token token = tokens.get(i);
        return token.kind() == Kind.IDENTIFIER ? scope.find(token.in(text)) : null;
    }
}
