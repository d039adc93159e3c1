package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.EventSender;
import dev.sluice.app.RulesEngine;
import dev.sluice.control.Fleet;
import dev.sluice.control.RulesetPublisher;
import dev.sluice.schema.InstanceStatus;
import dev.sluice.schema.WorkerStatus;
import dev.sluice.testing.Sandbox;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Three engines share the work. */
class FleetIT {
    /** Of the event topic and of the handovers. */
    private static final int PARTITIONS = 8;

    private static final int EVENTS = 3000;

    @Test
    void threeEnginesEvaluateEachPartitionOnceAndAllReachTheNewVersion() {
        try (Sandbox sandbox = Sandbox.create()) {
            List<RulesEngine> engines = List.of(sandbox.start("one"), sandbox.start("two"), sandbox.start("three"));
            awaitSharedPartitions(engines);
            RulesetPublisher.Published first = sandbox.publish(OneVersionEach.RULESET, OneVersionEach.rules(1));
            send(sandbox, 0);
            RulesetPublisher.Published second = sandbox.publish(OneVersionEach.RULESET, OneVersionEach.rules(2));
            send(sandbox, EVENTS);

            OneVersionEach.assertExact(sandbox.alerts(), 2 * EVENTS);
            assertThat(first.version().version()).isEqualTo(1);
            Collection<InstanceStatus> statuses = fleet(sandbox);
            assertThat(statuses).extracting(InstanceStatus::getInstance).containsExactly("one", "three", "two");
            assertThat(statuses).allSatisfy(status -> {
                assertThat(Fleet.isLive(status, Instant.now())).isTrue();
                assertThat(status.getWorkers()).isNotEmpty();
                assertThat(status.getWorkers())
                        .extracting(worker -> worker.getDigests().get(OneVersionEach.RULESET))
                        .containsOnly(second.version().digest());
            });
            assertThat(statuses.stream()
                            .flatMap(status -> status.getWorkers().stream())
                            .map(WorkerStatus::getPartitions)
                            .mapToInt(List::size)
                            .sum())
                    .as("partitions, each with one engine")
                    .isEqualTo(PARTITIONS);
            assertThat(statuses.stream()
                            .mapToLong(status -> status.getFigures().get("events"))
                            .sum())
                    .isEqualTo(2 * EVENTS);
        }
    }

    @Test
    void anEngineThatStopsLeavesTheListAndItsPartitionsGoToTheOthers() {
        try (Sandbox sandbox = Sandbox.create()) {
            RulesEngine stays = sandbox.start("stays");
            RulesEngine leaves = sandbox.start("leaves");
            awaitSharedPartitions(List.of(stays, leaves));
            sandbox.publish(OneVersionEach.RULESET, OneVersionEach.rules(1));
            leaves.close();
            send(sandbox, 0);

            OneVersionEach.assertExact(sandbox.alerts(), EVENTS);
            assertThat(fleet(sandbox)).extracting(InstanceStatus::getInstance).containsExactly("stays");
        }
    }

    private static void awaitSharedPartitions(List<RulesEngine> engines) {
        Awaitility.await()
                .atMost(Sandbox.LIMIT)
                .until(() -> engines.stream()
                        .allMatch(engine -> engine.status().getWorkers().stream()
                                        .mapToInt(
                                                worker -> worker.getPartitions().size())
                                        .sum()
                                > 0));
        Awaitility.await()
                .atMost(Sandbox.LIMIT)
                .until(() -> engines.stream()
                                .flatMap(engine -> engine.status().getWorkers().stream())
                                .mapToInt(worker -> worker.getPartitions().size())
                                .sum()
                        == PARTITIONS);
    }

    private static void send(Sandbox sandbox, long from) {
        try (EventSender sender = sandbox.sender()) {
            for (long number = from; number < from + EVENTS; number++) {
                sender.send(sandbox.flight(number, (int) (number % 60)));
            }
            sender.flush();
        }
        sandbox.awaitEvaluated();
    }

    private static Collection<InstanceStatus> fleet(Sandbox sandbox) {
        // Each engine's last report may be half a heartbeat old: wait for one after the last event.
        long begin = System.currentTimeMillis();
        return Awaitility.await()
                .atMost(Sandbox.LIMIT)
                .until(
                        () -> {
                            try (Fleet fleet = Fleet.read(
                                    sandbox.config("reader").topics().names().status(),
                                    sandbox.config("reader").kafka(),
                                    Sandbox.LIMIT)) {
                                return fleet.all();
                            }
                        },
                        all -> all.stream()
                                .allMatch(status -> status.getReportedAt().toEpochMilli() > begin));
    }
}
