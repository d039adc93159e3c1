package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.schema.Alert;
import dev.sluice.schema.DeadLetter;
import dev.sluice.schema.RuleFailureRecord;
import dev.sluice.serde.SingleObject;
import dev.sluice.testing.Sandbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;

/**
 * Everything that came of the events of {@link FaultyRollout}: what the topics hold in the end, by event, against what must be
 * there. What the windows counted is computed anew from the events alone.
 */
final class RolloutLedger {
    private static final SingleObject CODEC = new SingleObject();

    private final Map<Long, List<Alert>> alerts = new HashMap<>();
    private final Map<Long, DeadLetter> letters = new HashMap<>();
    private final long events;

    /** One event: which version had its key, and when it was sent. */
    record Served(long number, long version, long sentMs, int partition, long offset) {}

    private RolloutLedger(long events) {
        this.events = events;
    }

    /** Waits for the last alerts: what was handed over comes after the events are committed. */
    static RolloutLedger read(Sandbox sandbox, long events) {
        Awaitility.await()
                .atMost(Sandbox.LIMIT)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> sandbox.alerts().stream()
                                .filter(alert -> alert.getRule().equals("by-destination"))
                                .count()
                        >= events);
        RolloutLedger ledger = new RolloutLedger(events);
        String topic = sandbox.config("reader").topics().names().deadLetters();
        sandbox.awaitNoOpenTransaction(topic);
        Map<String, Long> numbers = new HashMap<>();
        List<Alert> all = sandbox.alerts();
        assertThat(all.stream().map(Alert::getId).distinct().count())
                .as("alerts by id")
                .isEqualTo(all.size());
        for (Alert alert : all) {
            if (alert.getRule().equals("every")) {
                numbers.put(position(alert), (Long) alert.getFields().get("n"));
            }
        }
        assertThat(numbers.values())
                .as("events with an alert of 'every'")
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, events).boxed().toList());
        for (Alert alert : all) {
            ledger.alerts
                    .computeIfAbsent(numbers.get(position(alert)), n -> new ArrayList<>())
                    .add(alert);
        }
        for (ConsumerRecord<byte[], byte[]> record : sandbox.committed(topic)) {
            DeadLetter letter = CODEC.decode(
                    record.headers().lastHeader("sluice-dead-letter").value(), DeadLetter.class);
            Long number = numbers.get(
                    letter.getSource().getPartition() + "-" + letter.getSource().getOffset());
            assertThat(ledger.letters.put(number, letter))
                    .as("a second dead letter of event %d", number)
                    .isNull();
        }
        return ledger;
    }

    private static String position(Alert alert) {
        return alert.getSource().getPartition() + "-" + alert.getSource().getOffset();
    }

    private Alert every(long number) {
        return of(number, "every").get(0);
    }

    private List<Alert> of(long number, String rule) {
        return alerts.get(number).stream()
                .filter(alert -> alert.getRule().equals(rule))
                .toList();
    }

    /** All events in the order in which they were sent. */
    List<Served> served() {
        return LongStream.range(0, events)
                .mapToObj(this::every)
                .map(alert -> new Served(
                        (Long) alert.getFields().get("n"),
                        alert.getVersion(),
                        alert.getEventTime().toEpochMilli(),
                        alert.getSource().getPartition(),
                        alert.getSource().getOffset()))
                .toList();
    }

    /** Each event has the alerts of one version, none missing and none twice; or its dead letter where that version threw. */
    void assertOneVersionEach() {
        for (Served event : served()) {
            long number = event.number();
            boolean threw = event.version() == 2 && FaultyRollout.throwsOn(number);
            for (String rule : List.of("every", "share")) {
                List<Alert> found = of(number, rule);
                assertThat(found)
                        .as("alerts of %s for event %d under version %d", rule, number, event.version())
                        .hasSize(rule.equals("share") && threw ? 0 : 1)
                        .allSatisfy(alert -> {
                            assertThat(alert.getVersion()).isEqualTo(event.version());
                            assertThat(alert.getArm()).isEqualTo(event.version() == 2 ? "candidate" : "stable");
                            assertThat(alert.getFields().get("text")).isEqualTo(event.version());
                        });
            }
            DeadLetter letter = letters.get(number);
            assertThat(letter != null).as("dead letter of event %d", number).isEqualTo(threw);
            if (letter != null) {
                assertThat(letter.getFailures())
                        .extracting(RuleFailureRecord::getRule, RuleFailureRecord::getVersion)
                        .containsExactly(tuple("share", 2L));
            }
        }
    }

    /** The versions of a key's events, one after another: the new one for one span of them at most, and then the old again. */
    void assertBackForGood() {
        Map<String, List<Served>> byKey =
                served().stream().collect(Collectors.groupingBy(event -> FaultyRollout.origin(event.number())));
        byKey.forEach((key, those) -> {
            StringBuilder versions = new StringBuilder();
            those.stream()
                    .sorted(Comparator.comparingLong(Served::offset))
                    .forEach(event -> versions.append(event.version()));
            assertThat(versions.toString()).as("versions of key %s", key).matches("1+(2+1+)?");
        });
    }

    /** What the windows must have counted, whoever had the key. */
    void assertCounted() {
        Map<String, List<Served>> byKey =
                served().stream().collect(Collectors.groupingBy(event -> FaultyRollout.origin(event.number())));
        byKey.forEach((key, those) -> assertTumbling(
                those.stream().sorted(Comparator.comparingLong(Served::offset)).toList()));
        Map<String, List<Long>> numbers = new HashMap<>();
        for (long number = 0; number < events; number++) {
            List<Alert> found = of(number, "by-destination");
            assertThat(found)
                    .as("alerts of by-destination for event %d", number)
                    .hasSize(1);
            assertThat(found.get(0).getKey()).isEqualTo(FaultyRollout.destination(number));
            numbers.computeIfAbsent(found.get(0).getKey(), key -> new ArrayList<>())
                    .add((Long) found.get(0).getFields().get("n"));
        }
        numbers.forEach((key, those) -> assertThat(those)
                .as("numbers of destination %s", key)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, those.size()).boxed().toList()));
    }

    /** @param inOrder events of one key */
    private void assertTumbling(List<Served> inOrder) {
        Map<Long, long[]> windows = new HashMap<>();
        for (Served event : inOrder) {
            long[] sums = windows.computeIfAbsent(event.sentMs() / FaultyRollout.WINDOW_MS, start -> new long[2]);
            sums[0]++;
            sums[1] += event.number();
            assertThat(of(event.number(), "by-origin"))
                    .as("alerts of by-origin for event %d", event.number())
                    .singleElement()
                    .satisfies(alert -> {
                        assertThat(alert.getFields().get("n")).isEqualTo(sums[0]);
                        assertThat(alert.getFields().get("miles")).isEqualTo(sums[1]);
                    });
        }
    }
}
