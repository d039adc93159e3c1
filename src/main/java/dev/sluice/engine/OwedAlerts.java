package dev.sluice.engine;

import dev.sluice.config.EventTopic;
import dev.sluice.config.TopicsConfig;
import dev.sluice.evaluation.Arm;
import dev.sluice.evaluation.Arms;
import dev.sluice.evaluation.Evaluation;
import dev.sluice.evaluation.Evaluator;
import dev.sluice.evaluation.Evaluator.ArmedEvent;
import dev.sluice.evaluation.GroupKey;
import dev.sluice.evaluation.Match;
import dev.sluice.evaluation.Owed;
import dev.sluice.evaluation.RuleFailure;
import dev.sluice.evaluation.Windows;
import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.Event;
import dev.sluice.ruleset.Ruleset;
import dev.sluice.schema.SourcePosition;
import dev.sluice.window.KeyState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Makes the alerts that dead letters owe of one rule, as the version at hand makes them of the event: those of the rule, and
 * of the rules behind it. Windows are neither read nor changed.
 *
 * <p>Threading: confined to one thread.
 */
public final class OwedAlerts {
    /** No task has the windows: what meets them would be handed over, and is not. */
    private static final Windows NOWHERE = new Windows() {
        @Override
        public boolean isHome(CompiledRule rule) {
            return false;
        }

        @Override
        public KeyState of(Ruleset ruleset, CompiledRule rule, GroupKey key) {
            throw new IllegalStateException("windows of rule " + rule.id() + " are not at hand");
        }
    };

    private final Map<String, EventTopic> topics = new HashMap<>();
    private final Map<String, EventReader> readers = new HashMap<>();
    private final DataPlane.Serdes serdes;
    private final AlertWriter writer;
    private final Arms arms;
    private final RuleWay way;
    private final Evaluator evaluator = new Evaluator();

    /**
     * What one letter gives.
     *
     * @param failure why a rule still has no answer; empty when all have
     * @param obstacle why the letter cannot be replayed at all; empty when it can
     * @param untold how many windowed rules behind the rule do not learn of the event
     */
    public record Answer(List<OutgoingAlert> alerts, String failure, String obstacle, int untold) {
        public Answer {
            alerts = List.copyOf(alerts);
        }

        static Answer impossible(String why) {
            return new Answer(List.of(), "", why, 0);
        }
    }

    /** @param arms with the version that is evaluated, alone */
    public OwedAlerts(TopicsConfig config, DataPlane.Serdes serdes, Arms arms, RuleWay way) {
        config.events().forEach(topic -> topics.put(topic.topic().name(), topic));
        this.serdes = serdes;
        this.writer = new AlertWriter(config.names(), serdes.serializer());
        this.arms = arms;
        this.way = way;
    }

    /**
     * The alerts that a letter owes, whether they are there already or not.
     *
     * @throws dev.sluice.serde.RegistryException when a schema is not known and no registry answers
     */
    public Answer of(Letter letter) {
        ConsumerRecord<byte[], byte[]> from = letter.record();
        if (from.value() == null) {
            return Answer.impossible("the letter has no event: it was handed over to windows, or time passed");
        }
        SourcePosition position = Alerts.source(letter.position());
        EventTopic topic = topics.get(position.getTopic());
        if (topic == null) {
            return Answer.impossible("topics.yaml declares no event topic " + position.getTopic());
        }
        Record<byte[], byte[]> record =
                new Record<>(from.key(), from.value(), Math.max(0, from.timestamp()), from.headers());
        EventReader.Outcome outcome = reader(topic).read(record);
        return outcome instanceof EventReader.Read read
                ? of(read.event(), new SourceEvent(topic, record, Place.of(position)))
                : Answer.impossible("the event cannot be read: " + ((EventReader.Refused) outcome).reason());
    }

    private EventReader reader(EventTopic topic) {
        return readers.computeIfAbsent(
                topic.topic().name(),
                name -> new EventReader(topic, serdes.deserializers().apply(topic)));
    }

    private Answer of(Event event, SourceEvent source) {
        long eventMs = SourceEvent.timeMs(source.topic(), source.record(), event);
        SourceMoment moment = new SourceMoment(source, event, eventMs, eventMs);
        Evaluation evaluation = evaluator.evaluate(arms, arms.stable(), new ArmedEvent(event, moment, NOWHERE));
        List<OutgoingAlert> alerts = new ArrayList<>();
        List<String> failures = failures(evaluation);
        for (Match match : evaluation.matches()) {
            if (way.isThrough(match.path())) {
                OutgoingAlert alert = writer.write(match, new Cause(moment, source.record()), Arm.STABLE);
                Optional<String> obstacle = alert.obstacle();
                obstacle.ifPresent(why -> failures.add("rule " + match.path() + ": " + why));
                if (obstacle.isEmpty()) {
                    alerts.add(alert);
                }
            }
        }
        long untold = evaluation.handovers().stream()
                .filter(handover -> way.isThrough(handover.way().path()))
                .count();
        return new Answer(alerts, failures.isEmpty() ? "" : failures.get(0), "", (int) untold);
    }

    private List<String> failures(Evaluation evaluation) {
        List<String> failures = new ArrayList<>();
        for (RuleFailure failure : evaluation.failures()) {
            if (way.concerns(failure.rule(), failure.path())) {
                failures.add("rule " + failure.path() + ": " + failure.reason());
            }
        }
        for (Owed owed : evaluation.owed()) {
            if (way.concerns(owed.rule(), owed.path())) {
                failures.add("rule " + owed.path() + " is in quarantine");
            }
        }
        return failures;
    }

    /** Where an event stood as it was set aside. */
    private record Place(String topic, int partition, long offset) implements RecordMetadata {
        static Place of(SourcePosition position) {
            return new Place(position.getTopic(), position.getPartition(), position.getOffset());
        }
    }
}
