package dev.sluice.bench;

import dev.sluice.app.EngineParts;
import dev.sluice.config.SluiceConfig;
import dev.sluice.schema.Alert;
import dev.sluice.schema.SourcePosition;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.function.Predicate;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** What one would write for one fixed rule: a Kafka Streams application with one filter, alerts like Sluice's. */
final class HandWrittenApplication implements AutoCloseable {
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

    private final KafkaStreams client;

    /** The one rule, with its constants: {@link RuleMix#MIX}'s shape. */
    record Filter(PaymentRule rule) implements Predicate<GenericRecord> {
        @Override
        public boolean test(GenericRecord payment) {
            return (double) payment.get("amount") > rule.above()
                    && rule.countries().contains(payment.get("country").toString())
                    && payment.get("merchant").toString().startsWith(rule.prefix());
        }
    }

    HandWrittenApplication(SluiceConfig config, Path stateFolder, PaymentRule rule) {
        client = new KafkaStreams(topology(config, new Filter(rule)), settings(config, stateFolder));
    }

    void start() {
        client.start();
    }

    private static Topology topology(SluiceConfig config, Filter filter) {
        Serde<Object> values = EngineParts.serde(config);
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(
                        config.topics().events().get(0).topic().name(),
                        Consumed.<byte[], Object>with(Serdes.ByteArray(), values))
                .filter((key, payment) -> filter.test((GenericRecord) payment))
                .process(ToAlert::new)
                .to(config.topics().names().alerts(), Produced.with(Serdes.ByteArray(), values));
        return builder.build();
    }

    /** The same as the engine's own, where they bear on speed. */
    static Properties settings(SluiceConfig config, Path stateFolder) {
        Properties settings = new Properties();
        settings.putAll(config.kafka());
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, config.application());
        settings.put(StreamsConfig.STATE_DIR_CONFIG, stateFolder.toString());
        settings.put(
                StreamsConfig.NUM_STREAM_THREADS_CONFIG,
                Integer.toString(config.engine().workers()));
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, "100");
        settings.put(StreamsConfig.POLL_MS_CONFIG, "20");
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        settings.putAll(config.engine().streams());
        return settings;
    }

    private static final class ToAlert extends ContextualProcessor<byte[], Object, byte[], Object> {
        @Override
        public void process(Record<byte[], Object> record) {
            GenericRecord payment = (GenericRecord) record.value();
            RecordMetadata position = context().recordMetadata().orElseThrow();
            String source = position.topic() + "-" + position.partition() + "-" + position.offset();
            Alert alert = alert(payment, position, source);
            Headers headers = new RecordHeaders();
            Map.of("ruleset", "payments", "version", "1", "rule", "r0", "arm", "stable", "source", source)
                    .forEach((name, value) -> headers.add("sluice-" + name, value.getBytes(StandardCharsets.UTF_8)));
            context()
                    .forward(new Record<>(
                            alert.getKey().getBytes(StandardCharsets.UTF_8), alert, record.timestamp(), headers));
        }

        private static Alert alert(GenericRecord payment, RecordMetadata position, String source) {
            Map<String, Object> fields = new HashMap<>();
            fields.put("n", payment.get("number"));
            return Alert.newBuilder()
                    .setId(source + "/payments/r0")
                    .setType("Hit")
                    .setRuleset("payments")
                    .setVersion(1)
                    .setRule("r0")
                    .setArm("stable")
                    .setKey(payment.get("account").toString())
                    .setEventTime(Instant.ofEpochMilli((Long) payment.get("paid_at")))
                    .setWindow(null)
                    .setFields(fields)
                    .setSource(SourcePosition.newBuilder()
                            .setTopic(position.topic())
                            .setPartition(position.partition())
                            .setOffset(position.offset())
                            .build())
                    .build();
        }
    }

    @Override
    public void close() {
        client.close(CLOSE_LIMIT);
    }
}
