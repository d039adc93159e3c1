package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.AlertReader;
import dev.sluice.app.EventSender;
import dev.sluice.app.RulesEngine;
import dev.sluice.e2e.RulesOfEachKind.Handed;
import dev.sluice.evaluation.Emission;
import dev.sluice.evaluation.ModelRule;
import dev.sluice.evaluation.RandomSamples;
import dev.sluice.evaluation.Sample;
import dev.sluice.schema.Alert;
import dev.sluice.testing.ChildEngine;
import dev.sluice.testing.Sandbox;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.utils.Utils;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * All kinds of windows, aggregates and emissions while instances join, leave and are killed: every alert is what a
 * recomputation from all raw events says, none is missing and none comes twice. Reproduce the rules and events with {@code
 * -Dsluice.seed=SEED}.
 *
 * <p>What is determined: of rules in place everything, late events too, since a partition has an order. Of what is handed
 * over from one partition the order too, but not which handovers meet in a task, so not how late an event is there: a grace
 * as long as events are out of order makes it never late. Silence has no grace: rules of silence that are handed over take
 * only events that are in order. What several partitions hand over moves time in every task: then grace is longer than
 * partitions are ever apart, nothing is handed over to rules of silence, and rules that read all partitions emit at the end
 * of their windows, when all has come, with no two events of one time. The last events, days later, are sent when all
 * others are evaluated; they come with every key and end all windows.
 */
class RebalanceSimulationIT {
    private static final int PARTITIONS = 4;
    /** Of the event topic and of the handovers. */
    private static final int TASKS = 2 * PARTITIONS;

    private static final int KEYS = 12;
    private static final long DAYS_LATER_MS = 10 * 86_400_000L;

    private final long seed = Long.getLong("sluice.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @ParameterizedTest
    @CsvSource({"memory, 50000, FROM_ALL_SOURCES_TOO", "rocksdb, 40, FROM_ONE_SOURCE"})
    void everyAlertIsThatOfARecomputationWhoeverHasTheTask(String store, String cacheKeys, Handed handed)
            throws InterruptedException {
        System.out.println("RebalanceSimulationIT " + store + ": -Dsluice.seed=" + seed);
        Map<String, String> settings = Map.of(
                "engine.windows.store",
                store,
                "engine.windows.cacheKeys",
                cacheKeys,
                // A new instance takes over at once, however much it has to restore.
                "engine.streams.acceptable.recovery.lag",
                "10000000");
        RulesOfEachKind rules = new RulesOfEachKind(random, handed, keysOfOnePartition());
        try (Sandbox sandbox = Sandbox.ofReadings(settings)) {
            RulesEngine first = sandbox.start("first");
            sandbox.publish(ModelRule.RULESET, rules.text());
            Flow flow = new Flow(sandbox);
            sandbox.awaitCommittedBeyond(100);
            assertThat(tasks(first)).hasSize(TASKS);

            RulesEngine second = sandbox.start("second");
            awaitTasks(second, TASKS / 2);
            awaitTasks(first, TASKS / 2);
            assertThat(tasks(first)).doesNotContainAnyElementsOf(tasks(second));
            awaitMore(sandbox);
            first.close();
            awaitTasks(second, TASKS);
            awaitMore(sandbox);
            ChildEngine killed = sandbox.startChild("killed");
            awaitTasks(second, TASKS / 2);
            awaitMore(sandbox);
            killed.kill();
            awaitTasks(second, TASKS);
            awaitMore(sandbox);
            flow.stop();
            sandbox.awaitEvaluated();

            compare(sandbox, rules);
        }
    }

    /** Of the partition that has the most keys. */
    private static Set<String> keysOfOnePartition() {
        Map<Integer, Set<String>> keys = new TreeMap<>();
        for (int i = 0; i < KEYS; i++) {
            String key = key(i);
            int partition = Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % PARTITIONS;
            keys.computeIfAbsent(partition, p -> new TreeSet<>()).add(key);
        }
        return keys.values().stream().max(Comparator.comparingInt(Set::size)).orElseThrow();
    }

    private static String key(int number) {
        return String.valueOf((char) ('a' + number));
    }

    private static Set<String> tasks(RulesEngine engine) {
        return engine.status().getWorkers().stream()
                .flatMap(worker -> worker.getPartitions().stream())
                .collect(Collectors.toSet());
    }

    private static void awaitTasks(RulesEngine engine, int tasks) {
        Awaitility.await().atMost(Sandbox.LIMIT).until(() -> tasks(engine).size() == tasks);
    }

    private static void awaitMore(Sandbox sandbox) {
        sandbox.awaitCommittedBeyond(sandbox.committed() + 100);
    }

    private void compare(Sandbox sandbox, RulesOfEachKind rules) {
        Map<Integer, List<Sample>> events = read(sandbox);
        Set<String> oneSource = keysOfOnePartition();
        assertThat(events.values().stream()
                        .filter(those -> those.stream().anyMatch(event -> oneSource.contains(event.k()))))
                .as("partitions of the keys that should be in one")
                .hasSize(1);
        List<Emission> expected = rules.recomputed(events);
        awaitAlerts(sandbox, expected.size());
        List<Alert> alerts = sandbox.alerts();
        Map<String, Integer> byRule = new TreeMap<>();
        alerts.forEach(alert -> byRule.merge(alert.getRule(), 1, Integer::sum));
        System.out.println(events.values().stream().mapToInt(List::size).sum() + " events, " + rules.late() + " late, "
                + alerts.size() + " alerts " + byRule);

        Emission.demandSame(beforeTheEnd(alerts, last(events)), expected, () -> "seed " + seed);
        assertThat(byRule.keySet())
                .as("rules that emitted")
                .containsExactlyInAnyOrderElementsOf(
                        rules.all().stream().map(routed -> routed.rule().id()).toList());
        assertThat(rules.late()).as("late events").isPositive();
        assertThat(sandbox.records(sandbox.config("test").topics().names().deadLetters()))
                .as("dead letters")
                .isZero();
    }

    private static long last(Map<Integer, List<Sample>> events) {
        return events.values().stream()
                .flatMap(List::stream)
                .mapToLong(Sample::time)
                .max()
                .orElseThrow();
    }

    /** Once nothing comes any more, the wall clock ends the windows of the last events too. */
    private static List<Emission> beforeTheEnd(List<Alert> alerts, long lastMs) {
        return alerts.stream()
                .filter(alert -> !alert.getRule().contains("-close-")
                        || alert.getWindow().getEnd().toEpochMilli() <= lastMs)
                .map(Emission::of)
                .filter(emission -> emission.timeMs() <= lastMs)
                .toList();
    }

    /** What is handed over may still be on its way; should alerts be missing, the comparison tells which. */
    private static void awaitAlerts(Sandbox sandbox, int count) {
        String topic = sandbox.config("test").topics().names().alerts();
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        Awaitility.await()
                .atMost(Sandbox.LIMIT)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> sandbox.records(topic) >= count || System.nanoTime() > deadline);
    }

