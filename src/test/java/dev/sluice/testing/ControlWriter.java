package dev.sluice.testing;

import dev.sluice.config.SluiceConfig;
import dev.sluice.ruleset.Digest;
import dev.sluice.schema.RulesetVersion;
import dev.sluice.serde.SingleObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes to the control topic as any producer may, without a publisher's care. Every call returns the offset. */
public final class ControlWriter implements AutoCloseable {
    private final String topic;
    private final Producer<byte[], byte[]> producer;

    public ControlWriter(SluiceConfig config) {
        this.topic = config.topics().names().control();
        this.producer = new KafkaProducer<>(
                new HashMap<String, Object>(config.kafka()), new ByteArraySerializer(), new ByteArraySerializer());
    }

    public long version(String name, long version, String source) {
        return version(name, version, source, Digest.of(source));
    }

    public long wrongDigest(String name, long version, String source) {
        return version(name, version, source, Digest.of(source + " "));
    }

    private long version(String name, long version, String source, String digest) {
        return write("ruleset/" + name + "/" + version, encoded(name, version, source, digest));
    }

    /** The value of a version's record. */
    public static byte[] encoded(String name, long version, String source) {
        return encoded(name, version, source, Digest.of(source));
    }

    private static byte[] encoded(String name, long version, String source, String digest) {
        return SingleObject.encode(
                new RulesetVersion(name, version, source, digest, null, "writer", "", Instant.now()));
    }

    public long tombstone(String name, long version) {
        return write("ruleset/" + name + "/" + version, null);
    }

    public long garbage(String key) {
        return write(key, "garbage".getBytes(StandardCharsets.UTF_8));
    }

    public long write(String key, byte @Nullable [] value) {
        try {
            return producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value))
                    .get()
                    .offset();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
