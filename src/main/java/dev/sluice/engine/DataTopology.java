package dev.sluice.engine;

import dev.sluice.config.EventTopic;
import dev.sluice.config.TopicSpec;
import dev.sluice.config.TopicsConfig;
import dev.sluice.rule.CompiledRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.internals.InternalTopicProperties;

/**
 * The topology of the data plane: a source, an evaluation with its windows and sinks for every event topic, and behind one
 * topic of handovers the evaluation of windows whose key is not the event's. It is the same whatever the rules are, so that
 * they can change while it runs.
 */
final class DataTopology extends Topology {
    /** Name of the sink for events that other tasks must look at. */
    static final String TO_HANDOVERS = "hand-over";
    /** Name of the sink for what every task behind the handovers must know. */
    static final String TO_ALL_KEYED = "mark";
    /** Before the names of the sinks behind the handovers: a sink of both would make one task of the two. */
    static final String KEYED = "keyed-";

    private static final String HANDOVERS = "handovers";
    static final String HANDOVER_TOPIC = "handovers-repartition";
    private static final String KEYED_PROCESSOR = "keyed";
    private static final String KEYED_STORE = "windows-by-key";

    private final EvaluateParts parts;

    /** @param deserializers a new value deserializer for a task that reads the given event topic */
    DataTopology(TopicsConfig topics, Function<EventTopic, Deserializer<?>> deserializers, EvaluateParts parts) {
        this.parts = parts;
        List<String> targets =
                new ArrayList<>(List.of(parts.names().alerts(), parts.names().deadLetters()));
        topics.outputs().stream().map(TopicSpec::name).forEach(targets::add);
        String[] evaluators = topics.events().stream()
                .map(event -> evaluator(event.topic().name()))
                .toArray(String[]::new);
        topics.events().forEach(event -> addEvents(event, deserializers));
        if (evaluators.length > 0) {
            targets.forEach(target -> addOutput(sinkOf(target), target, evaluators));
            addHandovers(evaluators);
            targets.forEach(target -> addOutput(KEYED + sinkOf(target), target, KEYED_PROCESSOR));
        }
    }

    private void addEvents(EventTopic event, Function<EventTopic, Deserializer<?>> deserializers) {
        String topic = event.topic().name();
        String store = "windows-of-" + topic;
        addSource("events-" + topic, new ByteArrayDeserializer(), new ByteArrayDeserializer(), topic);
        addProcessor(
                evaluator(topic),
                () -> new EvaluateProcessor(
                        event,
                        new EventReader(event, deserializers.apply(event)),
                        parts,
                        opener(store, StoredWindows.homeOf(event))),
                "events-" + topic);
        addStateStore(new WindowStores(store, parts.windows().store()), evaluator(topic));
    }

    private void addHandovers(String[] evaluators) {
        // As many partitions as the widest event topic has. Kafka Streams creates the topic and deletes what is read.
        internalTopologyBuilder.addInternalTopic(HANDOVER_TOPIC, InternalTopicProperties.empty());
        addOutput(TO_HANDOVERS, HANDOVER_TOPIC, evaluators);
        addSink(
                TO_ALL_KEYED,
                HANDOVER_TOPIC,
                new ByteArraySerializer(),
                new ByteArraySerializer(),
                (topic, key, value, partitions) -> Optional.of(all(partitions)),
                evaluators);
        addSource(HANDOVERS, new ByteArrayDeserializer(), new ByteArrayDeserializer(), HANDOVER_TOPIC);
        addProcessor(
                KEYED_PROCESSOR,
                () -> new KeyedProcessor(parts, opener(KEYED_STORE, StoredWindows.NONE_AT_HOME)),
                HANDOVERS);
        addStateStore(new WindowStores(KEYED_STORE, parts.windows().store()), KEYED_PROCESSOR);
        // A rule behind a rule may have yet another key.
        addOutput(KEYED + TO_HANDOVERS, HANDOVER_TOPIC, KEYED_PROCESSOR);
    }

    private static Set<Integer> all(int partitions) {
        return IntStream.range(0, partitions).boxed().collect(Collectors.toSet());
    }

    private void addOutput(String sink, String topic, String... parents) {
        addSink(sink, topic, new ByteArraySerializer(), new ByteArraySerializer(), parents);
    }

    private TaskWindows.Opener opener(String store, Predicate<CompiledRule> home) {
        return context -> open(context, store, home);
    }

    private TaskWindows open(ProcessorContext<byte[], byte[]> context, String store, Predicate<CompiledRule> home) {
        WindowStore opened = context.getStateStore(store);
        String task = store + "-" + context.taskId();
        return new StoredWindows(
                opened,
                home,
                parts.windows(),
                new StoredWindows.Surroundings(
                        context::currentSystemTimeMs, sizes -> parts.figures().told(task, sizes)));
    }

    private static String evaluator(String topic) {
        return "evaluate-" + topic;
    }

    static String sinkOf(String topic) {
        return "to-" + topic;
    }
}
