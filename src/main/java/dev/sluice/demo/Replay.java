package dev.sluice.demo;

import dev.sluice.app.EventSender;
import dev.sluice.config.EventTopic;
import dev.sluice.events.EventFile;
import dev.sluice.events.EventRow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * The departures again and again, at a steady pace and a year of 365 days later each time, until it is closed.
 *
 * <p>Threading: a thread of its own sends; the sender is its from {@link #start} to {@link #close}.
 */
final class Replay implements AutoCloseable {
    static final int EVENTS_PER_SECOND = 2_000;
    static final Duration YEAR = Duration.ofDays(365);

    private final EventSender sender;
    private final String timeField;
    private final List<GenericRecord> departures;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    private final Thread thread = new Thread(this::run, "replay");
    private volatile boolean isClosed;

    private Replay(EventSender sender, String timeField, List<GenericRecord> departures) {
        this.sender = sender;
        this.timeField = timeField;
        this.departures = departures;
    }

    static Replay start(EventSender sender, EventTopic topic, Path file) {
        List<GenericRecord> departures = new ArrayList<>();
        try (EventFile rows = EventFile.open(file, topic.schema())) {
            while (rows.hasNext()) {
                if (!(rows.next() instanceof EventRow.Event row)) {
                    throw new IllegalStateException(file + " has a row that is no departure");
                }
                departures.add(row.event());
            }
        }
        Replay replay = new Replay(sender, Objects.requireNonNull(topic.timestampField()), departures);
        replay.thread.start();
        return replay;
    }

    private void run() {
        try {
            long begunNs = System.nanoTime();
            while (!isClosed) {
                GenericRecord departure = departures.get((int) (sent.get() % departures.size()));
                departure.put(timeField, (Long) departure.get(timeField) + YEAR.toMillis());
                sender.send(departure);
                long dueNs = begunNs + sent.incrementAndGet() * 1_000_000_000 / EVENTS_PER_SECOND;
                long aheadNs = dueNs - System.nanoTime();
                if (aheadNs > 1_000_000) {
                    LockSupport.parkNanos(aheadNs);
                }
            }
            sender.flush();
        } catch (RuntimeException e) {
            failure.set(e);
        }
    }

    /** Events sent so far. */
    long sent() {
        return sent.get();
    }

    /** Sends no more; what was sent is on the broker. @throws RuntimeException when an event could not be sent */
    @Override
    public void close() {
        isClosed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        RuntimeException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
    }
}
