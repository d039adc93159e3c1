package dev.sluice.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.config.EventTopic;
import dev.sluice.config.TopicSpec;
import dev.sluice.serde.AvroDeserializer;
import dev.sluice.serde.RegistryException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class EventReaderTest {
    private static final Schema SCHEMA =
            SchemaBuilder.record("Flight").fields().requiredString("origin").endRecord();
    private static final EventTopic TOPIC =
            new EventTopic("Flight", new TopicSpec("flights", 1, (short) -1, Map.of()), SCHEMA, null, null);

    @AfterEach
    void clearTheInterrupt() {
        Thread.interrupted();
    }

    @Test
    void aRegistryThatRefusesTheCredentialsIsNoFaultOfTheEvent() throws Exception {
        HttpServer registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        registry.createContext("/", exchange -> {
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
        });
        registry.start();
        try {
            String url = "http://127.0.0.1:" + registry.getAddress().getPort();
            AvroDeserializer deserializer = new AvroDeserializer();
            deserializer.configure(Map.of("schema.registry.url", url, "max.retries", "0"), false);
            EventReader reader = new EventReader(TOPIC, deserializer);
            assertThatThrownBy(() -> reader.read(event(new byte[] {0, 0, 0, 0, 1, 0})))
                    .isInstanceOf(RegistryException.class);
        } finally {
            registry.stop(0);
        }
    }

    @Test
    void anInterruptWhileReadingIsNoFaultOfTheEvent() {
        Deserializer<Object> interrupted = (topic, bytes) -> {
            throw new InterruptException("interrupted while asking the schema registry");
        };
        EventReader reader = new EventReader(TOPIC, interrupted);
        assertThatThrownBy(() -> reader.read(event(new byte[6]))).isInstanceOf(InterruptException.class);
    }

    @Test
    void whatAForeignSerdeThrowsIsAFaultOfTheEvent() {
        Deserializer<Object> foreign = (topic, bytes) -> {
            throw new IllegalArgumentException("odd bytes");
        };
        assertThat(new EventReader(TOPIC, foreign).read(event(new byte[6]))).isInstanceOf(EventReader.Refused.class);
    }

    @Test
    void aReasonIsTheSameOnceTheCodeIsHot() {
        // The JVM throws its own exceptions without a message from compiled code.
        assertThat(reason(new ArrayIndexOutOfBoundsException(5)))
                .isEqualTo(reason(new ArrayIndexOutOfBoundsException()))
                .isEqualTo("the bytes do not fit");
        assertThat(reason(new IllegalStateException("no more bytes"))).isEqualTo("the bytes do not fit: no more bytes");
    }

    private static String reason(Exception cause) {
        Deserializer<Object> deserializer = (topic, bytes) -> {
            throw new SerializationException("the bytes do not fit", cause);
        };
        EventReader.Outcome outcome = new EventReader(TOPIC, deserializer).read(event(new byte[6]));
        return ((EventReader.Refused) outcome).reason();
    }

    private static Record<byte[], byte[]> event(byte[] value) {
        return new Record<>(new byte[0], value, 0);
    }
}
