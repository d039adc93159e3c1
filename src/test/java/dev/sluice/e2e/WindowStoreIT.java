package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.RulesEngine;
import dev.sluice.engine.WindowSize;
import dev.sluice.testing.Sandbox;
import java.util.Collection;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Window state outlives the engine that has it. */
class WindowStoreIT {

    @ParameterizedTest
    @ValueSource(strings = {"memory", "rocksdb"})
    void countsGoOnAfterARestart(String store) {
        try (Sandbox sandbox = Sandbox.with(Map.of("engine.windows.store", store))) {
            RulesEngine first = sandbox.start("restarted");
            sandbox.publish(Counted.RULESET, Counted.RULES);
            Counted.send(sandbox, 0, 600);
            Counted.assertExact(sandbox, 600);
            first.close();
            Counted.send(sandbox, 600, 1_000);
            RulesEngine second = sandbox.start("restarted");
            Counted.send(sandbox, 1_000, 1_200);

            Counted.assertExact(sandbox, 1_200);
            assertSizes(second);
        }
    }

    private static void assertSizes(RulesEngine engine) {
        Awaitility.await().atMost(Sandbox.LIMIT).untilAsserted(() -> {
            Collection<WindowSize> sizes = engine.windowSizes();
            assertThat(sizes).extracting(WindowSize::rule).containsExactlyInAnyOrder("by-origin", "by-distance");
            assertThat(sizes).extracting(WindowSize::keys).containsExactlyInAnyOrder(26L, 10L);
            assertThat(sizes).allSatisfy(size -> assertThat(size.bytes()).isPositive());
        });
    }

    @Test
    void moreKeysThanAreKeptAsObjectsAreCountedRight() {
        try (Sandbox sandbox = Sandbox.with(Map.of("engine.windows.cacheKeys", "2"))) {
            sandbox.start("small");
            sandbox.publish(Counted.RULESET, Counted.RULES);
            Counted.send(sandbox, 0, 600);

            Counted.assertExact(sandbox, 600);
        }
    }
}
