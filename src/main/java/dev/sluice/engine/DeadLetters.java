package dev.sluice.engine;

import dev.sluice.evaluation.RuleFailure;
import dev.sluice.schema.DeadLetter;
import dev.sluice.schema.DeadLetterCode;
import dev.sluice.schema.RuleFailureRecord;
import dev.sluice.schema.SourcePosition;
import dev.sluice.serde.SingleObject;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Dead letters: the event's key and bytes as they came, with its own headers and those that say why and whence.
 *
 * <p>Text headers for people and tools: {@code sluice-code}, {@code sluice-reason}, {@code sluice-source}, and for each
 * rule that failed {@code sluice-rule} as RULESET/VERSION/RULE. The header {@code sluice-dead-letter} holds all of it as
 * a {@link DeadLetter} in Avro single-object encoding.
 */
final class DeadLetters {
    private static final int MAX_FAILURES = 100;
    private static final int MAX_REASON_CHARS = 2000;

    private final String instance;

    DeadLetters(String instance) {
        this.instance = instance;
    }

    /** The letter of an event that no rule could be asked about. */
    Record<byte[], byte[]> of(SourceEvent event, DeadLetterCode code, String reason) {
        return letter(event, code, reason, List.of());
    }

    /** The letter of an event on which {@code failures} rules failed. */
    Record<byte[], byte[]> of(SourceEvent event, List<RuleFailure> failures) {
        RuleFailure first = failures.get(0);
        String more = failures.size() == 1 ? "" : " (and " + (failures.size() - 1) + " more)";
        String reason = "rule " + first.path() + ": " + first.reason() + more;
        List<RuleFailureRecord> records = failures.stream()
                .limit(MAX_FAILURES)
                .map(f -> new RuleFailureRecord(
                        f.ruleset().name(), f.ruleset().version(), f.rule().id(), cut(f.reason())))
                .toList();
        return letter(event, DeadLetterCode.RULE_FAILED, reason, records);
    }

    private Record<byte[], byte[]> letter(
            SourceEvent event, DeadLetterCode code, String reason, List<RuleFailureRecord> failures) {
        DeadLetter letter = DeadLetter.newBuilder()
                .setCode(code)
                .setReason(cut(reason))
                .setSource(SourcePosition.newBuilder()
                        .setTopic(event.position().topic())
                        .setPartition(event.position().partition())
                        .setOffset(event.position().offset())
                        .build())
                .setTimestamp(Instant.ofEpochMilli(event.timestampMs()))
                .setInstance(instance)
                .setFailures(failures)
                .build();
        Headers headers = new RecordHeaders(event.headers());
        Alerts.add(headers, "sluice-code", code.name());
        Alerts.add(headers, "sluice-reason", letter.getReason());
        Alerts.add(headers, "sluice-source", event.positionText());
        for (RuleFailureRecord failure : failures) {
            Alerts.add(
                    headers,
                    "sluice-rule",
                    failure.getRuleset() + "/" + failure.getVersion() + "/" + failure.getRule());
        }
        headers.add("sluice-dead-letter", SingleObject.encode(letter));
        return event.record().withHeaders(headers);
    }

    private static String cut(String text) {
        return text.length() <= MAX_REASON_CHARS ? text : text.substring(0, MAX_REASON_CHARS) + "...";
    }
}
