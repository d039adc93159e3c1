package dev.sluice.engine;

import dev.sluice.config.EventTopic;
import dev.sluice.control.Installation;
import dev.sluice.evaluation.Evaluation;
import dev.sluice.evaluation.Evaluator;
import dev.sluice.evaluation.Match;
import dev.sluice.evaluation.RuleFailure;
import dev.sluice.rule.Event;
import dev.sluice.schema.Alert;
import dev.sluice.serde.RegistryException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.errors.TaskMigratedException;
import org.apache.kafka.streams.processor.PunctuationType;
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
    /** How often a task without events reads the current image, so that the status is true of idle threads too. */
    private static final Duration IDLE_READ = Duration.ofMillis(50);

    /** How long a thread waits before it leaves the group; far below {@code max.poll.interval.ms}. */
    private static final Duration WAIT_LIMIT = Duration.ofSeconds(30);

    /** A larger alert would be refused by a broker's defaults, and the event with it, again and again. */
    private static final int MAX_ALERT_BYTES = 900_000;

    private final EventTopic topic;
    private final EventReader reader;
    private final EvaluateParts parts;
    private final Evaluator evaluator = new Evaluator();
    private ProcessorContext<byte[], byte[]> context;
    private Workers.Slot slot;
    private String thread = "";
    private String partition = "";
    private Installation lastRead = Installation.EMPTY;

    @SuppressWarnings("NullAway.Init") // set by init, which Kafka Streams calls first
    EvaluateProcessor(EventTopic topic, EventReader reader, EvaluateParts parts) {
        this.topic = topic;
        this.reader = reader;
        this.parts = parts;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        this.thread = Thread.currentThread().getName();
        this.partition = topic.topic().name() + "-" + context.taskId().partition();
        this.slot = parts.workers().join(thread, DataPlane.MAIN_POOL, partition);
        currentInstallation();
        context.schedule(IDLE_READ, PunctuationType.WALL_CLOCK_TIME, now -> currentInstallation());
    }

    @Override
    public void close() {
        parts.workers().leave(thread, partition);
        parts.registry().left(partition);
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
            setAside(parts.deadLetters().of(source(record), refused.code(), refused.reason()));
        }
        parts.registry().answered(partition);
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
                if (!parts.registry().lost(partition, e) || now - deadline > 0) {
                    throw startOver(e);
                }
            }
        }
    }

    /** Some alerts of the event may be in the transaction already, so a second try must begin with a new one. */
    private void evaluateWhole(Record<byte[], byte[]> record, Event event) {
        try {
            evaluate(record, event);
        } catch (RegistryException e) {
            parts.registry().lost(partition, e);
            throw startOver(e);
        }
    }

    /**
     * Kafka Streams aborts the transaction of the thread and joins the group anew: the events since the last commit come
     * again. Its other way back, a corrupted task, first commits what the thread's other tasks did, in the one transaction
     * that they share, and this task's alerts with it; and in a rebalance it loses the position.
     */
    private TaskMigratedException startOver(RegistryException cause) {
        return new TaskMigratedException("events of " + partition + " wait for the schema registry", cause);
    }

    private void evaluate(Record<byte[], byte[]> record, Event event) {
        Evaluation evaluation = evaluator.evaluate(currentInstallation().indexes(), event);
        if (!evaluation.matches().isEmpty() || !evaluation.failures().isEmpty()) {
            send(evaluation, source(record), event);
        } else {
            parts.workers().evaluated(0, 0);
        }
    }

    private void send(Evaluation evaluation, SourceEvent source, Event event) {
        List<RuleFailure> failures = evaluation.failures();
        for (Match match : evaluation.matches()) {
            Alert alert = Alerts.of(match, source, event);
            String topicNamed = match.rule().emit().topic();
            String target = topicNamed == null ? parts.names().alerts() : topicNamed;
            Headers headers = Alerts.headers(alert);
            byte[] value = parts.serializer().serialize(target, headers, alert);
            if (value.length > MAX_ALERT_BYTES) {
                failures = with(failures, tooLarge(match, value.length));
                continue;
            }
            byte[] key = alert.getKey() == null ? null : alert.getKey().getBytes(StandardCharsets.UTF_8);
            context.forward(new Record<>(key, value, source.timestampMs(), headers), DataPlane.sinkOf(target));
        }
        if (!failures.isEmpty()) {
            setAside(parts.deadLetters().of(source, failures));
        }
        parts.workers().evaluated(evaluation.matches().size(), failures.size());
    }

    private SourceEvent source(Record<byte[], byte[]> record) {
        return new SourceEvent(topic, record, context.recordMetadata().orElseThrow());
    }

    private Installation currentInstallation() {
        Installation now = parts.current().read();
        if (now != lastRead) {
            lastRead = now;
            parts.workers().adopted(slot, now);
        }
        return now;
    }

    private void setAside(Record<byte[], byte[]> letter) {
        context.forward(letter, DataPlane.sinkOf(parts.names().deadLetters()));
        parts.workers().setAside();
    }

    private static RuleFailure tooLarge(Match match, int bytes) {
        return new RuleFailure(
                match.ruleset(),
                match.rule(),
                match.path(),
                "the alert would have " + bytes + " bytes, more than " + MAX_ALERT_BYTES + ": emit fewer fields");
    }

    private static List<RuleFailure> with(List<RuleFailure> failures, RuleFailure more) {
        List<RuleFailure> all = new ArrayList<>(failures);
        all.add(more);
        return all;
    }
}
