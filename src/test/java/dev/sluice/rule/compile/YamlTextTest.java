package dev.sluice.rule.compile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class YamlTextTest {

    @Test
    void readsCharactersOutsideTheBasicPlaneWhereverTheyStand() {
        for (int lead = 950; lead < 1_100; lead++) {
            String text = "ruleset: faces\n# " + "x".repeat(lead) + "\uD83D\uDE00\uD83D\uDE00\nrules: []\n";
            Problems problems = new Problems();
            assertThat(YamlText.read(text, Pace.FULL, problems))
                    .as("%d before", lead)
                    .isPresent();
            assertThat(problems.found()).isEmpty();
        }
    }
}
