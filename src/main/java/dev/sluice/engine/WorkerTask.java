package dev.sluice.engine;

import dev.sluice.control.Installation;
import dev.sluice.serde.RegistryException;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.errors.TaskMigratedException;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * One task in the account of its instance: which thread has it, which installation it last read, and whether it waits for
 * the schema registry. Confined to the thread that has the task.
 */
final class WorkerTask implements AutoCloseable {
    /** A task without events reads the current image so often, so that the status is true of idle threads too. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final EvaluateParts parts;
    private final String thread;
    private final String partition;
    private final Workers.Slot slot;
    private final Tally tally;
    private Installation lastRead = Installation.EMPTY;

    /** Joins the account. */
    WorkerTask(EvaluateParts parts, String partition) {
        this.parts = parts;
        this.thread = Thread.currentThread().getName();
        this.partition = partition;
        this.tally = parts.workers().tally(thread);
        this.slot = parts.workers()
                .join(thread, DataPlane.MAIN_POOL, partition, parts.current().read());
    }

    /**
     * Calls {@code look} from time to time, events or not. All tasks of a thread look at the same moments: Kafka Streams
     * hands a task half as many events at once after each moment at which any of them looked.
     */
    static void scheduleLooks(ProcessorContext<?, ?> context, Punctuator look) {
        context.schedule(Instant.EPOCH, LOOK_EVERY, PunctuationType.WALL_CLOCK_TIME, look);
    }

    String partition() {
        return partition;
    }

    /** The current installation, by one volatile read. */
    Installation installation() {
        Installation now = parts.current().read();
        if (now != lastRead) {
            tally.use(parts.workers().timing(now));
            if (now.arms() != lastRead.arms()) {
                tally.use(now.arms());
            }
            lastRead = now;
            parts.workers().adopted(slot, now);
        }
        return now;
    }

    /** What the thread counts by version. */
    Tally tally() {
        return tally;
    }

    /** An event was evaluated. */
    void evaluated() {
        parts.workers().evaluated(slot);
    }

    /** An event that was handed over was evaluated. */
    void evaluatedHandover() {
        parts.workers().evaluatedHandover(slot);
    }

    /** The thread looks at the clock. */
    void lookedUp(long nowMs) {
        parts.workers().lookedUp(slot, nowMs);
    }

    /** The registry answered, or was not needed. */
    void answered() {
        parts.registry().answered(partition);
    }

    /**
     * Some alerts of the event may be in the transaction already, so a second try must begin with a new one.
     *
     * <p>Kafka Streams aborts the transaction of the thread and joins the group anew: the events since the last commit come
     * again. Its other way back, a corrupted task, first commits what the thread's other tasks did, in the one transaction
     * that they share, and this task's alerts with it; and in a rebalance it loses the position.
     */
    TaskMigratedException startOver(RegistryException cause) {
        return new TaskMigratedException("events of " + partition + " wait for the schema registry", cause);
    }

    /** For an event whose alerts wait for the registry to take their schema. */
    TaskMigratedException lost(RegistryException cause) {
        parts.registry().lost(partition, cause);
        return startOver(cause);
    }

    @Override
    public void close() {
        parts.workers().leave(thread, partition);
        parts.registry().left(partition);
    }
}
