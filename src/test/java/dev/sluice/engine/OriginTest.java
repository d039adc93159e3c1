package dev.sluice.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.Origin.Handing;
import dev.sluice.engine.SourceMark.Flow;
import org.junit.jupiter.api.Test;

final class OriginTest {
    private static final long IDLE_MS = 5_000;

    private long wallMs = 1_000;
    private final Origin origin = Origin.ofEvents("flights-0", () -> wallMs, IDLE_MS);

    private SourceMark mark(long streamMs, Flow flow) {
        return new SourceMark(origin.source(), streamMs, wallMs, flow);
    }

    private void fed(long streamMs) {
        origin.reached(streamMs);
        origin.fed();
    }

    @Test
    void tellsOfEventsOnceASecond() {
        fed(10);
        assertThat(origin.due(Handing.OVER)).contains(mark(10, Flow.FLOWING));
        fed(20);
        wallMs += Origin.MARK_EVERY_MS - 1;
        assertThat(origin.due(Handing.OVER)).isEmpty();
        wallMs += 1;
        assertThat(origin.due(Handing.OVER)).contains(mark(20, Flow.FLOWING));
        wallMs += Origin.MARK_EVERY_MS;
        assertThat(origin.due(Handing.OVER)).isEmpty();
    }

    @Test
    void saysOnceThatNoEventsCome() {
        fed(10);
        assertThat(origin.due(Handing.OVER)).isPresent();
        for (int i = 1; i < 5; i++) {
            wallMs += 1_000;
            assertThat(origin.due(Handing.OVER)).isEmpty();
        }
        wallMs += 1_000;
        assertThat(origin.due(Handing.OVER)).contains(mark(10, Flow.RESTING));
        wallMs += 60_000;
        assertThat(origin.due(Handing.OVER)).isEmpty();
        fed(20);
        assertThat(origin.due(Handing.OVER)).contains(mark(20, Flow.FLOWING));
    }

    @Test
    void doesNotTakeAStallOfItsThreadForQuiet() {
        fed(10);
        assertThat(origin.due(Handing.OVER)).isPresent();
        wallMs += 10 * IDLE_MS;
        assertThat(origin.due(Handing.OVER)).isEmpty();
    }

    @Test
    void saysThatItRestsWhereNoEventEverCame() {
        for (int i = 0; i < 4; i++) {
            wallMs += 1_000;
            assertThat(origin.due(Handing.OVER)).isEmpty();
        }
        wallMs += 1_000;
        assertThat(origin.due(Handing.OVER)).contains(mark(Long.MIN_VALUE, Flow.RESTING));
    }

    @Test
    void isSilentWhereNoRuleHandsOverAndTakesItsWordBack() {
        fed(10);
        assertThat(origin.due(Handing.NOTHING)).isEmpty();
        wallMs += 10_000;
        fed(20);
        assertThat(origin.due(Handing.OVER)).isPresent();
        fed(30);
        assertThat(origin.due(Handing.NOTHING)).contains(mark(30, Flow.RESTING));
        assertThat(origin.due(Handing.NOTHING)).isEmpty();
    }
}
