package dev.sluice.e2e;

import dev.sluice.app.Publication;
import dev.sluice.testing.ChildEngine;
import dev.sluice.testing.Sandbox;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine is killed with -9 at random moments while events flow into windows. */
class KillWindowsE2eIT {
    private static final int KILLS = 5;

    @ParameterizedTest
    @ValueSource(strings = {"memory", "rocksdb"})
    void countsAreExactAfterFiveKills(String store) throws Exception {
        long seed = System.nanoTime();
        System.out.println("KillWindowsE2eIT " + store + " seed " + seed);
        Random random = new Random(seed);
        try (Sandbox sandbox = Sandbox.with(Map.of("engine.windows.store", store))) {
            try (Publication publication = new Publication(sandbox.config("publisher"))) {
                sandbox.publishUnwaited(publication, Counted.RULESET, Counted.RULES);
            }
            ChildEngine engine = sandbox.startChild("killed");
            Counted.Flow events = Counted.Flow.begin(sandbox);
            for (int kill = 0; kill < KILLS; kill++) {
                sandbox.awaitCommittedBeyond(sandbox.committed() + 300);
                // The moment of the kill is the point of the test: any time within a commit interval or two.
                Thread.sleep(random.nextInt(700));
                engine.kill();
                engine = sandbox.startChild("killed");
            }
            sandbox.awaitCommittedBeyond(sandbox.committed() + 300);
            long sent = events.stop();
            sandbox.awaitEvaluated();

            Counted.assertExact(sandbox, sent);
        }
    }
}
