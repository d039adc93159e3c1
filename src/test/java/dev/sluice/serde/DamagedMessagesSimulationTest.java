package dev.sluice.serde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schema.Alert;
import dev.sluice.schema.SourcePosition;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever is done to a valid message, reading gives a value or one of our exceptions. */
final class DamagedMessagesSimulationTest {
    private static final int ROUNDS = 100_000;
    private static final String SCOPE = "damaged-messages";

    @Test
    void readsOrRefusesEveryDamagedMessage() {
        long seed = Long.getLong("sluice.test.seed", System.nanoTime());
        System.out.println("DamagedMessagesSimulationTest: -Dsluice.test.seed=" + seed);
        Random random = new Random(seed);
        AvroSerde serde = new AvroSerde();
        serde.configure(Map.of("schema.registry.url", "mock://" + SCOPE), false);
        byte[] valid = serde.serializer().serialize("t", alert());
        byte[] framed = SingleObject.encode(alert());
        SingleObject singleObject = new SingleObject();
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            try {
                serde.deserializer().deserialize("t", damage(valid, random));
                singleObject.decode(damage(framed, random), Alert.class);
            } catch (SerdeException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(ROUNDS / 10, ROUNDS);
        InProcessRegistry.forget(SCOPE);
    }

    private static byte[] damage(byte[] message, Random random) {
        byte[] damaged =
                Arrays.copyOf(message, random.nextInt(8) == 0 ? random.nextInt(2 * message.length) : message.length);
        int changes = random.nextInt(5);
        for (int i = 0; i < changes && damaged.length > 0; i++) {
            int at = random.nextInt(damaged.length);
            damaged[at] = random.nextInt(3) == 0 ? (byte) 0xFF : (byte) random.nextInt();
        }
        return damaged;
    }

    private static Alert alert() {
        return Alert.newBuilder()
                .setId("t-3-4/r/x")
                .setType("T")
                .setRuleset("r")
                .setVersion(1)
                .setRule("x")
                .setKey("key")
                .setEventTime(Instant.ofEpochMilli(9))
                .setFields(Map.of("n", 1L, "s", "text", "d", 1.5, "b", true))
                .setSource(SourcePosition.newBuilder()
                        .setTopic("t")
                        .setPartition(3)
                        .setOffset(4L)
                        .build())
                .build();
    }
}
