package dev.sluice.rule.compile;

import dev.sluice.rule.Timer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What rules that go by the clock set off. Windows go by the time of events, which may be years before: one event of now
 * would end them all. So no windowed rule can be behind a timer.
 */
final class ClockChains {
    private ClockChains() {}

    /**
     * The windowed rules that are set off by the clock.
     *
     * @param rules each after those whose emit type it reads
     */
    static <R extends Chained> List<R> windowed(List<R> rules) {
        Set<String> timed = new HashSet<>(Set.of(Timer.SCOPE.name()));
        List<R> found = new ArrayList<>();
        for (R rule : rules) {
            if (!timed.contains(rule.reads())) {
                continue;
            }
            if (rule.isWindowed()) {
                found.add(rule);
            } else {
                timed.add(rule.emits());
            }
        }
        return found;
    }
}
