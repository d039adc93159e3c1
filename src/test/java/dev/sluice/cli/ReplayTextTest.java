package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.Replay;
import org.junit.jupiter.api.Test;

final class ReplayTextTest {
    private static final Replay.Some NONE = new Replay.Some(0, "");

    @Test
    void tellsOnlyWhatThereIs() {
        Replay.Done done = new Replay.Done(3, 1, 1, 0, 0, NONE, NONE, 0);

        assertThat(ReplayText.lines("r/a", done, ReplayText.Manner.DONE))
                .containsExactly("r/a: 1 dead letter, evaluated with version 3", "  1 alert sent");
    }

    @Test
    void tellsEveryKindOfLetterWithItsFirstReason() {
        Replay.Done done = new Replay.Done(
                3, 2_000, 1_990, 2, 3, new Replay.Some(4, "rule a: no"), new Replay.Some(1, "no event"), 5);

        assertThat(ReplayText.lines("r/a", done, ReplayText.Manner.PREVIEW))
                .containsExactly(
                        "r/a: 2,000 dead letters, evaluated with version 3",
                        "  1,990 alerts would be sent",
                        "  2 alerts already there",
                        "  3 letters that the version makes no alert of",
                        "  4 letters still failing: rule a: no",
                        "  1 letter not replayable: no event",
                        "  5 letters would have gone on into windows behind the rule: windows are not replayed");
    }
}
