package dev.sluice.engine;

import dev.sluice.evaluation.Arms;
import dev.sluice.evaluation.Evaluation;
import dev.sluice.evaluation.Evaluator;
import dev.sluice.evaluation.PoolFigures;
import dev.sluice.evaluation.Tick;
import dev.sluice.evaluation.TimedRule;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * One task's look at the clock: does the ticks of timer rules that it is the first of its instance to claim. Confined to the
 * thread of its task.
 */
final class TimerClock {
    private final Timers timers;
    private final Evaluator evaluator;
    private final Outbox outbox;
    private Arms arms = Arms.NONE;
    private List<TimedRule> rules = List.of();
    /** Before then nothing can be due. */
    private long nextMs = Long.MAX_VALUE;

    TimerClock(Timers timers, Evaluator evaluator, Outbox outbox) {
        this.timers = timers;
        this.evaluator = evaluator;
        this.outbox = outbox;
    }

    /** The rules from now on. */
    @SuppressWarnings("ReferenceEquality")
    void use(Arms next, long nowMs) {
        if (next != arms) {
            List<TimedRule> before = rules;
            arms = next;
            rules = next.ofClock().timers();
            if (!before.isEmpty() || !rules.isEmpty()) {
                timers.use(rules, nowMs);
                nextMs = Long.MIN_VALUE;
            }
        }
    }

    /** @param nowMs wall clock, milliseconds since the epoch */
    void tick(long nowMs) {
        if (nowMs < nextMs) {
            return;
        }
        long next = Long.MAX_VALUE;
        PoolFigures figures = null;
        for (TimedRule rule : rules) {
            OptionalLong tickMs = timers.claim(rule, nowMs);
            if (tickMs.isPresent()) {
                figures = figures(rule, figures, nowMs);
                fire(
                        rule,
                        new Tick(tickMs.getAsLong(), timers.instance(), figures == null ? PoolFigures.NONE : figures));
            }
            next = Math.min(next, rule.timer().tickAt(nowMs) + rule.timer().everyMs());
        }
        nextMs = next;
    }

    /** Reads them once a look, and only for a rule that needs them. */
    private @Nullable PoolFigures figures(TimedRule rule, @Nullable PoolFigures known, long nowMs) {
        return known != null || rule.timer().figures().isEmpty() ? known : timers.figures(nowMs);
    }

    private void fire(TimedRule rule, Tick tick) {
        Evaluation evaluation = evaluator.ticked(arms, rule, tick);
        if (!evaluation.isNothing()) {
            byte[] key = tick.instance().getBytes(StandardCharsets.UTF_8);
            outbox.send(evaluation, new Cause(tick.moment(), new Record<>(key, null, Math.max(0, tick.timeMs()))));
        }
    }
}
