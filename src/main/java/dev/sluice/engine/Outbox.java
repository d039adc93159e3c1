package dev.sluice.engine;

import dev.sluice.evaluation.Arms;
import dev.sluice.evaluation.Evaluation;
import dev.sluice.evaluation.Handover;
import dev.sluice.evaluation.LateEvent;
import dev.sluice.evaluation.Match;
import dev.sluice.evaluation.RuleFailure;
import dev.sluice.rule.Windowing;
import dev.sluice.schema.Alert;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Sends what evaluations gave: matches to the alerts or to the topic that their rule names, events of other tasks' windows to
 * the handovers, what failed to the dead letters. Counts all of it. Confined to the thread of its task.
 */
final class Outbox {
    /** A larger alert would be refused by a broker's defaults, and the event with it, again and again. */
    private static final int MAX_ALERT_BYTES = 900_000;

    private static final String LATE = "the event came after all its windows";

    private final ProcessorContext<byte[], byte[]> context;
    private final EvaluateParts parts;
    /** Before the names of the sinks. */
    private final String sinks;

    private final Origin origin;

    private final HandoverCodec codec = new HandoverCodec();
    private final Tally tally;
    private Arms arms = Arms.NONE;

    private Outbox(ProcessorContext<byte[], byte[]> context, EvaluateParts parts, String sinks, Origin origin) {
        this.tally = parts.workers().tally(Thread.currentThread().getName());
        this.context = context;
        this.parts = parts;
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
        if (!failures.isEmpty() || !unwanted.isEmpty()) {
            setAside(parts.deadLetters().of(cause, failures, unwanted));
        }
    }

    /** Sends the alert; gives why it could not, or null. */
    private @Nullable RuleFailure send(Match match, Cause cause) {
        Alert alert = Alerts.of(match, cause.moment(), arms.arm(match.ruleset()));
        String topicNamed = match.rule().emit().topic();
        String target = topicNamed == null ? parts.names().alerts() : topicNamed;
        Headers headers = Alerts.headers(alert);
        byte[] value = parts.serializer().serialize(target, headers, alert);
        if (value.length > MAX_ALERT_BYTES) {
            return tooLarge(match, value.length);
        }
        byte[] key = alert.getKey() == null ? null : alert.getKey().getBytes(StandardCharsets.UTF_8);
        boolean isOfEvent = match.occasion().moment() == null;
        long timestampMs = isOfEvent
                ? cause.record().timestamp()
                : Math.max(0, match.moment(cause.moment()).eventMs());
        context.forward(new Record<>(key, value, timestampMs, headers), sinks + DataTopology.sinkOf(target));
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

    private static RuleFailure tooLarge(Match match, int bytes) {
        return new RuleFailure(
                match.ruleset(),
                match.rule(),
                match.path(),
                "the alert would have " + bytes + " bytes, more than " + MAX_ALERT_BYTES + ": emit fewer fields");
    }
}
