package dev.sluice.engine;

import dev.sluice.config.EventTopic;
import dev.sluice.engine.Origin.Handing;
import dev.sluice.evaluation.Arms;
import dev.sluice.evaluation.Evaluation;
import dev.sluice.evaluation.Evaluator;
import dev.sluice.evaluation.Evaluator.ArmedEvent;
import dev.sluice.evaluation.RuleIndexes;
import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.Event;
import dev.sluice.ruleset.Ruleset;
import dev.sluice.serde.RegistryException;
import java.time.Duration;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Evaluates each record of an event topic with the installation that is current as the record comes: one volatile read
 * an event. Matches go to the alerts or to the topic that their rule names, bad events to the dead letters.
 *
 * <p>Threading: one instance a task, confined to the stream thread that has the task.
 */
final class EvaluateProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    /** How long a thread waits before it leaves the group; far below {@code max.poll.interval.ms}. */
    private static final Duration WAIT_LIMIT = Duration.ofSeconds(30);

    private final EventTopic topic;
    private final EventReader reader;
    private final EvaluateParts parts;
    private final TaskWindows.Opener opener;
    private final Evaluator evaluator = new Evaluator(this::met);
    private ProcessorContext<byte[], byte[]> context;
    private WorkerTask task;
    private TaskWindows windows;
    private Outbox outbox;
    private Origin origin;
    private Handing handing = Handing.NOTHING;
    private Arms handingOf = Arms.NONE;
    private WindowClock clock;
    private TimerClock timers;

    @SuppressWarnings("NullAway.Init") // set by init, which Kafka Streams calls first
    EvaluateProcessor(EventTopic topic, EventReader reader, EvaluateParts parts, TaskWindows.Opener opener) {
        this.topic = topic;
        this.reader = reader;
        this.parts = parts;
        this.opener = opener;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        String partition = topic.topic().name() + "-" + context.taskId().partition();
        this.task = new WorkerTask(parts, partition);
        this.windows = opener.open(context);
        this.origin = Origin.ofEvents(
                partition, context::currentSystemTimeMs, parts.windows().idleCloseMs());
        this.outbox = Outbox.ofEvents(context, parts, origin);
        this.clock =
                new WindowClock(windows, evaluator, outbox, task.installation().arms());
        timers = new TimerClock(parts.timers(), evaluator, outbox);
        timers.use(task.installation().arms(), context.currentSystemTimeMs());
        origin.reached(windows.settledMs());
        WorkerTask.scheduleLooks(context, this::passTime);
    }

    @Override
    public void close() {
        windows.close();
        task.close();
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        if (record.value() == null) {
            return; // a tombstone of a compacted event topic is no event
        }
        EventReader.Outcome outcome = read(record);
        if (outcome instanceof EventReader.Read read) {
            evaluateWhole(record, read.event());
        } else if (outcome instanceof EventReader.Refused refused) {
            outbox.setAside(parts.deadLetters().of(source(record), refused.code(), refused.reason()));
        }
        task.answered();
    }

    /** Waits for the registry if it must. A transaction that gets too old meanwhile is fenced, and its events come again. */
    private EventReader.Outcome read(Record<byte[], byte[]> record) {
        long deadline = 0;
        while (true) {
            try {
                return reader.read(record);
            } catch (RegistryException e) {
                long now = System.nanoTime();
                deadline = deadline == 0 ? now + WAIT_LIMIT.toNanos() : deadline;
                if (!parts.registry().lost(task.partition(), e) || now - deadline > 0) {
                    throw task.startOver(e);
                }
            }
        }
    }

    private void evaluateWhole(Record<byte[], byte[]> record, Event event) {
        try {
            evaluate(record, event);
        } catch (RegistryException e) {
            throw task.lost(e);
        }
    }

    private void evaluate(Record<byte[], byte[]> record, Event event) {
        Arms arms = clock.use(task.installation().arms());
        task.evaluated();
        if (arms.hasWindows()) {
            evaluateWithWindows(arms, record, event);
            return;
        }
        RuleIndexes indexes = arms.isSplit() ? arms.of(keyText(record, event)) : arms.stable();
        Tally tally = task.tally();
        long begunNs = tally.begin(indexes);
        Evaluation evaluation = evaluator.evaluate(arms, indexes, event);
        tally.end(begunNs);
        tally.blame(arms, indexes, event);
        if (!evaluation.isNothing()) {
            long eventMs = SourceEvent.timeMs(topic, record, event);
            SourceMoment moment = new SourceMoment(source(record), event, eventMs, eventMs);
            outbox.send(evaluation, new Cause(moment, record));
        }
    }

    /** By which an event belongs to one of two versions. */
    private String keyText(Record<byte[], byte[]> record, Event event) {
        String key = source(record).key(event);
        return key == null ? "" : key;
    }

    private void evaluateWithWindows(Arms arms, Record<byte[], byte[]> record, Event event) {
        long eventMs = SourceEvent.timeMs(topic, record, event);
        long streamMs = windows.advanced(eventMs);
        task.tally().untimed();
        clock.pass(streamMs);
        origin.reached(windows.settledMs());
        origin.fed();
        SourceMoment moment = new SourceMoment(source(record), event, eventMs, streamMs);
        RuleIndexes indexes = arms.of(moment);
        Tally tally = task.tally();
        long begunNs = tally.begin(indexes);
        Evaluation evaluation = evaluator.evaluate(arms, indexes, new ArmedEvent(event, moment, windows));
        tally.end(begunNs);
        tally.blame(arms, indexes, event);
        if (!evaluation.isNothing()) {
            outbox.send(evaluation, new Cause(moment, record));
        }
    }

    private void met(Ruleset ruleset, CompiledRule rule) {
        task.tally().met(ruleset, rule);
    }

    private void passTime(long nowMs) {
        try {
            Arms arms = clock.use(task.installation().arms());
            task.tally().untimed();
            clock.tick();
            task.lookedUp(nowMs);
            timers.use(arms, nowMs);
            timers.tick(nowMs);
            origin.reached(windows.settledMs());
            origin.due(handing(arms)).ifPresent(outbox::send);
        } catch (RegistryException e) {
            throw task.lost(e);
        }
    }

    @SuppressWarnings("ReferenceEquality")
    private Handing handing(Arms arms) {
        if (arms != handingOf) {
            handingOf = arms;
            boolean mayHandOver =
                    arms.all().stream().anyMatch(indexes -> indexes.mayHandOver(topic.eventType(), windows));
            handing = mayHandOver ? Handing.OVER : Handing.NOTHING;
        }
        return handing;
    }

    private SourceEvent source(Record<byte[], byte[]> record) {
        return new SourceEvent(topic, record, context.recordMetadata().orElseThrow());
    }
}
