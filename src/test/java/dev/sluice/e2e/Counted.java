package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.EventSender;
import dev.sluice.schema.Alert;
import dev.sluice.testing.Sandbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;

/**
 * Rules that number the events of each key, and what their alerts must be: for each event one alert of each rule, and the
 * numbers of a key are one, two, three and so on, none missing and none twice. A state that lost or repeated an event shows in
 * every number after it.
 */
final class Counted {
    static final String RULESET = "counted";

    /** One of each: the topic's key, tumbling; another key, sliding. */
    static final String RULES = """
            ruleset: counted
            rules:
              - id: by-origin
                from: Flight
                window: { tumbling: 365d }
                aggregate: { n: count(), miles: sum(distance_miles) }
                emit: { trigger: each, type: ByOrigin, fields: { n: n, miles: miles } }
              - id: by-distance
                from: Flight
                partitionBy: distance_miles % 10
                window: { sliding: 300d }
                aggregate: { n: count() }
                emit: { trigger: each, type: ByDistance, fields: { n: n } }
            """;

    private Counted() {}

    static void send(Sandbox sandbox, long from, long to) {
        try (EventSender sender = sandbox.sender()) {
            for (long number = from; number < to; number++) {
                sender.send(sandbox.flight(number, 1));
            }
            sender.flush();
        }
    }

    /** Sends on a thread of its own until it is stopped. */
    static final class Flow {
        private final AtomicBoolean flowing = new AtomicBoolean(true);
        private final AtomicLong sent = new AtomicLong();
        private final Thread thread;

        private Flow(Sandbox sandbox) {
            thread = new Thread(() -> send(sandbox), "events");
            thread.start();
        }

        static Flow begin(Sandbox sandbox) {
            return new Flow(sandbox);
        }

        private void send(Sandbox sandbox) {
            try (EventSender sender = sandbox.sender()) {
                while (flowing.get()) {
                    long number = sent.getAndIncrement();
                    sender.send(sandbox.flight(number, 1));
                    if (number % 10 == 0) {
                        Thread.sleep(10);
                    }
                }
                sender.flush();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** Gives how many were sent. */
        long stop() throws InterruptedException {
            flowing.set(false);
            thread.join();
            return sent.get();
        }
    }

    /** Waits for the alerts of all events, and sees that they are right. */
    static void assertExact(Sandbox sandbox, long events) {
        Awaitility.await()
                .atMost(Sandbox.LIMIT)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(sandbox.alerts()).hasSizeGreaterThanOrEqualTo((int) (2 * events)));
        List<Alert> alerts = sandbox.alerts();
        assertThat(alerts).as("alerts").hasSize((int) (2 * events));
        assertThat(alerts.stream().map(Alert::getId).distinct().count())
                .as("alerts by id")
                .isEqualTo(2 * events);
        assertNumbered(alerts, "by-origin", 26);
        assertNumbered(alerts, "by-distance", 10);
        assertSummed(alerts);
    }

    private static void assertNumbered(List<Alert> alerts, String rule, int keys) {
        Map<String, List<Long>> numbers = new HashMap<>();
        for (Alert alert : alerts) {
            if (alert.getRule().equals(rule)) {
                numbers.computeIfAbsent(alert.getKey(), key -> new ArrayList<>())
                        .add((Long) alert.getFields().get("n"));
            }
        }
        assertThat(numbers).as("keys of %s", rule).hasSize(keys);
        numbers.forEach((key, those) -> assertThat(those)
                .as("numbers of key %s of %s", key, rule)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, those.size()).boxed().toList()));
    }

    /** Events of one origin come in order: the sum after each is that of all before it. */
    private static void assertSummed(List<Alert> alerts) {
        Map<String, List<Alert>> byKey = new HashMap<>();
        alerts.stream()
                .filter(alert -> alert.getRule().equals("by-origin"))
                .forEach(alert -> byKey.computeIfAbsent(alert.getKey(), key -> new ArrayList<>())
                        .add(alert));
        byKey.forEach((key, those) -> {
            those.sort(Comparator.comparing(Alert::getEventTime));
            long miles = 0;
            for (Alert alert : those) {
                miles += (alert.getEventTime().getEpochSecond() - 978_307_200L) % 3000;
                assertThat(alert.getFields().get("miles"))
                        .as("miles of key %s at %s", key, alert.getEventTime())
                        .isEqualTo(miles);
            }
        });
    }
}
