package dev.sluice.control;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The processor of the global store on the control topic: writes the store and appends to the journal. It never throws,
 * since that would end the client, live and at restore.
 *
 * <p>Threading: one instance restores and another runs live, both on the global thread.
 */
final class ControlLoader implements Processor<byte[], byte[], Void, Void> {
    static final String STORE = "control";

    private final ControlJournal journal;
    private ProcessorContext<Void, Void> context;
    private KeyValueStore<byte[], byte[]> store;

    @SuppressWarnings("NullAway.Init") // set by init, which Kafka Streams calls first
    ControlLoader(ControlJournal journal) {
        this.journal = journal;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        this.context = context;
        this.store = context.getStateStore(STORE);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        if (record.key() != null) {
            store.put(record.key(), record.value());
        }
        long offset = context.recordMetadata().orElseThrow().offset();
        journal.append(offset, record.key(), record.value(), record.headers());
    }
}
