package dev.sluice.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Time passes as the test says: by steps of work, and by rests. */
final class YieldingPaceTest {
    private static final long STEP = 10_000;

    /** Begins below zero and passes it, as the clock of a process may. */
    private long now = -Duration.ofMillis(60).toNanos();

    private final List<Long> rests = new ArrayList<>();
    private final YieldingPace pace = new YieldingPace(() -> now, nanos -> {
        rests.add(nanos);
        now += nanos;
    });

    private void work(Duration time) {
        work(time, STEP);
    }

    private void work(Duration time, long step) {
        for (long done = 0; done < time.toNanos(); done += step) {
            now += step;
            pace.step();
        }
    }

    @Test
    void aShortCompilationDoesNotRest() {
        work(YieldingPace.AT_FIRST.minusMillis(1));

        assertThat(rests).isEmpty();
    }

    @Test
    void oneOfAFewRulesDoesNotRestHoweverLongTheyTake() {
        long step = Duration.ofMillis(3).toNanos();

        work(Duration.ofNanos(step * (YieldingPace.STEPS_AT_FIRST - 1)), step);

        assertThat(rests).isEmpty();
    }

    @Test
    void aLongOneRestsTwiceAsLongAsItWorks() {
        work(YieldingPace.AT_FIRST);
        rests.clear();

        work(YieldingPace.WORK.multipliedBy(100));

        assertThat(rests).hasSize(100).containsOnly(YieldingPace.REST.toNanos());
        assertThat(YieldingPace.REST).isEqualTo(YieldingPace.WORK.multipliedBy(2));
    }

    @Test
    void timeThatItWaitedForAProcessorIsAsGoodAsWork() {
        work(YieldingPace.AT_FIRST);
        rests.clear();

        now += YieldingPace.WORK.multipliedBy(5).toNanos();
        pace.step();

        assertThat(rests).hasSize(1);
    }
}
