package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.EventSender;
import dev.sluice.schema.Alert;
import dev.sluice.testing.Sandbox;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.avro.generic.GenericRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Two instances tell their own figures while they work a backlog off. */
final class TimerIT {
    private static final int EVENTS = 10_000;
    /** Each event costs a thousand steps, so that events wait. */
    private static final String RULES = """
            ruleset: figures
            constants:
              ten: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
            rules:
              - id: slow
                from: Flight
                when: ten.exists(a, ten.exists(b, ten.exists(c, a + b + c > 27 + delay_minutes)))
                emit: { type: Slow, fields: { d: delay_minutes } }
              - id: pool-figures
                every: 100ms
                emit:
                  type: PoolFigures
                  fields:
                    active: pool_active('main')
                    queue: pool_queue('main')
                    done: pool_processed('main')
            """;

    @Test
    void everyInstanceTellsItsFiguresOnceATick() {
        try (Sandbox sandbox = Sandbox.create()) {
            sandbox.start("one");
            sandbox.start("two");
            sandbox.publish("figures", RULES);
            try (EventSender sender = sandbox.sender()) {
                List<GenericRecord> flights = IntStream.range(0, 26)
                        .mapToObj(number -> sandbox.flight(number, 0))
                        .toList();
                for (int number = 0; number < EVENTS; number++) {
                    sender.send(flights.get(number % flights.size()));
                }
                sender.flush();
            }
            sandbox.awaitEvaluated();
            Awaitility.await().atMost(Sandbox.LIMIT).until(() -> isAllDone(sandbox.alerts()));

            List<Alert> alerts = sandbox.alerts();
            assertThat(alerts).extracting(Alert::getId).doesNotHaveDuplicates();
            assertThat(alerts).allSatisfy(alert -> {
                long tick = alert.getEventTime().toEpochMilli();
                assertThat(tick % 100).isZero();
                assertThat(alert.getId()).isEqualTo("figures/pool-figures/" + alert.getKey() + "@" + tick);
            });
            assertThat(alerts).anyMatch(alert -> figure(alert, "queue") > 500);
            assertThat(alerts).anyMatch(alert -> figure(alert, "active") > 0);
            assertThat(alerts).allMatch(alert -> figure(alert, "active") >= 0 && figure(alert, "active") <= 2);
        }
    }

    /** Whether the newest figures of both instances say that all events are done and none waits. */
    private static boolean isAllDone(List<Alert> alerts) {
        Map<CharSequence, Alert> newest = new HashMap<>();
        for (Alert alert : alerts) {
            newest.merge(alert.getKey(), alert, (a, b) -> a.getEventTime().isAfter(b.getEventTime()) ? a : b);
        }
        return newest.keySet().equals(Set.of("one", "two"))
                && newest.values().stream()
                                .mapToLong(alert -> figure(alert, "done"))
                                .sum()
                        == EVENTS
                && newest.values().stream().allMatch(alert -> figure(alert, "queue") == 0)
                && newest.values().stream().allMatch(alert -> figure(alert, "active") == 0);
    }

    private static long figure(Alert alert, String name) {
        return (Long) alert.getFields().get(name);
    }
}
