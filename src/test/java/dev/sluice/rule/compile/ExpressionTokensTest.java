package dev.sluice.rule.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ExpressionTokensTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "a.b >= 10 && c != 'x'| IDENTIFIER OPERATOR IDENTIFIER OPERATOR INT OPERATOR IDENTIFIER OPERATOR STRING",
                "-1| OPERATOR INT",
                "1.5| DOUBLE",
                ".5e+3| DOUBLE",
                "1e5| DOUBLE",
                "1e| INT IDENTIFIER",
                "1.size()| INT OPERATOR IDENTIFIER OPERATOR OPERATOR",
                "1u| OTHER",
                "0xFF| OTHER",
                "0xFFu| OTHER",
                "0x| INT IDENTIFIER",
                "\"it's\"| STRING",
                "'a\\'b' + c| OTHER OPERATOR IDENTIFIER",
                "r'a\\' + c| OTHER OPERATOR IDENTIFIER",
                "b'a'| OTHER",
                "Br\"\\\"| OTHER",
                "br| IDENTIFIER",
                "'''a'b''' in c| OTHER IDENTIFIER IDENTIFIER",
                "'' == \"\"| STRING OPERATOR STRING",
                "`a-b`| OTHER",
                "a // 'c\"| IDENTIFIER",
                "x ? [1] : {'k': 2}| IDENTIFIER OPERATOR OPERATOR INT OPERATOR OPERATOR OPERATOR STRING OPERATOR INT OPERATOR",
                "'😀' + é| "
            })
    void readsTokens(String text, String kinds) {
        String read = ExpressionTokens.of(text)
                .map(tokens -> tokens.stream().map(t -> t.kind().name()).collect(Collectors.joining(" ")))
                .orElse("");
        assertThat(read).isEqualTo(kinds == null ? "" : kinds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'a", "\"a\nb\"", "'''a''", "a = b", "a & b", "`a", "#", "'\\"})
    void hasNoTokensForWhatIsNoExpression(String text) {
        assertThat(ExpressionTokens.of(text)).isEmpty();
    }

    @Test
    void givesOffsetsInChars() {
        String text = " '😀' + abc";
        Optional<List<ExpressionTokens.Token>> tokens = ExpressionTokens.of(text);
        assertThat(tokens.orElseThrow()).extracting(t -> t.in(text)).containsExactly("'😀'", "+", "abc");
        assertThat(tokens.orElseThrow().get(2).start()).isEqualTo(8);
    }
}
