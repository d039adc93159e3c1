package dev.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.settings.RestartSettings;
import org.junit.jupiter.api.Test;

/** A setting of an instance is either read at its start, or the fleet's settings have it under another name. */
final class RestartSettingsTest {
    @Test
    void everySettingOfAnInstanceIsOneOfTheTwo() {
        for (String name : SettingNames.known()) {
            String one = name.replace("*", "any");
            assertThat(RestartSettings.contains(one))
                    .as(one)
                    .isNotEqualTo(RestartSettings.elsewhere(one).isPresent());
        }
        assertThat(RestartSettings.names()).allMatch(name -> SettingNames.isKnown(name.replace("*", "any")));
    }
}