    /** All events by partition, in the order of their offsets. */
    private static Map<Integer, List<Sample>> read(Sandbox sandbox) {
        Map<Integer, List<Sample>> events = new TreeMap<>();
        try (AlertReader reader = new AlertReader(
                sandbox.config("reader"), sandbox.events().topic().name())) {
            for (AlertReader.Entry entry : reader.toEnd()) {
                GenericRecord event = (GenericRecord) entry.alert();
                events.computeIfAbsent(entry.partition().partition(), p -> new ArrayList<>())
                        .add(new Sample(
                                (int) entry.offset(),
                                entry.partition().topic() + "-"
                                        + entry.partition().partition() + "-" + entry.offset(),
                                (Long) event.get("at"),
                                event.get("k").toString(),
                                (Long) event.get("n"),
                                (Long) event.get("x"),
                                (Long) event.get("mark")));
            }
        }
        events.values().forEach(those -> those.sort(Comparator.comparingInt(Sample::arrival)));
        return events;
    }

    /** Sends on a thread of its own until it is stopped. */
    private final class Flow {
        private final AtomicBoolean flowing = new AtomicBoolean(true);
        private final Sandbox sandbox;
        private final RandomSamples readings = new RandomSamples(random, KEYS);
        private final Set<Long> times = new HashSet<>();
        private final Thread thread = new Thread(this::send, "events");

        Flow(Sandbox sandbox) {
            this.sandbox = sandbox;
            thread.start();
        }

        private void send() {
            try (EventSender sender = sandbox.sender()) {
                while (flowing.get()) {
                    Sample next = readings.next();
                    if (times.add(next.time())) {
                        sender.send(record(next));
                        Thread.sleep(15);
                    }
                }
                sender.flush();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** Then sends the last events, of all keys that a rule may have. */
        void stop() throws InterruptedException {
            flowing.set(false);
            thread.join();
            sandbox.awaitEvaluated();
            try (EventSender sender = sandbox.sender()) {
                for (int i = 0; i < KEYS; i++) {
                    for (int n = -3; n < 3; n++) {
                        long last = readings.nowMs() + DAYS_LATER_MS;
                        sender.send(record(new Sample(0, "", last, key(i), n, null, 1)));
                    }
                }
                sender.flush();
            }
        }

        private GenericRecord record(Sample reading) {
            GenericRecord event = new GenericData.Record(sandbox.events().schema());
            event.put("at", reading.time());
            event.put("k", reading.k());
            event.put("n", reading.n());
            event.put("x", reading.x());
            event.put("d", reading.d());
            event.put("mark", reading.mark());
            return event;
        }
    }
}
