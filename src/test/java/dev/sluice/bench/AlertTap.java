package dev.sluice.bench;

import dev.sluice.app.EngineParts;
import dev.sluice.config.SluiceConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Receives committed alerts as they come and enters them in the ledger.
 *
 * <p>Threading: receives on a thread of its own; the owner starts and closes.
 */
final class AlertTap implements AutoCloseable {
    private final AlertLedger ledger;
    private final String topic;
    private final Consumer<byte[], byte[]> consumer;
    private final Deserializer<Object> deserializer;
    private final Thread thread = new Thread(this::run, "bench-alerts");
    private volatile boolean stopping;

    AlertTap(SluiceConfig config, AlertLedger ledger) {
        this.ledger = ledger;
        this.topic = config.topics().names().alerts();
        Map<String, Object> settings = new HashMap<>(config.kafka());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "10000");
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.deserializer = EngineParts.serde(config).deserializer();
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(p -> new TopicPartition(p.topic(), p.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    void start() {
        thread.start();
    }

    private void run() {
        // Told to stop, it goes on until nothing more comes.
        boolean received = true;
        while (!stopping || received) {
            var records = consumer.poll(Duration.ofMillis(stopping ? 2000 : 100));
            long now = System.nanoTime();
            records.forEach(record -> enter(record, now));
            received = !records.isEmpty();
        }
    }

    private void enter(ConsumerRecord<byte[], byte[]> record, long receivedNanos) {
        GenericRecord alert = (GenericRecord) deserializer.deserialize(topic, record.headers(), record.value());
        long number = (Long) ((Map<?, ?>) alert.get("fields")).get("number");
        long version = Long.parseLong(header(record, "sluice-version"));
        ledger.received((int) number, header(record, "sluice-rule"), version, receivedNanos);
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    /** Returns when all committed alerts are received. */
    @Override
    public void close() throws InterruptedException {
        stopping = true;
        thread.join();
        consumer.close();
    }
}
