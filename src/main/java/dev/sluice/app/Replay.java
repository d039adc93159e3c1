package dev.sluice.app;

import dev.sluice.config.SluiceConfig;
import dev.sluice.engine.Letter;
import dev.sluice.engine.OutgoingAlert;
import dev.sluice.engine.OwedAlerts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Makes up for alerts that a rule owes since it failed or was in quarantine: its dead letters are evaluated once more, with
 * the version that serves now, and the alerts that are not there yet are sent. Alerts have the same id whoever makes them, so
 * nothing is sent twice, whatever was replayed before.
 *
 * <p>Threading: confined to one thread.
 */
public final class Replay {
    private final SluiceConfig config;
    private final Request request;
    private final ReplayRule rule;
    private final OwedAlerts owed;
    private final Count count = new Count();

    /**
     * What is to be replayed.
     *
     * @param since only letters of events from then on, by the time of their records; null: all
     */
    public record Request(
            String ruleset, String rule, @Nullable Instant since) {}

    /** What came of it. */
    public sealed interface Outcome {}

    /**
     * Nothing was done.
     *
     * @param code stable, for scripts
     */
    public record Refused(String code, String text) implements Outcome {}

    /**
     * All letters were looked at.
     *
     * @param version that evaluated
     * @param letters that name the rule
     * @param sent alerts that were sent, or would be
     * @param present alerts that were there already
     * @param unmatched letters of which the version makes no alert and no rule fails
     * @param failing letters on which a rule still fails
     * @param impossible letters that cannot be replayed
     * @param untold letters of which windowed rules behind the rule do not learn
     */
    public record Done(
            long version,
            long letters,
            long sent,
            long present,
            long unmatched,
            Some failing,
            Some impossible,
            long untold)
            implements Outcome {}

    /**
     * Letters of one kind.
     *
     * @param first reason; empty when there are none
     */
    public record Some(long count, String first) {}

    private Replay(SluiceConfig config, Request request, ReplayRule rule) {
        this.config = config;
        this.request = request;
        this.rule = rule;
        this.owed = rule.owedAlerts(config);
    }

    /**
     * Sends the alerts that are owed.
     *
     * @throws dev.sluice.topics.ClusterUnreachableException when no broker answers
     */
    public static Outcome run(SluiceConfig config, Request request) {
        Cluster.checkReachable(config);
        try (ReplaySender sender = new ReplaySender(config, request.ruleset())) {
            Outcome outcome = run(config, request, sender::send);
            sender.finish();
            return outcome;
        }
    }

    /** Tells what {@link #run} would do, and does nothing. */
    public static Outcome preview(SluiceConfig config, Request request) {
        Cluster.checkReachable(config);
        return run(config, request, alert -> {});
    }

    private static Outcome run(SluiceConfig config, Request request, Consumer<OutgoingAlert> sink) {
        ReplayRule.Finding finding = ReplayRule.find(config, request.ruleset(), request.rule());
        return finding.rule() == null
                ? new Refused(finding.code(), finding.text())
                : new Replay(config, request, finding.rule()).send(sink);
    }

    private Outcome send(Consumer<OutgoingAlert> sink) {
        Set<String> positions = new HashSet<>();
        forEachLetter(letter -> positions.add(letter.position()));
        Set<String> known = positions.isEmpty() ? Set.of() : alertsOf(positions);
        Set<String> there = new HashSet<>(known);
        if (!positions.isEmpty()) {
            forEachLetter(letter -> count.add(owed.of(letter), there, sink));
        }
        return count.done(rule.version());
    }

    private void forEachLetter(Consumer<Letter> visitor) {
        TopicScan.read(config, config.topics().names().deadLetters(), record -> {
            if (isAsked(record)) {
                Letter.read(record)
                        .filter(letter -> letter.isOf(request.ruleset(), request.rule()))
                        .ifPresent(visitor);
            }
        });
    }

    private boolean isAsked(ConsumerRecord<byte[], byte[]> record) {
        return request.since() == null || record.timestamp() >= request.since().toEpochMilli();
    }

    /** Ids of the ruleset's committed alerts of these events, each with its topic. */
    private Set<String> alertsOf(Set<String> positions) {
        AlertStamps stamps = new AlertStamps(request.ruleset(), null, null);
        Deserializer<?> deserializer = EngineParts.serde(config).deserializer();
        Set<String> ids = new HashSet<>();
        for (String topic : rule.topics(config)) {
            TopicScan.read(config, topic, record -> {
                boolean isOne = stamps.areOn(record.headers())
                        && AlertStamps.source(record.headers())
                                .filter(positions::contains)
                                .isPresent();
                if (isOne
                        && deserializer.deserialize(topic, record.headers(), record.value())
                                instanceof IndexedRecord alert) {
                    ids.add(Count.place(topic, id(alert)));
                }
            });
        }
        return ids;
    }

    private static String id(IndexedRecord alert) {
        return String.valueOf(alert.get(alert.getSchema().getField("id").pos()));
    }

    /** What the letters give, added up. */
    private static final class Count {
        private long letters;
        private long sent;
        private long present;
        private long unmatched;
        private long untold;
        private final List<String> failing = new ArrayList<>();
        private final List<String> impossible = new ArrayList<>();
        private long failingLetters;
        private long impossibleLetters;

        static String place(String topic, String id) {
            return topic + " " + id;
        }

        void add(OwedAlerts.Answer answer, Set<String> there, Consumer<OutgoingAlert> sink) {
            letters++;
            untold += answer.untold() > 0 ? 1 : 0;
            for (OutgoingAlert alert : answer.alerts()) {
                if (there.add(place(alert.topic(), alert.id()))) {
                    sink.accept(alert);
                    sent++;
                } else {
                    present++;
                }
            }
            if (!answer.obstacle().isEmpty()) {
                impossibleLetters++;
                keepFirst(impossible, answer.obstacle());
            } else if (!answer.failure().isEmpty()) {
                failingLetters++;
                keepFirst(failing, answer.failure());
            } else if (answer.alerts().isEmpty()) {
                unmatched++;
            }
        }

        private static void keepFirst(List<String> reasons, String reason) {
            if (reasons.isEmpty()) {
                reasons.add(reason);
            }
        }

        Done done(long version) {
            return new Done(
                    version,
                    letters,
                    sent,
                    present,
                    unmatched,
                    some(failingLetters, failing),
                    some(impossibleLetters, impossible),
                    untold);
        }

        private static Some some(long letters, List<String> reasons) {
            return new Some(letters, reasons.isEmpty() ? "" : reasons.get(0));
        }
    }
}
