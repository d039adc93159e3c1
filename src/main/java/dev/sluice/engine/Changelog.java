package dev.sluice.engine;

import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.query.Position;
import org.jspecify.annotations.Nullable;

/** Where the changes of a store go, in the transaction of the task's events. */
interface Changelog {

    /**
     * Adds a change.
     *
     * @param value null for a record that is removed
     */
    void add(Bytes key, byte @Nullable [] value);

    /** Finds the changelog of a store that is opened. */
    interface Opener {
        Changelog open(String store, StateStoreContext context);
    }

    /** The topic that Kafka Streams keeps for a store. */
    static Changelog topicOf(String store, StateStoreContext context) {
        if (!(context instanceof InternalProcessorContext<?, ?> task)) {
            throw new IllegalStateException("the store " + store + " was opened outside of a task");
        }
        Position none = Position.emptyPosition();
        // The time of its records matters to nobody: the topic is compacted.
        return (key, value) -> task.logChange(store, key, value, task.currentSystemTimeMs(), new RecordHeaders(), none);
    }
}
