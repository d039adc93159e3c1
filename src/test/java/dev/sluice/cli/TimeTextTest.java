package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class TimeTextTest {

    @Test
    void showsTheTwoLargestUnits() {
        assertThat(TimeText.of(Duration.ofMillis(250))).isEqualTo("250 ms");
        assertThat(TimeText.of(Duration.ofSeconds(12))).isEqualTo("12 s");
        assertThat(TimeText.of(Duration.ofSeconds(270))).isEqualTo("4 min 30 s");
        assertThat(TimeText.of(Duration.ofMinutes(125))).isEqualTo("2 h 5 min");
        assertThat(TimeText.of(Duration.ofDays(2))).isEqualTo("2 d");
        assertThat(TimeText.of(Duration.ZERO)).isEqualTo("0 s");
    }

    @Test
    void whatIsLeftIsRoundedUp() {
        Instant now = Instant.EPOCH;

        assertThat(TimeText.left(now.plusMillis(1), now)).isEqualTo("1 s");
        assertThat(TimeText.left(now.plusMillis(59_001), now)).isEqualTo("1 min");
        assertThat(TimeText.left(now.minusSeconds(1), now)).isEqualTo("0 s");
    }
}
