package dev.sluice.control;

import dev.sluice.ruleset.Digest;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Appends the next version of a ruleset to the control topic.
 *
 * <p>The number is the last one plus one, so reading the last and writing the next must not be torn apart by another
 * publisher. Kafka's transactions do that: publishers of one ruleset share a transactional id, each fences those that
 * began before it, and reads the topic after that; the fenced one is told.
 *
 * <p>Threading: confined to one thread a call.
 */
public final class RulesetPublisher {
    private static final int REQUEST_BYTES_MAX = 64 << 20;
    private static final Duration READ_LIMIT = Duration.ofSeconds(30);

    /** What came of a publication. */
    public sealed interface Outcome {}

    /** The version stands on the control topic. */
    public record Published(PublishedVersion version, long offset) implements Outcome {}

    /** The last accepted version has the same text: nothing was written. */
    public record Unchanged(PublishedVersion last) implements Outcome {}

    /**
     * Nothing was written.
     *
     * @param code stable, for scripts
     */
    public record Rejected(String code, String text) implements Outcome {}

    /**
     * What to publish.
     *
     * @param base the version that the author started from; when it is no longer the last one, publishing is refused
     * @param strategy how to deploy it: what a rule file has under {@code deployment:}, as YAML or JSON; null: as its file says
     */
    public record Request(
            String name,
            String source,
            String author,
            String reason,
            OptionalLong base,
            @Nullable String strategy) {
        /** One that is deployed as its file says. */
        public Request(String name, String source, String author, String reason, OptionalLong base) {
            this(name, source, author, reason, base, null);
        }
    }

    private final String topic;
    private final Map<String, String> kafka;
    private final Deserializer<?> valueDeserializer;
    private final Clock clock;

    /**
     * A publisher to one control topic.
     *
     * @param kafka client settings: {@code bootstrap.servers}, security
     */
    public RulesetPublisher(String topic, Map<String, String> kafka, Deserializer<?> valueDeserializer, Clock clock) {
        this.topic = topic;
        this.kafka = Map.copyOf(kafka);
        this.valueDeserializer = valueDeserializer;
        this.clock = clock;
    }

    /** Writes the next version, if nothing stands against it. @throws KafkaException when the cluster does not answer */
    public Outcome publish(Request request) {
        try (Producer<String, byte[]> producer = producer(request.name())) {
            producer.initTransactions();
            return publishFenced(request, producer);
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            return concurrent(request.name());
        }
    }

    private Outcome publishFenced(Request request, Producer<String, byte[]> producer) {
        RulesetImage standing = readImage().rulesets().getOrDefault(request.name(), RulesetImage.empty());
        List<RulesetImage.Accepted> accepted = standing.accepted();
        if (request.base().isPresent() && request.base().getAsLong() != standing.highestVersion()) {
            return new Rejected(
                    "base-changed",
                    "the last version of " + request.name() + " is " + standing.highestVersion() + ", not "
                            + request.base().getAsLong() + ": look at what changed and publish again");
        }
        if (!accepted.isEmpty()) {
            PublishedVersion last = accepted.get(accepted.size() - 1).published();
            if (last.source().equals(request.source())) {
                return new Unchanged(last);
            }
        }
        PublishedVersion next = new PublishedVersion(
                request.name(),
                standing.highestVersion() + 1,
                request.source(),
                Digest.of(request.source()),
                request.strategy(),
                request.author(),
                request.reason(),
                clock.instant());
        return write(next, producer);
    }

    private Outcome write(PublishedVersion next, Producer<String, byte[]> producer) {
        String key = new ControlKey.OfVersion(next.name(), next.version()).text();
        byte[] value = ControlCodec.encode(next);
        producer.beginTransaction();
        try {
            long offset =
                    producer.send(new ProducerRecord<>(topic, key, value)).get().offset();
            producer.commitTransaction();
            return new Published(next, offset);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ProducerFencedException
                    || e.getCause() instanceof InvalidProducerEpochException) {
                return concurrent(next.name());
            }
            if (e.getCause() instanceof RecordTooLargeException) {
                producer.abortTransaction();
                return tooLarge(next.name(), value.length);
            }
            throw new KafkaException("the version was not written", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while publishing", e);
        }
    }

    private static Rejected concurrent(String name) {
        return new Rejected(
                "concurrent-publication",
                "another publisher wrote a version of " + name
                        + " at the same time and won: look at its version and publish again");
    }

    private Rejected tooLarge(String name, int bytes) {
        return new Rejected(
                "too-large",
                "the rule file of " + name + " makes a record of " + bytes + " bytes, more than max.message.bytes of"
                        + " topic " + topic + " admits: raise it, or split the rules into several rulesets");
    }

    /** The image of all committed control records. */
    public ControlImage readImage() {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        // The last fetch only passes the commit marker: it should not wait for records.
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "10");
        ControlCodec codec = new ControlCodec(topic, valueDeserializer);
        TopicPartition partition = new TopicPartition(topic, 0);
        ControlImage image = ControlImage.EMPTY;
        try (Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = endOffset(partition);
            long deadline = clock.millis() + READ_LIMIT.toMillis();
            while (consumer.position(partition, READ_LIMIT) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    image = image.apply(codec.decode(record.key(), record.value(), record.headers()), record.offset());
                }
                if (clock.millis() > deadline) {
                    throw new org.apache.kafka.common.errors.TimeoutException(
                            "topic " + topic + " was not read to its end within " + READ_LIMIT.toSeconds() + " s");
                }
            }
        }
        return image;
    }

    /**
     * The end of the topic, open transactions included. A committed version may stand behind the open transaction of
     * another ruleset's publisher; who does not wait for its end reads an old last version.
     */
    private long endOffset(TopicPartition partition) {
        try (Admin admin = Admin.create(new HashMap<String, Object>(kafka))) {
            return admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                    .partitionResult(partition)
                    .get(READ_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                    .offset();
        } catch (ExecutionException e) {
            throw new KafkaException("the end of topic " + topic + " is not known", e.getCause());
        } catch (TimeoutException e) {
            throw new org.apache.kafka.common.errors.TimeoutException("the end of topic " + topic + " is not known", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while reading topic " + topic, e);
        }
    }

    private Producer<String, byte[]> producer(String name) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, topic + "-publish-" + name);
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, "10000");
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, "15000");
        // The control topic's max.message.bytes is the limit that counts.
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(REQUEST_BYTES_MAX));
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }
}
