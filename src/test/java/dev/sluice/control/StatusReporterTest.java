package dev.sluice.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schema.InstanceState;
import dev.sluice.schema.InstanceStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class StatusReporterTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration SOON = Duration.ofMillis(StatusReporter.SOON_MS);
    private static final long AN_HOUR_MS = 3_600_000;

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final AtomicLong everyMs = new AtomicLong(AN_HOUR_MS);
    private final StatusReporter reporter = new StatusReporter(producer, "status", "one", StatusReporterTest::status);

    @AfterEach
    void close() {
        if (!producer.closed()) {
            reporter.close();
        }
    }

    @Test
    void anotherIntervalIsInForceWithTheNextChange() {
        reporter.start(everyMs::get);
        awaitReports(1);

        everyMs.set(5);
        reporter.changed();
        awaitReports(10);
    }

    @Test
    void movesAreReportedSoonAndOnce() {
        reporter.start(everyMs::get);
        awaitReports(1);
        long begun = System.nanoTime();
        for (int i = 0; i < 50; i++) {
            reporter.moved();
        }
        awaitReports(2);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(SOON);

        reporter.changed();
        awaitReports(3);
        reporter.close();
        assertThat(producer.history()).hasSize(4);
    }

    @Test
    void aChangeIsReportedAtOnceAndWhatMovedWithIt() {
        reporter.start(everyMs::get);
        awaitReports(1);
        reporter.moved();
        reporter.changed();
        awaitReports(2);

        Awaitility.await()
                .during(SOON.multipliedBy(2))
                .atMost(LIMIT)
                .until(() -> producer.history().size() == 2);
    }

    @Test
    void theLastThingSaidIsGoodBye() {
        reporter.start(everyMs::get);
        awaitReports(1);
        reporter.close();

        assertThat(producer.history()).hasSize(2);
        assertThat(producer.history().get(1).value()).isNull();
    }

    private void awaitReports(int count) {
        Awaitility.await().atMost(LIMIT).until(() -> producer.history().size() >= count);
    }

    private static InstanceStatus status() {
        return InstanceStatus.newBuilder()
                .setInstance("one")
                .setApplication("test")
                .setHost("host")
                .setPid(1)
                .setBuild("test")
                .setStartedAt(Instant.EPOCH)
                .setReportedAt(Instant.EPOCH)
                .setHeartbeatMs(AN_HOUR_MS)
                .setState(InstanceState.RUNNING)
                .setControlOffset(0)
                .build();
    }
}
