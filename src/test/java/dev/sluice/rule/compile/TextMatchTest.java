package dev.sluice.rule.compile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TextMatchTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4_095, 4_096, 4_097, 9_000})
    void tellsWhereTwoTextsPart(int same) {
        String shared = "ab\n".repeat(4_000).substring(0, same);
        assertThat(TextMatch.prefix(shared + "x" + "tail", shared + "y")).isEqualTo(same);
        assertThat(TextMatch.prefix(shared, shared + "more")).isEqualTo(same);
        assertThat(TextMatch.suffix("head" + "x" + shared, "y" + shared, same + 1))
                .isEqualTo(same);
        assertThat(TextMatch.suffix(shared, shared, same / 2)).isEqualTo(same / 2);
    }
}
