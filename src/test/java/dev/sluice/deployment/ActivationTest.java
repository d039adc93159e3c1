package dev.sluice.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ActivationTest {

    @ParameterizedTest
    @CsvSource({
        "100, 3, 3, true",
        "100, 2, 3, false",
        "100, 0, 0, false",
        "80, 4, 5, true",
        "80, 3, 4, false",
        "67, 2, 3, false",
        "66, 2, 3, true",
        "1, 0, 50, false",
        "1, 1, 100, true",
        "1, 1, 101, false"
    })
    void isMetByItsShareOfThoseThatAreThere(int percent, int prepared, int all, boolean met) {
        assertThat(new Activation(percent).isMet(prepared, all)).isEqualTo(met);
    }

    @Test
    void whoRefusesWillNotBePrepared() {
        assertThat(Activation.ALL.canBeMet(0, 3)).isTrue();
        assertThat(Activation.ALL.canBeMet(1, 3)).isFalse();
        assertThat(new Activation(66).canBeMet(1, 3)).isTrue();
        assertThat(new Activation(66).canBeMet(2, 3)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 101})
    void isAPercentage(int percent) {
        assertThatThrownBy(() -> new Activation(percent)).isInstanceOf(IllegalArgumentException.class);
    }
}
