package dev.sluice.engine;

import dev.sluice.evaluation.Arms;
import dev.sluice.evaluation.Due;
import dev.sluice.evaluation.Evaluation;
import dev.sluice.evaluation.Evaluator;
import dev.sluice.evaluation.Moment;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.streams.processor.api.Record;

/**
 * What the passing of stream time makes of the windows of one task: windows end, silences last. It happens right before
 * the event that moves the time is evaluated, so that it depends on the events and not on the clock. Confined to the thread of its task.
 */
final class WindowClock {
    private final TaskWindows windows;
    private final Evaluator evaluator;
    private final Outbox outbox;
    private Arms arms;

    /** @param arms the rules until {@link #use} */
    WindowClock(TaskWindows windows, Evaluator evaluator, Outbox outbox, Arms arms) {
        this.windows = windows;
        this.evaluator = evaluator;
        this.outbox = outbox;
        this.arms = arms;
        windows.use(arms);
        outbox.use(arms);
    }

    /** The rules from now on. */
    @SuppressWarnings("ReferenceEquality")
    Arms use(Arms next) {
        if (next != arms) {
            arms = next;
            windows.use(next);
            outbox.use(next);
        }
        return next;
    }

    /** Evaluates what is due at the given stream time. */
    void pass(long streamMs) {
        windows.forEachDue(streamMs, due -> {
            Evaluation evaluation = evaluator.passed(arms, due, streamMs, windows);
            if (!evaluation.isNothing()) {
                outbox.send(evaluation, cause(due, streamMs));
            }
        });
    }

    /** From time to time, whether events come or not: the topic may be idle, or the last call may have left something. */
    void tick() {
        pass(windows.streamMs());
        windows.tick();
    }

    private static Cause cause(Due due, long streamMs) {
        Moment newest = due.newest(streamMs);
        byte[] key = due.key().text().getBytes(StandardCharsets.UTF_8);
        return new Cause(newest, new Record<>(key, null, Math.max(0, newest.eventMs())));
    }
}
