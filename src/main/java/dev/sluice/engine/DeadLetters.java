package dev.sluice.engine;

import dev.sluice.evaluation.Owed;
import dev.sluice.evaluation.RuleFailure;
import dev.sluice.schema.DeadLetter;
import dev.sluice.schema.DeadLetterCode;
import dev.sluice.schema.RuleFailureRecord;
import dev.sluice.serde.SingleObject;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Dead letters: the event's key and bytes as they came, with its own headers and those that say why and whence. Where the
 * event itself is not at hand, since it was handed over or time passed, there are no bytes.
 *
 * <p>Text headers for people and tools: {@code sluice-code}, {@code sluice-reason}, {@code sluice-source}, and for each
 * rule that failed or was not asked {@code sluice-rule} as RULESET/VERSION/RULE. The header {@code sluice-dead-letter} holds all of it as
 * a {@link DeadLetter} in Avro single-object encoding.
 */
final class DeadLetters {
    private static final int MAX_FAILURES = 100;
    private static final int MAX_REASON_CHARS = 2000;
    private static final String IN_QUARANTINE = "in quarantine";

    private final String instance;

    DeadLetters(String instance) {
        this.instance = instance;
    }

    /** The letter of an event that no rule could be asked about. */
    Record<byte[], byte[]> of(SourceEvent event, DeadLetterCode code, String reason) {
        return letter(event.record(), event.position(), new Finding(code, reason, List.of()));
    }

    /**
     * Why an event that could be read is set aside; the first of these that there is gives the letter its code.
     *
     * @param failed rules that threw
     * @param late rules whose authors want to see events that came too late for them
     * @param owed rules that were not asked, since they are in quarantine
     */
    record Grounds(List<RuleFailure> failed, List<RuleFailure> late, List<Owed> owed) {
        boolean isEmpty() {
            return failed.isEmpty() && late.isEmpty() && owed.isEmpty();
        }

        DeadLetterCode code() {
            if (!failed.isEmpty()) {
                return DeadLetterCode.RULE_FAILED;
            }
            return late.isEmpty() ? DeadLetterCode.QUARANTINED : DeadLetterCode.LATE;
        }

        List<RuleFailure> all() {
            List<RuleFailure> unasked = owed.stream()
                    .map(owed -> new RuleFailure(owed.ruleset(), owed.rule(), owed.path(), IN_QUARANTINE))
                    .toList();
            return Stream.of(failed, late, unasked).flatMap(List::stream).toList();
        }
    }

    /** The letter of an event that not all rules could be asked about. */
    Record<byte[], byte[]> of(Cause cause, Grounds grounds) {
        DeadLetterCode code = grounds.code();
        List<RuleFailure> all = grounds.all();
        RuleFailure first = all.get(0);
        String more = all.size() == 1 ? "" : " (and " + (all.size() - 1) + " more)";
        String what = code == DeadLetterCode.QUARANTINED ? " is " : ": ";
        String reason = "rule " + first.path() + what + first.reason() + more;
        List<RuleFailureRecord> records = all.stream()
                .limit(MAX_FAILURES)
                .map(f -> new RuleFailureRecord(
                        f.ruleset().name(), f.ruleset().version(), f.rule().id(), cut(f.reason())))
                .toList();
        return letter(cause.record(), cause.moment().position(), new Finding(code, reason, records));
    }

    private record Finding(DeadLetterCode code, String reason, List<RuleFailureRecord> failures) {}

    private Record<byte[], byte[]> letter(Record<byte[], byte[]> record, String position, Finding finding) {
        DeadLetter letter = DeadLetter.newBuilder()
                .setCode(finding.code())
                .setReason(cut(finding.reason()))
                .setSource(Alerts.source(position))
                .setTimestamp(Instant.ofEpochMilli(record.timestamp()))
                .setInstance(instance)
                .setFailures(finding.failures())
                .build();
        Headers headers = new RecordHeaders(record.headers());
        Alerts.add(headers, "sluice-code", finding.code().name());
        Alerts.add(headers, "sluice-reason", letter.getReason());
        Alerts.add(headers, "sluice-source", position);
        for (RuleFailureRecord failure : finding.failures()) {
            Alerts.add(
                    headers,
                    "sluice-rule",
                    failure.getRuleset() + "/" + failure.getVersion() + "/" + failure.getRule());
        }
        headers.add("sluice-dead-letter", SingleObject.encode(letter));
        return record.withHeaders(headers);
    }

    private static String cut(String text) {
        return text.length() <= MAX_REASON_CHARS ? text : text.substring(0, MAX_REASON_CHARS) + "...";
    }
}
