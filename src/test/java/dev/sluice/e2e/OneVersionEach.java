package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schema.Alert;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A ruleset whose version shows in its output, and what its alerts must be: rule {@code every} matches each event and
 * says the version that its text was written for; rule {@code late} has another threshold in each version. So each event
 * has exactly one alert of {@code every}, and one of {@code late} if its delay is over that version's threshold.
 */
final class OneVersionEach {
    static final String RULESET = "proof";

    private OneVersionEach() {}

    static int threshold(long version) {
        return (int) (version * 7 % 50);
    }

    static String rules(long version) {
        return """
                ruleset: proof
                rules:
                  - id: every
                    from: Flight
                    emit: { type: Every, fields: { text: "%1$d", delay: delay_minutes } }
                  - id: late
                    from: Flight
                    when: delay_minutes > %2$d
                    emit: { type: Late, fields: { text: "%1$d" } }
                """.formatted(version, threshold(version));
    }

    /** @param events how many events were sent; none may be missing and none twice */
    static void assertExact(List<Alert> alerts, long events) {
        Map<String, List<Alert>> byEvent = new HashMap<>();
        for (Alert alert : alerts) {
            String event =
                    alert.getSource().getPartition() + "-" + alert.getSource().getOffset();
            byEvent.computeIfAbsent(event, each -> new ArrayList<>()).add(alert);
        }
        assertThat(byEvent.size()).as("events with alerts").isEqualTo((int) events);
        byEvent.forEach((event, those) -> assertOne(event, those));
    }

    private static void assertOne(String event, List<Alert> alerts) {
        Alert every = alerts.stream()
                .filter(a -> a.getRule().equals("every"))
                .findFirst()
                .orElseThrow();
        long version = every.getVersion();
        long delay = (Long) every.getFields().get("delay");
        int expected = delay > threshold(version) ? 2 : 1;
        assertThat(alerts)
                .as("alerts of event %s under version %d", event, version)
                .hasSize(expected);
        assertThat(alerts).allSatisfy(alert -> {
            assertThat(alert.getVersion()).isEqualTo(version);
            assertThat(alert.getFields().get("text")).isEqualTo(version);
        });
    }
}
