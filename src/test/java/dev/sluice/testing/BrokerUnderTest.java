package dev.sluice.testing;

import dev.sluice.demo.BrokerOptions;
import dev.sluice.demo.EmbeddedBroker;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.utils.Exit;
import org.jspecify.annotations.Nullable;
import org.testcontainers.kafka.KafkaContainer;

/**
 * The Kafka broker that integration tests use, one per JVM and started at the first call. System property
 * {@code sluice.test.broker} chooses it: {@code embedded} (default), {@code testcontainers}, or {@code HOST:PORT} of
 * one that runs already. Tests share it, so each takes topic names and application ids under its own
 * {@link #uniquePrefix()}.
 */
public final class BrokerUnderTest {
    private static final String PROPERTY = "sluice.test.broker";
    private static final String IMAGE = "apache/kafka:4.3.1";
    private static final String RUN = UUID.randomUUID().toString().substring(0, 8);
    private static final AtomicInteger PREFIXES = new AtomicInteger();

    private BrokerUnderTest() {}

    /** {@code bootstrap.servers} of the broker under test. */
    public static String bootstrapServers() {
        return Running.BOOTSTRAP_SERVERS;
    }

    /** A prefix that no other test of this or another run uses, fit for topics and application ids. */
    public static String uniquePrefix() {
        return "test-" + RUN + "-" + PREFIXES.incrementAndGet();
    }

    /** Turns a broker's wish to halt the JVM into an error: a fault in one broker must not end the test run. */
    public static void refuseToHaltThisJvm() {
        Exit.setHaltProcedure(BrokerUnderTest::refuse);
        Exit.setExitProcedure(BrokerUnderTest::refuse);
    }

    private static void refuse(int status, @Nullable String message) {
        throw new IllegalStateException("the broker wanted to end this JVM with status " + status + ": " + message);
    }

    private static final class Running {
        static final String BOOTSTRAP_SERVERS = start(System.getProperty(PROPERTY, "embedded"));

        private static String start(String choice) {
            if (choice.equals("embedded")) {
                refuseToHaltThisJvm();
                EmbeddedBroker broker = EmbeddedBroker.start(BrokerOptions.temporary());
                Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "broker-under-test-close"));
                return broker.bootstrapServers();
            }
            if (choice.equals("testcontainers")) {
                return startContainer();
            }
            if (choice.matches(".+:\\d+")) {
                return choice;
            }
            throw new IllegalArgumentException(
                    PROPERTY + "=" + choice + " is none of: embedded, testcontainers, HOST:PORT");
        }

        // The container is left to Testcontainers' own reaper, which removes it when the JVM ends.
        @SuppressWarnings("resource")
        private static String startContainer() {
            KafkaContainer container = new KafkaContainer(IMAGE);
            container.start();
            return container.getBootstrapServers();
        }
    }
}
