package dev.sluice.engine;

import dev.sluice.engine.HandoverCodec.Arrival;
import dev.sluice.evaluation.Arms;
import dev.sluice.evaluation.Evaluator;
import dev.sluice.evaluation.Handover;
import dev.sluice.serde.RegistryException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Adds events that were handed over to the windows of their key, with the current version of the rule, and sends what comes
 * of it. An event for a rule that is gone is dropped, and counted.
 *
 * <p>Threading: one instance a task, confined to the stream thread that has the task.
 */
final class KeyedProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private final EvaluateParts parts;
    private final TaskWindows.Opener opener;
    private final Evaluator evaluator = new Evaluator();
    private WorkerTask task;
    private TaskWindows windows;
    private Outbox outbox;
    private WindowClock clock;
    private TimerClock timers;

    @SuppressWarnings("NullAway.Init") // set by init, which Kafka Streams calls first
    KeyedProcessor(EvaluateParts parts, TaskWindows.Opener opener) {
        this.parts = parts;
        this.opener = opener;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        task = new WorkerTask(parts, "handovers-" + context.taskId().partition());
        windows = opener.open(context);
        outbox = Outbox.ofHandovers(context, parts);
        clock = new WindowClock(windows, evaluator, outbox, task.installation().arms());
        timers = new TimerClock(parts.timers(), evaluator, outbox);
        timers.use(task.installation().arms(), context.currentSystemTimeMs());
        WorkerTask.scheduleLooks(context, this::passTime);
    }

    @Override
    public void close() {
        windows.close();
        task.close();
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        try {
            evaluate(record);
        } catch (RegistryException e) {
            throw task.lost(e);
        }
        task.answered();
    }

    private void evaluate(Record<byte[], byte[]> record) {
        Arms arms = clock.use(task.installation().arms());
        task.tally().untimed();
        if (HandoverCodec.isMark(record.value())) {
            clock.pass(windows.heard(HandoverCodec.mark(record.value())));
            return;
        }
        task.evaluatedHandover();
        Arrival arrival = outbox.codec().read(record.key(), record.value(), new HandoverCodec.Receiving(arms, windows));
        long streamMs = windows.heard(arrival.mark());
        clock.pass(streamMs);
        Handover handover = arrival.handover();
        if (handover == null) {
            parts.workers().handoverDropped();
        } else {
            Record<byte[], byte[]> bare =
                    new Record<>(record.key(), null, record.timestamp(), new RecordHeaders(record.headers()));
            outbox.send(
                    evaluator.received(arms, handover, streamMs, windows),
                    new Cause(handover.way().moment(), bare));
        }
    }

    private void passTime(long nowMs) {
        try {
            Arms arms = clock.use(task.installation().arms());
            task.tally().untimed();
            clock.tick();
            task.lookedUp(nowMs);
            timers.use(arms, nowMs);
            timers.tick(nowMs);
        } catch (RegistryException e) {
            throw task.lost(e);
        }
    }
}
