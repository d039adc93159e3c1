package dev.sluice.engine;

import dev.sluice.evaluation.PoolFigures;
import dev.sluice.evaluation.TimedRule;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The ticks of the timer rules of this instance: each is claimed by one task. Lives as long as the instance, so that a rule
 * ticks on through rebalances, a client built anew, and versions that leave it as it is.
 *
 * <p>Threading: stream threads; a claim is one atomic step.
 */
final class Timers {
    /** A tick that no task came to see for so long is missed. */
    static final long LATE_MAX_MS = 10_000;

    private final String instance;
    private final PoolGauge gauge;
    private final ConcurrentMap<Name, Claim> claims = new ConcurrentHashMap<>();

    private record Name(String ruleset, String rule) {
        static Name of(TimedRule rule) {
            return new Name(rule.ruleset(), rule.id());
        }
    }

    /** @param tickMs the newest tick that is done with: claimed, missed, or before the rule came */
    private record Claim(long everyMs, long tickMs) {}

    /** @param instance id of this instance */
    Timers(String instance, PoolGauge gauge) {
        this.instance = instance;
        this.gauge = gauge;
    }

    String instance() {
        return instance;
    }

    PoolFigures figures(long nowMs) {
        return gauge.read(nowMs);
    }

    /** The rules from now on. Those that are new, or go at another pace, begin with the first tick after {@code nowMs}. */
    void use(List<TimedRule> rules, long nowMs) {
        Set<Name> names = new HashSet<>();
        for (TimedRule rule : rules) {
            names.add(Name.of(rule));
            begin(rule, nowMs);
        }
        claims.keySet().retainAll(names);
    }

    /** The newest tick of the rule, if it is due and this caller is the one to do it. Of older ones none is made up. */
    OptionalLong claim(TimedRule rule, long nowMs) {
        long everyMs = rule.timer().everyMs();
        long tickMs = rule.timer().tickAt(nowMs);
        Claim last = claims.get(Name.of(rule));
        if (last == null || last.everyMs() != everyMs) {
            begin(rule, nowMs);
            return OptionalLong.empty();
        }
        boolean mine = tickMs > last.tickMs() && claims.replace(Name.of(rule), last, new Claim(everyMs, tickMs));
        return mine && nowMs - tickMs <= LATE_MAX_MS ? OptionalLong.of(tickMs) : OptionalLong.empty();
    }

    private void begin(TimedRule rule, long nowMs) {
        long everyMs = rule.timer().everyMs();
        Claim first = new Claim(everyMs, rule.timer().tickAt(nowMs));
        claims.compute(Name.of(rule), (name, last) -> {
            if (last == null) {
                return first;
            }
            return last.everyMs() == everyMs ? last : new Claim(everyMs, Math.max(first.tickMs(), last.tickMs()));
        });
    }
}
