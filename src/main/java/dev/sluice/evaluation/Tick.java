package dev.sluice.evaluation;

import dev.sluice.rule.Event;
import dev.sluice.rule.EventType;
import dev.sluice.rule.Timer;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * A moment at which a timer rule fires on an instance.
 *
 * @param timeMs the tick, milliseconds since the epoch
 * @param figures of the pool {@code default}, the only one there is
 */
public record Tick(long timeMs, String instance, PoolFigures figures) implements Event {
    /** In the order of the scope. */
    private static final List<Function<Tick, Object>> VALUES = List.of(
            tick -> Instant.ofEpochMilli(tick.timeMs),
            Tick::instance,
            tick -> tick.figures.active(),
            tick -> tick.figures.queue(),
            tick -> tick.figures.processed());

    @Override
    public EventType type() {
        return Timer.SCOPE;
    }

    @Override
    public Object value(int position) {
        return VALUES.get(position).apply(this);
    }

    /** The tick stands for an event of its time whose key is the instance and that has no place in a topic. */
    public Moment moment() {
        return new Moment.At(timeMs, timeMs, instance, "");
    }
}
