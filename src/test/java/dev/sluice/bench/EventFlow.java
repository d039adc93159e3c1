package dev.sluice.bench;

import dev.sluice.app.EngineParts;
import dev.sluice.config.SluiceConfig;
import dev.sluice.testing.Sandbox;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Sends numbered events at a steady rate until stopped: event n is due at n / rate, and one that is due is given to the
 * producer at once, however far behind the flow is.
 *
 * <p>Threading: sends on a thread of its own; the owner starts, asks and closes.
 */
final class EventFlow implements AutoCloseable {
    private static final long PAUSE_NANOS = 200_000;

    private final Sandbox sandbox;
    private final AlertLedger ledger;
    private final int eventsPerSecond;
    private final String topic;
    private final Serializer<Object> serializer;
    private final Producer<byte[], byte[]> producer;
    private final Thread thread = new Thread(this::run, "bench-events");
    private volatile int next;
    private volatile long startNanos;
    private volatile boolean stopping;

    EventFlow(Sandbox sandbox, AlertLedger ledger, int eventsPerSecond, int lingerMs) {
        SluiceConfig config = sandbox.config("sender");
        this.sandbox = sandbox;
        this.ledger = ledger;
        this.eventsPerSecond = eventsPerSecond;
        this.topic = sandbox.flights().topic().name();
        this.serializer = EngineParts.serde(config).serializer();
        Map<String, Object> settings = new HashMap<>(config.kafka());
        settings.put(ProducerConfig.LINGER_MS_CONFIG, Integer.toString(lingerMs));
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    void start() {
        thread.start();
    }

    /** Number of the next event: how many were sent. */
    int next() {
        return next;
    }

    /** True while what is due and not sent yet is less than a tenth of a second's events. */
    boolean isOnTime() {
        long due = (System.nanoTime() - startNanos) * eventsPerSecond / 1_000_000_000L;
        return due - next < eventsPerSecond / 10;
    }

    /** When an event is to be sent, in {@link System#nanoTime}. */
    long dueNanos(int number) {
        return startNanos + number * 1_000_000_000L / eventsPerSecond;
    }

    private void run() {
        startNanos = System.nanoTime();
        int number = next;
        while (!stopping && number < ledger.capacity()) {
            if (dueNanos(number) > System.nanoTime()) {
                LockSupport.parkNanos(PAUSE_NANOS);
            } else {
                send(number++);
                next = number;
            }
        }
        producer.flush();
    }

    private void send(int number) {
        GenericRecord event = BenchRules.event(sandbox, number);
        byte[] value = serializer.serialize(topic, event);
        byte[] key = event.get("origin").toString().getBytes(StandardCharsets.UTF_8);
        ledger.sent(number, System.nanoTime());
        var unused = producer.send(new ProducerRecord<>(topic, key, value));
    }

    /** Ends the flow when what was sent is on the broker. */
    @Override
    public void close() throws InterruptedException {
        stopping = true;
        thread.join();
        producer.close();
        serializer.close();
    }
}
