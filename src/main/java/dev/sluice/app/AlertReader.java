package dev.sluice.app;

import dev.sluice.config.SluiceConfig;
import dev.sluice.topics.TopicsException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads committed alerts of one topic, without a consumer group.
 *
 * <p>Threading: confined to one thread.
 */
public final class AlertReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AlertReader.class);
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final Duration POLL = Duration.ofMillis(100);

    /** One committed alert and where it stands. */
    public record Entry(TopicPartition partition, long offset, long timestampMs, IndexedRecord alert) {}

    /** How long alerts are counted. */
    private static final Duration TALLY_LIMIT = Duration.ofSeconds(60);

    /**
     * How many there are.
     *
     * @param first of them, decoded
     * @param isComplete whether the present end was reached
     */
    public record Tally(long count, List<Entry> first, boolean isComplete) {
        public Tally {
            first = List.copyOf(first);
        }
    }

    private final Map<String, String> kafka;
    private final AlertStamps stamps;
    private final Consumer<byte[], byte[]> consumer;
    private final Deserializer<?> deserializer;
    private final List<TopicPartition> partitions;

    /** Stands at the beginning of {@code topic}. @throws TopicsException when there is none */
    public AlertReader(SluiceConfig config, String topic) {
        this(config, topic, AlertStamps.ANY);
    }

    /** The same for those with the stamps. */
    public AlertReader(SluiceConfig config, String topic, AlertStamps stamps) {
        this.kafka = config.kafka();
        this.stamps = stamps;
        Map<String, Object> settings = new HashMap<>(config.kafka());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "50");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.deserializer = EngineParts.serde(config).deserializer();
        this.partitions = consumer.partitionsFor(topic, LIMIT).stream()
                .map(p -> new TopicPartition(p.topic(), p.partition()))
                .toList();
        if (partitions.isEmpty()) {
            consumer.close();
            throw new TopicsException("there is no topic " + topic + "; see 'sluice topics diff'");
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Goes to {@code count} records before the end of each partition. */
    public void seekBeforeEnd(long count) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, LIMIT);
        consumer.beginningOffsets(partitions, LIMIT)
                .forEach((partition, begin) ->
                        consumer.seek(partition, Math.max(begin, ends.getOrDefault(partition, begin) - count)));
    }

    /** All alerts from here to the present end, in the order of their event's time. */
    public List<Entry> toEnd() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, LIMIT);
        List<Entry> entries = new ArrayList<>();
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (isBefore(ends) && System.nanoTime() < deadline) {
            List<Entry> some = poll(Duration.ofMillis(200));
            if (!some.isEmpty()) {
                deadline = System.nanoTime() + LIMIT.toNanos();
            }
            entries.addAll(some);
        }
        entries.sort(Comparator.comparingLong(Entry::timestampMs));
        return entries;
    }

    /**
     * Counts from here on, open transactions included: waits for their outcome, and until none of the alerts has come for
     * {@code quiet}. An engine sends an alert at the latest when it commits the event, so it may still hold back some.
     *
     * @param shown how many are decoded at most
     * @param quiet at least an engine's commit interval
     */
    public Tally tally(int shown, Duration quiet) {
        long begunNs = System.nanoTime();
        long lastNs = begunNs;
        List<Entry> first = new ArrayList<>();
        long count = 0;
        try (Consumer<byte[], byte[]> asker = uncommitted()) {
            while (true) {
                long askedNs = System.nanoTime();
                Map<TopicPartition, Long> ends = asker.endOffsets(partitions, LIMIT);
                do {
                    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                        if (stamps.areOn(record.headers())) {
                            count++;
                            lastNs = System.nanoTime();
                            if (first.size() < shown) {
                                decode(record).ifPresent(first::add);
                            }
                        }
                    }
                    if (System.nanoTime() - begunNs > TALLY_LIMIT.toNanos()) {
                        return new Tally(count, first, false);
                    }
                } while (isBefore(ends));
                if (askedNs - lastNs > quiet.toNanos()) {
                    return new Tally(count, first, true);
                }
            }
        }
    }

    private Consumer<byte[], byte[]> uncommitted() {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private boolean isBefore(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
    }

    /** The next alerts, waiting at most {@code wait} for one. */
    public List<Entry> poll(Duration wait) {
        List<Entry> entries = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait)) {
            if (stamps.areOn(record.headers())) {
                decode(record).ifPresent(entries::add);
            }
        }
        return entries;
    }

    private Optional<Entry> decode(ConsumerRecord<byte[], byte[]> record) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        try {
            Object value = deserializer.deserialize(record.topic(), record.headers(), record.value());
            return value instanceof IndexedRecord alert
                    ? Optional.of(new Entry(partition, record.offset(), record.timestamp(), alert))
                    : Optional.empty();
        } catch (SerializationException e) {
            LOG.atWarn()
                    .addKeyValue("partition", partition)
                    .addKeyValue("offset", record.offset())
                    .log("not an alert: {}", e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
