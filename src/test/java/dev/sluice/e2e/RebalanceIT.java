package dev.sluice.e2e;

import dev.sluice.app.RulesEngine;
import dev.sluice.testing.Sandbox;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Window state goes with its partitions from instance to instance, while events flow. */
class RebalanceIT {
    /** Of the event topic and of the handovers. */
    private static final int TASKS = 8;

    @ParameterizedTest
    @CsvSource({"memory, 0", "rocksdb, 0", "rocksdb, 1"})
    void countsGoOnWhenInstancesComeAndGo(String store, String standbys) throws InterruptedException {
        Map<String, String> settings =
                Map.of("engine.windows.store", store, "engine.streams.num.standby.replicas", standbys);
        try (Sandbox sandbox = Sandbox.with(settings)) {
            RulesEngine first = sandbox.start("first");
            sandbox.publish(Counted.RULESET, Counted.RULES);
            Counted.Flow events = Counted.Flow.begin(sandbox);
            sandbox.awaitCommittedBeyond(100);
            RulesEngine second = sandbox.start("second");
            awaitTasks(second, TASKS / 2);
            sandbox.awaitCommittedBeyond(sandbox.committed() + 100);
            first.close();
            awaitTasks(second, TASKS);
            sandbox.awaitCommittedBeyond(sandbox.committed() + 100);
            RulesEngine third = sandbox.start("third");
            awaitTasks(third, TASKS / 2);
            sandbox.awaitCommittedBeyond(sandbox.committed() + 100);
            long sent = events.stop();

            Counted.assertExact(sandbox, sent);
        }
    }

    private static void awaitTasks(RulesEngine engine, int tasks) {
        Awaitility.await()
                .atMost(Sandbox.LIMIT)
                .until(() -> engine.status().getWorkers().stream()
                                .mapToInt(worker -> worker.getPartitions().size())
                                .sum()
                        == tasks);
    }
}
