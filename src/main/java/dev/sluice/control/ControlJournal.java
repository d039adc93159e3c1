package dev.sluice.control;

import dev.sluice.serde.RegistryException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The fold of one control client: takes each record of the control topic in the order of the log, keeps the image and
 * tells of each new one. Kafka Streams restores with one processor instance and runs live with another: both append
 * here, so there is one fold for both.
 *
 * <p>Threading: {@link #append} by the global thread of its client only; {@link #image} and {@link #waitingFor} by all.
 */
final class ControlJournal {
    private static final Logger LOG = LoggerFactory.getLogger(ControlJournal.class);
    private static final long RETRY_MS = 500;

    private final ControlCodec codec;
    private final Consumer<ControlJournal> listener;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile ControlImage image = ControlImage.EMPTY;
    private volatile String waitingFor = "";

    ControlJournal(ControlCodec codec, Consumer<ControlJournal> listener) {
        this.codec = codec;
        this.listener = listener;
    }

    ControlImage image() {
        return image;
    }

    /** What the fold waits for, such as a registry; empty when it does not wait. */
    String waitingFor() {
        return waitingFor;
    }

    /** Never throws: a failure here would end the client, and with it every later change of rules. */
    void append(long offset, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        try {
            ControlRecord record = decode(key, value, headers);
            if (record == null) {
                return;
            }
            image = image.apply(record, offset);
            listener.accept(this);
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).addKeyValue("offset", offset).log("control record skipped: a bug in Sluice");
        }
    }

    /** Gives up waiting for a registry; the client is closing. */
    void close() {
        closed.set(true);
    }

    /**
     * Waits for the registry if it must: order of the log comes first, and a skipped version would be lost. Null when
     * closed meanwhile.
     */
    private @Nullable ControlRecord decode(byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        while (true) {
            try {
                ControlRecord record = codec.decode(key, value, headers);
                waitingFor = "";
                return record;
            } catch (InterruptException e) {
                return null; // only a closing client interrupts
            } catch (RegistryException e) {
                if (waitingFor.isEmpty()) {
                    LOG.atWarn().log("a control record waits for the schema registry: {}", e.getMessage());
                }
                waitingFor = "schema registry: " + e.getMessage();
                if (closed.get() || !pause()) {
                    return null;
                }
            }
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(RETRY_MS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
