package dev.sluice.engine;

import dev.sluice.engine.DeadLetters.Grounds;
import dev.sluice.evaluation.Arms;
import dev.sluice.evaluation.Evaluation;
import dev.sluice.evaluation.Handover;
import dev.sluice.evaluation.LateEvent;
import dev.sluice.evaluation.Match;
import dev.sluice.evaluation.RuleFailure;
import dev.sluice.rule.Windowing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Sends what evaluations gave: matches to the alerts or to the topic that their rule names, events of other tasks' windows to
 * the handovers, what failed to the dead letters. Counts all of it. Confined to the thread of its task.
 */
final class Outbox {
    private static final String LATE = "the event came after all its windows";

    private final ProcessorContext<byte[], byte[]> context;
    private final EvaluateParts parts;
    /** Before the names of the sinks. */
    private final String sinks;

    private final Origin origin;

    private final HandoverCodec codec = new HandoverCodec();
    private final AlertWriter writer;
    private final Tally tally;
    private Arms arms = Arms.NONE;

    private Outbox(ProcessorContext<byte[], byte[]> context, EvaluateParts parts, String sinks, Origin origin) {
        this.tally = parts.workers().tally(Thread.currentThread().getName());
        this.context = context;
        this.parts = parts;
        this.writer = new AlertWriter(parts.names(), parts.serializer());
        this.sinks = sinks;
        this.origin = origin;
    }

    /** Of a task that reads events. */
    static Outbox ofEvents(ProcessorContext<byte[], byte[]> context, EvaluateParts parts, Origin origin) {
        return new Outbox(context, parts, "", origin);
    }

    /** Of a task that reads what was handed over. */
    static Outbox ofHandovers(ProcessorContext<byte[], byte[]> context, EvaluateParts parts) {
        return new Outbox(context, parts, DataTopology.KEYED, Origin.ofHandovers(context::currentSystemTimeMs));
    }

    /** The rules whose evaluations are sent from now on. */
    void use(Arms next) {
        arms = next;
    }

    HandoverCodec codec() {
        return codec;
    }

    void send(Evaluation evaluation, Cause cause) {
        List<RuleFailure> failures = new ArrayList<>(evaluation.failures());
        for (Match match : evaluation.matches()) {
            RuleFailure failure = send(match, cause);
            if (failure != null) {
                failures.add(failure);
            }
        }
        evaluation.handovers().forEach(handover -> send(handover, cause));
        tally.sent(evaluation, failures);
        parts.workers().sent(evaluation.matches().size(), failures.size());
        parts.workers().handedOver(evaluation.handovers().size());
        evaluation
                .late()
                .forEach(late ->
                        parts.workers().late(late.ruleset().name(), late.rule().id()));
        List<RuleFailure> unwanted = evaluation.late().stream()
                .filter(Outbox::isToBeSetAside)
                .map(late -> new RuleFailure(late.ruleset(), late.rule(), late.path(), LATE))
                .toList();
        parts.workers().owed(evaluation.owed().size());
        Grounds grounds = new Grounds(failures, unwanted, evaluation.owed());
        if (!grounds.isEmpty()) {
            setAside(parts.deadLetters().of(cause, grounds));
        }
    }

    /** Sends the alert; gives why it could not, or null. */
    private @Nullable RuleFailure send(Match match, Cause cause) {
        OutgoingAlert alert = writer.write(match, cause, arms.arm(match.ruleset()));
        Optional<String> obstacle = alert.obstacle();
        if (obstacle.isPresent()) {
            return new RuleFailure(match.ruleset(), match.rule(), match.path(), obstacle.get());
        }
        context.forward(alert.record(), sinks + DataTopology.sinkOf(alert.topic()));
        return null;
    }

    private void send(Handover handover, Cause cause) {
        Record<byte[], byte[]> record = new Record<>(
                codec.key(handover),
                codec.value(handover, origin, arms),
                cause.record().timestamp());
        context.forward(record, sinks + DataTopology.TO_HANDOVERS);
    }

    /** Tells all tasks that receive handovers. */
    void send(SourceMark mark) {
        Record<byte[], byte[]> record = new Record<>(null, codec.value(mark), Math.max(0, mark.wallMs()));
        context.forward(record, DataTopology.TO_ALL_KEYED);
        parts.workers().marked();
    }

    void setAside(Record<byte[], byte[]> letter) {
        context.forward(letter, sinks + DataTopology.sinkOf(parts.names().deadLetters()));
        parts.workers().setAside();
    }

    private static boolean isToBeSetAside(LateEvent late) {
        Windowing windowing = late.rule().windowing();
        return windowing != null && windowing.late() == Windowing.Late.DEAD_LETTERED;
    }
}
