package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deployment.Activation;
import dev.sluice.deployment.DeploymentSpec;
import dev.sluice.deployment.HealthPolicy;
import dev.sluice.deployment.Strategy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class StrategyTextTest {

    @Test
    void aCanaryTellsWhenEachStageComes() {
        assertThat(StrategyText.lines(Rollouts.CANARY))
                .containsExactly(
                        "strategy canary",
                        "  every instance prepared within 30 s",
                        "    5 % of the keys at once",
                        "   25 % of the keys after 30 s at the earliest",
                        "  100 % of the keys after 1 min at the earliest",
                        "  rolled back when over 1 % of the evaluations fail, or they take over 10 ms on average,"
                                + " watched for 5 min more");
    }

    @Test
    void aCanaryByHandTellsWhoMovesIt() {
        assertThat(StrategyText.lines(Rollouts.canary(Strategy.Advance.MANUAL)))
                .contains("   25 % of the keys after 30 s, by 'sluice advance'");
    }

    @Test
    void anAbTestTellsItsShareAndWhoDecides() {
        DeploymentSpec spec = new DeploymentSpec(
                new Strategy.AbTest(0.7, Duration.ofHours(2), Strategy.Winner.LATENCY),
                new Activation(80),
                Duration.ofSeconds(5),
                Duration.ofMinutes(10),
                Duration.ZERO,
                HealthPolicy.DEVELOPMENT);

        assertThat(StrategyText.lines(spec))
                .containsExactly(
                        "strategy ab_test",
                        "  80 % of the instances prepared within 5 s",
                        "  its windows are fed for 10 min before its first key",
                        "  30 % of the keys for 2 h",
                        "  then the better one by latency gets all keys",
                        "  paused when over 10 % of the evaluations fail, or they take over 50 ms on average");
    }

    @Test
    void theFirstVersionGetsAllKeysWhateverTheStrategy() {
        assertThat(StrategyText.linesOfFirst(Rollouts.CANARY))
                .startsWith("strategy canary; the first version gets all keys at once")
                .contains("  all keys at once")
                .noneMatch(line -> line.contains("25 %"));
    }
}
