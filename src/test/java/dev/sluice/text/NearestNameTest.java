package dev.sluice.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class NearestNameTest {
    @Test
    void findsTheNameWithTheFewestEdits() {
        assertThat(NearestName.of("retentoin", List.of("replication", "retention")))
                .contains("retention");
        assertThat(NearestName.of("StateDIR", List.of("stateDir"))).contains("stateDir");
    }

    @Test
    void staysSilentWhenNothingIsNear() {
        assertThat(NearestName.of("colour", List.of("partitions", "topic"))).isEmpty();
        assertThat(NearestName.hint("colour", List.of("partitions", "topic")))
                .isEqualTo("; known are: partitions, topic");
    }

    @Test
    void countsASwapOfNeighboursAsOneEdit() {
        assertThat(NearestName.distance("amuont", "amount")).isEqualTo(1);
        assertThat(NearestName.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(NearestName.distance("", "abc")).isEqualTo(3);
    }
}
