package dev.sluice.control;

import dev.sluice.schema.InstanceStatus;
import dev.sluice.serde.SingleObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what this instance says of itself to the status topic: on every change, and as a heartbeat.
 *
 * <p>Threading: {@link #changed} and {@link #moved} by any thread; reports are made and sent on the thread {@code
 * sluice-status} alone.
 */
public final class StatusReporter implements ReportRequests, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StatusReporter.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);
    /** Nobody waits; a version's way through the fleet is a dozen of these moves. */
    static final long SOON_MS = 200;

    private final Producer<byte[], byte[]> producer;
    private final String topic;
    private final byte[] key;
    private final Supplier<InstanceStatus> status;
    private final AtomicBoolean requested = new AtomicBoolean();
    private final AtomicBoolean requestedSoon = new AtomicBoolean();
    private final AtomicBoolean unanswered = new AtomicBoolean();
    private final ScheduledThreadPoolExecutor thread =
            new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "sluice-status"));
    /** Of the reporter's thread, with {@link #heartbeat}; null before the start. */
    private @Nullable LongSupplier interval;

    private Future<?> heartbeat = CompletableFuture.completedFuture(null);

    /**
     * A reporter for one instance.
     *
     * @param status makes a fresh report; called on the reporter's thread
     */
    public StatusReporter(
            Producer<byte[], byte[]> producer, String topic, String instance, Supplier<InstanceStatus> status) {
        this.producer = producer;
        this.topic = topic;
        this.key = instance.getBytes(StandardCharsets.UTF_8);
        this.status = status;
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /**
     * Reports now, and from then on.
     *
     * @param everyMs milliseconds after which the next report comes at the latest; asked after each one
     */
    public void start(LongSupplier everyMs) {
        thread.execute(() -> {
            interval = everyMs;
            report();
        });
    }

    @Override
    public void changed() {
        if (requested.compareAndSet(false, true)) {
            request(requested, 0);
        }
    }

    @Override
    public void moved() {
        if (!requested.get() && requestedSoon.compareAndSet(false, true)) {
            request(requestedSoon, SOON_MS);
        }
    }

    /** @param request is made unless another report was first */
    private void request(AtomicBoolean request, long afterMs) {
        try {
            var unused = thread.schedule(
                    () -> {
                        if (request.get()) {
                            report();
                        }
                    },
                    afterMs,
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // Closed meanwhile: there is nothing more to report.
        }
    }

    private void report() {
        requested.set(false);
        requestedSoon.set(false);
        try {
            say();
        } finally {
            next();
        }
    }

    /** The next one without a reason. */
    private void next() {
        heartbeat.cancel(false);
        LongSupplier everyMs = interval;
        if (everyMs != null && !thread.isShutdown()) {
            try {
                heartbeat = thread.schedule(this::report, everyMs.getAsLong(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                // Closed meanwhile.
            }
        }
    }

    private void say() {
        try {
            send(SingleObject.encode(status.get()));
        } catch (InterruptException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.atWarn().log("status not reported: {}", e.toString());
        }
    }

    private void send(byte[] value) {
        var unused = producer.send(new ProducerRecord<>(topic, key, value), (metadata, failure) -> {
            if (failure == null) {
                answered();
            } else {
                lost(failure);
            }
        });
    }

    /** Told once an outage: the status topic is what this instance always writes to, so it is the first to know. */
    private void lost(Exception failure) {
        if (unanswered.compareAndSet(false, true) && !thread.isShutdown()) {
            LOG.atWarn().log("the cluster does not answer, this instance waits: {}", failure.getMessage());
        }
    }

    private void answered() {
        if (unanswered.compareAndSet(true, false)) {
            LOG.info("the cluster answers again");
        }
    }

    /** Sends the last report and takes the instance off the list. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        var unused = producer.send(new ProducerRecord<>(topic, key, null));
        producer.close(CLOSE_LIMIT);
    }
}
