package dev.sluice.rule.compile;

import dev.sluice.rule.compile.ExpressionTokens.Kind;
import dev.sluice.rule.compile.ExpressionTokens.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An aggregate taken apart: {@code function(argument, parameter)}. */
record AggregateCall(String function, List<Part> arguments) {
    AggregateCall {
        arguments = List.copyOf(arguments);
    }

    /**
     * A part of the text without white space around it.
     *
     * @param offset where it begins, in code points
     */
    record Part(String text, int offset) {}

    /** Empty when the text is not one call from end to end. */
    static Optional<AggregateCall> of(String text) {
        List<Token> tokens = ExpressionTokens.of(text).orElse(List.of());
        int last = tokens.size() - 1;
        if (last < 2
                || tokens.get(0).kind() != Kind.IDENTIFIER
                || !tokens.get(1).is(text, "(")
                || !tokens.get(last).is(text, ")")) {
            return Optional.empty();
        }
        List<Part> arguments = new ArrayList<>();
        int depth = 0;
        int start = 2;
        for (int i = 2; i < last; i++) {
            depth += depth(text, tokens.get(i));
            if (depth < 0) {
                return Optional.empty();
            }
            if (depth == 0 && tokens.get(i).is(text, ",")) {
                arguments.add(part(text, tokens.subList(start, i)));
                start = i + 1;
            }
        }
        if (last > 2) {
            arguments.add(part(text, tokens.subList(start, last)));
        }
        return depth == 0 ? Optional.of(new AggregateCall(tokens.get(0).in(text), arguments)) : Optional.empty();
    }

    private static int depth(String text, Token token) {
        if (token.kind() != Kind.OPERATOR) {
            return 0;
        }
        char sign = text.charAt(token.start());
        return "([{".indexOf(sign) >= 0 ? 1 : ")]}".indexOf(sign) >= 0 ? -1 : 0;
    }

    private static Part part(String text, List<Token> tokens) {
        if (tokens.isEmpty()) {
            return new Part("", 0);
        }
        int from = tokens.get(0).start();
        int to = tokens.get(tokens.size() - 1).end();
        return new Part(text.substring(from, to), text.codePointCount(0, from));
    }
}
