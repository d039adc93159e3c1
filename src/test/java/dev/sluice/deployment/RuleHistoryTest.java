package dev.sluice.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RuleHistoryTest {
    private static final Instant START = Instant.parse("2026-12-01T12:00:00Z");

    private final RuleHistory history = new RuleHistory(new HealthHistory(START));

    private void report(String instance, long errors) {
        history.report(instance, Map.of(2L, Map.of("late", new RuleFailures(errors, 0))));
    }

    private long since(long seconds) {
        return history.failuresSince(START.plusSeconds(seconds), 2, "late").errors();
    }

    @Test
    void sumsUpTheInstancesByVersionAndRule() {
        report("a/1", 100);
        report("b/1", 0);
        report("a/1", 103);
        report("b/1", 4);
        history.mark(START.plusSeconds(1));
        report("b/1", 9);

        assertThat(since(0)).isEqualTo(12);
        assertThat(since(1)).isEqualTo(5);
        assertThat(history.failing(2)).containsExactly("late");
        assertThat(history.failing(1)).isEmpty();
        assertThat(history.failuresSince(START, 1, "late")).isEqualTo(RuleFailures.NONE);
    }

    @Test
    void theFirstFailureOfARuleOnAKnownInstanceCounts() {
        history.report("a/1", Map.of(2L, Map.of()));
        report("a/1", 1);

        assertThat(since(0)).isEqualTo(1);
    }

    @Test
    void aRuleThatIsNotListedForAWhileIsNotCountedTwice() {
        report("a/1", 0);
        report("a/1", 50);
        history.report("a/1", Map.of(2L, Map.of("other", new RuleFailures(1_000, 0))));
        report("a/1", 51);

        assertThat(since(0)).isEqualTo(51);
    }

    @Test
    void aVersionThatIsForgottenAndServesAgainBeginsAnew() {
        report("a/1", 0);
        report("a/1", 50);
        history.report("a/1", Map.of(3L, Map.of()));
        report("a/1", 2);

        assertThat(since(0)).isEqualTo(52);
    }

    @Test
    void whatARuleDidBeforeItsChangeCountsNoMore() {
        report("a/1", 0);
        report("a/1", 50);
        history.mark(START.plusSeconds(1));
        report("a/1", 60);
        history.changed("late", START.plusSeconds(5));
        report("a/1", 63);

        assertThat(since(0)).isEqualTo(3);
        assertThat(since(5)).isEqualTo(3);
        history.mark(START.plusSeconds(6));
        assertThat(since(6)).isZero();
    }
}
