package dev.sluice.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.evaluation.Watermarks.Kept;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class WatermarksTest {
    private static final long IDLE_MS = 5_000;
    private static final long LOST_MS = 60_000;
    private static final long A = 1;
    private static final long B = 2;

    private Watermarks marks = new Watermarks(Kept.NOTHING, IDLE_MS);
    private long wallMs = 1_000_000;

    /** Both sources are known and no other is waited for. */
    @BeforeEach
    void hearBoth() {
        marks.flows(A, 0, wallMs);
        marks.flows(B, 0, wallMs);
        assertThat(marks.streamMs(0)).isEqualTo(Watermarks.UNKNOWN);
        wallMs += IDLE_MS;
        marks.flows(A, 10, wallMs);
        marks.flows(B, 10, wallMs);
        assertThat(marks.streamMs(0)).isEqualTo(10);
    }

    private void second(long a, long b) {
        wallMs += 1_000;
        marks.flows(A, a, wallMs);
        marks.flows(B, b, wallMs);
    }

    @Test
    void goesByTheSlowestSource() {
        marks.flows(A, 90_000, wallMs);
        assertThat(marks.streamMs(0)).isEqualTo(10);
        marks.flows(B, 40, wallMs);
        assertThat(marks.streamMs(0)).isEqualTo(40);
        marks.flows(B, 100_000, wallMs);
        assertThat(marks.streamMs(0)).isEqualTo(90_000);
    }

    @Test
    void takesTheGreatestTimeOfASource() {
        marks.flows(A, 90, wallMs);
        marks.flows(B, 50, wallMs);
        marks.flows(B, 20, wallMs);
        assertThat(marks.streamMs(0)).isEqualTo(50);
    }

    @Test
    void waitsForSourcesThatWereNotHeardYet() {
        marks = new Watermarks(Kept.NOTHING, IDLE_MS);
        marks.flows(A, 90_000, wallMs);
        marks.flows(A, 95_000, wallMs + IDLE_MS - 1);
        assertThat(marks.streamMs(0)).isEqualTo(Watermarks.UNKNOWN);
        marks.flows(B, 10, wallMs + IDLE_MS - 1);
        marks.flows(A, 96_000, wallMs + IDLE_MS);
        assertThat(marks.streamMs(0)).isEqualTo(10);
    }

    @Test
    void waitsNoLongerWhereNoOtherIsHeard() {
        marks = new Watermarks(Kept.NOTHING, IDLE_MS);
        marks.flows(A, 90_000, wallMs);
        assertThat(marks.streamMs(IDLE_MS - 1)).isEqualTo(Watermarks.UNKNOWN);
        assertThat(marks.streamMs(IDLE_MS)).isEqualTo(90_000);
    }

    @Test
    void doesNotCountASourceThatRests() {
        marks.flows(A, 90_000, wallMs);
        marks.rests(B, 10, wallMs);
        assertThat(marks.streamMs(0)).isEqualTo(90_000);
        marks.flows(B, 20, wallMs);
        assertThat(marks.streamMs(0)).isEqualTo(20);
    }

    @Test
    void goesByTheGreatestWhereAllRest() {
        marks.flows(A, 90_000, wallMs);
        marks.rests(A, 90_000, wallMs);
        assertThat(marks.isFlowing(0)).isTrue();
        marks.rests(B, 10, wallMs);
        assertThat(marks.isFlowing(0)).isFalse();
        assertThat(marks.streamMs(0)).isEqualTo(90_000);
    }

    @Test
    void waitsForTheOthersAgainWhenAllHaveRested() {
        marks.rests(A, 10, wallMs);
        marks.rests(B, 10, wallMs);
        marks.flows(A, 90_000, wallMs);
        assertThat(marks.streamMs(0)).isEqualTo(Watermarks.UNKNOWN);
        marks.flows(B, 30, wallMs);
        assertThat(marks.streamMs(IDLE_MS)).isEqualTo(30);
    }

    @Test
    void waitsForASilentSourceUntilItIsLost() {
        for (long heardMs = 1_000; heardMs < LOST_MS; heardMs += 1_000) {
            wallMs += 1_000;
            marks.flows(A, 10 + heardMs, wallMs);
            assertThat(marks.streamMs(0)).isEqualTo(10);
        }
        marks.flows(A, 90_000, wallMs + 1_000);
        assertThat(marks.streamMs(0)).isEqualTo(90_000);
    }

    @Test
    void losesAllByASilenceOfAll() {
        marks.flows(A, 90_000, wallMs);
        assertThat(marks.streamMs(LOST_MS - 1)).isEqualTo(10);
        assertThat(marks.streamMs(LOST_MS)).isEqualTo(90_000);
        assertThat(marks.isFlowing(LOST_MS)).isFalse();
        marks.flows(A, 95_000, wallMs);
        assertThat(marks.streamMs(0)).as("B may speak as well").isEqualTo(10);
    }

    @Test
    void holdsAHaltOfEverythingAgainstNobody() {
        wallMs += 100 * LOST_MS;
        marks.flows(A, 90_000, wallMs);
        assertThat(marks.streamMs(0)).isEqualTo(10);
        second(95_000, 40);
        assertThat(marks.streamMs(0)).isEqualTo(40);
    }

    @Test
    void needsNoClocksThatAgree() {
        long aheadMs = 100 * LOST_MS;
        marks = new Watermarks(Kept.NOTHING, IDLE_MS);
        marks.flows(A, 1, wallMs + aheadMs);
        marks.flows(B, 1, wallMs);
        for (long i = 1; i <= 5; i++) {
            marks.flows(B, 1 + i, wallMs + i * 1_000);
        }
        assertThat(marks.streamMs(0)).as("A is not waited for less").isEqualTo(1);
        for (long i = 6; i <= 61; i++) {
            marks.flows(B, 1 + i, wallMs + i * 1_000);
        }
        assertThat(marks.streamMs(0)).as("nor for longer").isEqualTo(62);
    }

    @Test
    void goesOnWithWhatWasKept() {
        marks.flows(A, 90_000, wallMs);
        marks.rests(B, 50, wallMs);
        assertThat(marks.isChanged()).isTrue();
        Kept kept = marks.keep();
        assertThat(marks.isChanged()).isFalse();
        Watermarks next = new Watermarks(kept, IDLE_MS);
        assertThat(next.isChanged()).isFalse();
        assertThat(next.streamMs(0)).isEqualTo(90_000);
        next.flows(B, 60, wallMs);
        assertThat(next.streamMs(0)).isEqualTo(60);
        assertThat(next.keep().sources()).extracting(Watermarks.Source::id).containsExactly(A, B);
    }
}
