package dev.sluice.app;

import dev.sluice.config.EventTopic;
import dev.sluice.config.SluiceConfig;
import dev.sluice.config.TopicNames;
import dev.sluice.control.Commands;
import dev.sluice.control.ControlPlane;
import dev.sluice.control.CurrentImage;
import dev.sluice.control.RulesetPublisher;
import dev.sluice.control.StatusReporter;
import dev.sluice.engine.DataPlane;
import dev.sluice.rule.compile.RuleCompiler;
import dev.sluice.schema.InstanceStatus;
import dev.sluice.serde.AvroDeserializer;
import dev.sluice.serde.AvroSerde;
import dev.sluice.settings.SettingsInForce;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.StreamsConfig;

/** Makes the parts of an engine, and of the commands that talk to engines, from a configuration. */
public final class EngineParts {
    private static final String VALUE_SERDE = "value.serde";
    private static final long GONE_AFTER_MS = 45_000;
    private static final String SPECIFIC_READER = "specific.avro.reader";

    private EngineParts() {}

    /** The configured value serde, for generic records. @throws KafkaException when its class is none */
    public static Serde<Object> serde(SluiceConfig config) {
        return configured(config, Map.of());
    }

    /** A publisher to the control topic. */
    public static RulesetPublisher publisher(SluiceConfig config, Clock clock) {
        return new RulesetPublisher(
                config.topics().names().control(), config.kafka(), controlDeserializer(config), clock);
    }

    static RuleCompiler compiler(SluiceConfig config) {
        return new RuleCompiler(Catalog.of(config.topics()));
    }

    static ControlPlane control(
            SluiceConfig config,
            StateFolder folder,
            CurrentImage current,
            ControlPlane.Listener listener,
            Clock clock) {
        TopicNames names = config.topics().names();
        return new ControlPlane(
                new ControlPlane.Source(
                        new ControlPlane.Topics(names.control(), names.commands(), names.status(), names.audit()),
                        EngineSettings.control(config, folder.path()),
                        () -> controlDeserializer(config),
                        () -> compiler(config)),
                new ControlPlane.Limits(
                        Duration.ofMillis(config.engine().windows().keepStateOfPreviousMs()),
                        goneAfter(config),
                        settings(config)),
                current,
                listener,
                clock);
    }

    /** Not before others have taken over its partitions. */
    private static Duration goneAfter(SluiceConfig config) {
        Object session = EngineSettings.data(config, config.engine().stateDir())
                .get(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG));
        long sessionMs = session == null ? 0 : Long.parseLong(session.toString().strip());
        return Duration.ofMillis(Math.max(GONE_AFTER_MS, sessionMs));
    }

    /** What holds by this configuration where the fleet's settings say nothing. */
    public static SettingsInForce settings(SluiceConfig config) {
        SettingsInForce byDefault = SettingsInForce.DEFAULT;
        return new SettingsInForce(
                config.engine().evaluationBudgetUs(),
                config.engine().deployments().versionsKept(),
                byDefault.splits(),
                byDefault.budget(),
                new SettingsInForce.Pace(
                        config.engine().heartbeatMs(),
                        byDefault.pace().figuresMs(),
                        byDefault.pace().timedEvaluations()));
    }

    /** Commands to the decider, and its answers. */
    public static Commands commands(SluiceConfig config, Clock clock) {
        TopicNames names = config.topics().names();
        return new Commands(new Commands.Topics(names.commands(), names.audit()), config.kafka(), clock);
    }

    /** @param surroundings what the plane tells and reads */
    static DataPlane data(SluiceConfig config, StateFolder folder, DataPlane.Surroundings surroundings) {
        return DataPlane.of(
                config.topics(),
                serdes(config),
                new DataPlane.Settings(
                        EngineSettings.data(config, folder.path()),
                        config.engine().windows()),
                surroundings);
    }

    static StatusReporter reporter(SluiceConfig config, String instance, Supplier<InstanceStatus> status) {
        Map<String, Object> settings = new HashMap<>(config.kafka());
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, instance + "-status");
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, "2000");
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "3000");
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "5000");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, "0");
        return new StatusReporter(
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer()),
                config.topics().names().status(),
                instance,
                status);
    }

    static DataPlane.Serdes serdes(SluiceConfig config) {
        return new DataPlane.Serdes(eventDeserializers(config), serde(config).serializer());
    }

    private static Deserializer<?> controlDeserializer(SluiceConfig config) {
        return configured(config, Map.of(SPECIFIC_READER, "true")).deserializer();
    }

    /** Our own is shared by the tasks, so that a schema that one has read is known to all; others get one a task. */
    private static Function<EventTopic, Deserializer<?>> eventDeserializers(SluiceConfig config) {
        if (!AvroSerde.class.getName().equals(serdeClass(config))) {
            return event -> serde(config).deserializer();
        }
        Map<String, Schema> readers = new HashMap<>();
        config.topics().events().forEach(event -> readers.put(event.topic().name(), event.schema()));
        AvroDeserializer shared = AvroDeserializer.withReaderSchemas(topic -> Optional.ofNullable(readers.get(topic)));
        shared.configure(config.serde(), false);
        return event -> shared;
    }

    private static String serdeClass(SluiceConfig config) {
        return config.serde().getOrDefault(VALUE_SERDE, AvroSerde.class.getName());
    }

    @SuppressWarnings("unchecked") // a serde of any Avro value; a class of another kind fails at its first record
    private static Serde<Object> configured(SluiceConfig config, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(config.serde());
        settings.putAll(more);
        Serde<Object> serde;
        try {
            serde = (Serde<Object>) Utils.newInstance(serdeClass(config), Serde.class);
        } catch (ClassNotFoundException e) {
            throw new KafkaException(
                    "value.serde names the class " + serdeClass(config) + ", which is not on the class path");
        }
        serde.configure(settings, false);
        return serde;
    }
}
