package dev.sluice.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.sluice.config.EventTopic;
import dev.sluice.config.TopicSpec;
import dev.sluice.event.EncodedEvent;
import dev.sluice.rule.Event;
import dev.sluice.serde.AvroDeserializer;
import dev.sluice.serde.AvroSerializer;
import dev.sluice.serde.InProcessRegistry;
import dev.sluice.testing.AvroData;
import dev.sluice.testing.AvroSchemas;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Events that stay in their bytes against records decoded whole by Avro: random schemas on both sides, random records, random
 * damage; fields asked for in random order, some of them not at all.
 */
final class EventReaderSimulationTest {
    private static final String SCOPE = "event-reader-simulation";
    private static final Map<String, String> REGISTRY = Map.of("schema.registry.url", "mock://" + SCOPE);
    private static final int PAIRS = 3_000;
    private static final int RECORDS = 5;
    private static final int DAMAGES = 6;
    private static final long MOST_BYTES_ALLOCATED = 32L << 20;

    private final ThreadMXBean allocation = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final long seed = Long.getLong("sluice.test.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final AvroSchemas schemas = new AvroSchemas(random);
    private final AvroData data = new AvroData(random);
    private final AvroSerializer serializer = new AvroSerializer();
    private int events;
    private int refusals;
    private int decodedWhole;
    private int readable;

    /** Two readers of one topic: by the bytes, and by whole decoding, as a foreign serde would. */
    private record Readers(EventReader encoded, EventReader whole) {}

    /** Hides that it is our own. */
    private record Foreign(AvroDeserializer ours) implements Deserializer<Object> {
        @Override
        public @Nullable Object deserialize(String topic, byte[] payload) {
            return ours.deserialize(topic, payload);
        }
    }

    @AfterEach
    void forget() {
        InProcessRegistry.forget(SCOPE);
    }

    @Test
    void readsFromTheBytesWhatWholeDecodingReads() {
        System.out.println("EventReaderSimulationTest: -Dsluice.test.seed=" + seed);
        serializer.configure(REGISTRY, false);
        int pairs = 0;
        while (pairs < PAIRS) {
            Optional<Schema[]> pair = parsed(schemas.pair());
            if (pair.isPresent()) {
                pairs++;
                compare(pair.get()[0], pair.get()[1]);
            }
        }
        System.out.println("events " + events + ", refusals " + refusals + ", decoded whole " + decodedWhole
                + ", undamaged read " + readable);
        assertThat(events).isGreaterThan(PAIRS * RECORDS);
        assertThat(refusals).isGreaterThan(PAIRS * RECORDS);
        // What the walk refuses and Avro reads: damage in skipped fields, into which Avro does not look.
        assertThat(decodedWhole).isLessThan(events / 50);
    }

    private void compare(Schema writer, Schema reader) {
        Readers readers = readers(reader);
        for (int i = 0; i < RECORDS; i++) {
            byte[] message = Objects.requireNonNull(serializer.serialize("events", data.of(writer)));
            EventReader.Outcome outcome = agreed(readers, message, writer + " -> " + reader);
            if (outcome instanceof EventReader.Read read) {
                readable++;
                assertThat(read.event()).isInstanceOf(EncodedEvent.class);
            }
            for (int j = 0; j < DAMAGES; j++) {
                byte[] damaged = damage(message);
                agreed(readers, damaged, "seed " + seed + ", " + writer + " -> " + reader);
            }
        }
    }

    private EventReader.Outcome agreed(Readers readers, byte[] message, String story) {
        EventReader.Outcome encoded = read(readers.encoded(), message, story);
        EventReader.Outcome whole = read(readers.whole(), message, story);
        if (encoded instanceof EventReader.Read read && whole instanceof EventReader.Read expected) {
            events++;
            decodedWhole += read.event() instanceof EncodedEvent ? 0 : 1;
            long before = allocation.getCurrentThreadAllocatedBytes();
            compareFields(read.event(), expected.event(), story);
            assertModest(before, story);
        } else {
            refusals++;
            assertThat(encoded).as(story).isEqualTo(whole);
        }
        return encoded;
    }

    /** However a message is damaged, reading it takes no more memory than this. */
    private EventReader.Outcome read(EventReader reader, byte[] message, String story) {
        long before = allocation.getCurrentThreadAllocatedBytes();
        EventReader.Outcome outcome = reader.read(new Record<>(new byte[0], message, 0));
        assertModest(before, story);
        return outcome;
    }

    private void assertModest(long before, String story) {
        assertThat(allocation.getCurrentThreadAllocatedBytes() - before)
                .as(story)
                .isLessThan(MOST_BYTES_ALLOCATED);
    }

    private void compareFields(Event event, Event expected, String story) {
        List<Integer> positions = new ArrayList<>(
                IntStream.range(0, expected.type().fields().size()).boxed().toList());
        Collections.shuffle(positions, random);
        for (int position : positions.subList(0, random.nextInt(positions.size() + 1))) {
            Object value = expected.value(position);
            String field = story + ", field " + position;
            if (random.nextBoolean()) {
                assertThat(comparable(event.value(position))).as(field).isEqualTo(comparable(value));
            }
            assertThat(event.isLong(position)).as(field).isEqualTo(value instanceof Long);
            assertThat(event.isDouble(position)).as(field).isEqualTo(value instanceof Double);
            if (value instanceof Long number) {
                assertThat(event.longValue(position)).as(field).isEqualTo(number);
            }
            if (value instanceof Double number) {
                assertThat(event.doubleValue(position)).as(field).isEqualTo(number);
            }
            assertThat(comparable(event.value(position))).as(field).isEqualTo(comparable(value));
        }
    }

    /** The value with byte arrays that compare by their contents. */
    private static @Nullable Object comparable(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return ByteBuffer.wrap(bytes);
        }
        if (value instanceof Collection<?> items) {
            return items.stream()
                    .map(EventReaderSimulationTest::comparable)
                    .toList()
                    .toString();
        }
        if (value instanceof Map<?, ?> entries) {
            Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
            entries.forEach((key, each) -> copy.put(key, comparable(each)));
            return copy;
        }
        return value;
    }

    private byte[] damage(byte[] message) {
        int prefix = 5;
        byte[] damaged = switch (random.nextInt(4)) {
            case 0 -> Arrays.copyOf(message, prefix + random.nextInt(message.length - prefix + 1));
            case 1 -> Arrays.copyOf(message, message.length + 1 + random.nextInt(4));
            default -> message.clone();
        };
        for (int i = random.nextInt(4); i > 0 && damaged.length > prefix; i--) {
            int at = prefix + random.nextInt(damaged.length - prefix);
            damaged[at] = random.nextInt(3) == 0 ? (byte) 0xFF : (byte) (damaged[at] ^ (1 << random.nextInt(8)));
        }
        return damaged;
    }

    private static Readers readers(Schema reader) {
        EventTopic topic =
                new EventTopic(reader.getName(), new TopicSpec("events", 1, (short) -1, Map.of()), reader, null, null);
        AvroDeserializer ours = AvroDeserializer.withReaderSchema(reader);
        ours.configure(REGISTRY, false);
        return new Readers(new EventReader(topic, ours), new EventReader(topic, new Foreign(ours)));
    }

    private static Optional<Schema[]> parsed(AvroSchemas.Pair pair) {
        try {
            return Optional.of(
                    new Schema[] {new Schema.Parser().parse(pair.writer()), new Schema.Parser().parse(pair.reader())});
        } catch (AvroRuntimeException e) {
            return Optional.empty();
        }
    }
}
