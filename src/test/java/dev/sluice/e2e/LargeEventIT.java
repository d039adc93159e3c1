package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.EventSender;
import dev.sluice.config.SluiceConfig;
import dev.sluice.testing.Sandbox;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Events as large as a broker admits by default. */
class LargeEventIT {
    private static final int LARGE = 1_040_000;

    @Test
    void largeEventsAndLargeAlertsBecomeDeadLettersAndTheStreamGoesOn() throws Exception {
        try (Sandbox sandbox = Sandbox.create()) {
            sandbox.start("large");
            sandbox.publish("doubles", """
                    ruleset: doubles
                    rules:
                      - id: doubles
                        from: Flight
                        emit: { type: Doubled, fields: { text: destination + destination } }
                    """);
            sendGarbage(sandbox.config("raw"), sandbox.flights().topic().name());
            try (EventSender sender = sandbox.sender()) {
                GenericRecord large = sandbox.flight(1, 1);
                large.put("destination", "x".repeat(600_000));
                sender.send(large);
                sender.send(sandbox.flight(2, 2));
                sender.flush();
            }
            sandbox.awaitEvaluated();

            assertThat(sandbox.alerts()).hasSize(1);
            List<ConsumerRecord<byte[], byte[]>> letters = deadLetters(sandbox.config("raw"), 2);
            assertThat(letters)
                    .extracting(letter -> new String(
                            letter.headers().lastHeader("sluice-code").value(), StandardCharsets.UTF_8))
                    .containsExactlyInAnyOrder("UNDECODABLE", "RULE_FAILED");
            assertThat(letters).extracting(letter -> letter.value().length).contains(LARGE);
        }
    }

    private static void sendGarbage(SluiceConfig config, String topic) throws Exception {
        byte[] garbage = new byte[LARGE];
        Arrays.fill(garbage, (byte) 'g');
        Map<String, Object> settings = new HashMap<>(config.kafka());
        settings.put("max.request.size", "2000000");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, garbage)).get();
        }
    }

    private static List<ConsumerRecord<byte[], byte[]>> deadLetters(SluiceConfig config, int count) {
        Map<String, Object> settings = new HashMap<>(config.kafka());
        settings.put("group.id", config.application() + "-dead-letters");
        settings.put("auto.offset.reset", "earliest");
        settings.put("isolation.level", "read_committed");
        List<ConsumerRecord<byte[], byte[]>> letters = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(config.topics().names().deadLetters()));
            Awaitility.await().atMost(Sandbox.LIMIT).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(letters::add);
                return letters.size() >= count;
            });
        }
        return letters;
    }
}
