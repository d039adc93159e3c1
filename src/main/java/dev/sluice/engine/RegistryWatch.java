package dev.sluice.engine;

import dev.sluice.serde.RegistryException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which partitions wait for the schema registry. Events wait in Kafka meanwhile; none is set aside because a registry is
 * down. Other partitions may flow at the same time, with schemas that are known.
 *
 * <p>Threading: stream threads tell, each of its own partitions; anyone asks.
 */
final class RegistryWatch {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryWatch.class);
    private static final long PAUSE_MS = 250;

    private final Runnable onChange;
    private final Map<String, String> reasons = new ConcurrentHashMap<>();
    private volatile boolean closed;

    RegistryWatch(Runnable onChange) {
        this.onChange = onChange;
    }

    /** Why events wait; empty when they do not. */
    String waitingFor() {
        return reasons.values().stream().findFirst().orElse("");
    }

    /**
     * Notes the loss and pauses the calling thread a moment, so that the next try is not at once. False when the engine
     * closes, and there is no next try.
     */
    boolean lost(String partition, RegistryException cause) {
        if (reasons.put(partition, "schema registry: " + cause.getMessage()) == null) {
            LOG.atWarn()
                    .addKeyValue("partition", partition)
                    .log("events wait for the schema registry: {}", cause.getMessage());
            onChange.run();
        }
        try {
            Thread.sleep(PAUSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        return !closed;
    }

    void close() {
        closed = true;
    }

    void answered(String partition) {
        if (!reasons.isEmpty() && reasons.remove(partition) != null) {
            LOG.atInfo().addKeyValue("partition", partition).log("the schema registry answers again");
            onChange.run();
        }
    }

    /** The partition is no longer this instance's. */
    void left(String partition) {
        if (reasons.remove(partition) != null) {
            onChange.run();
        }
    }
}
