package dev.sluice.control;

import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.Stores;

/** The control plane's topology: the control topic as a global store, and one task that decides. */
final class ControlTopology {
    static final String CONTROL_SINK = "control-records";
    static final String AUDIT_SINK = "audit-events";

    private static final String DECIDER = "decider";

    private ControlTopology() {}

    static Topology of(ControlPlane.Topics topics, ControlJournal journal, DeciderParts parts) {
        Topology topology = new Topology();
        addImage(topology, topics, journal);
        addDecider(topology, topics, parts);
        return topology;
    }

    private static void addImage(Topology topology, ControlPlane.Topics topics, ControlJournal journal) {
        topology.addGlobalStore(
                Stores.keyValueStoreBuilder(
                                Stores.inMemoryKeyValueStore(ControlLoader.STORE),
                                Serdes.ByteArray(),
                                Serdes.ByteArray())
                        .withLoggingDisabled(),
                "control-topic",
                Serdes.ByteArray().deserializer(),
                Serdes.ByteArray().deserializer(),
                topics.control(),
                "control-loader",
                (ProcessorSupplier<byte[], byte[], Void, Void>) () -> new ControlLoader(journal));
    }

    static void addDecider(Topology topology, ControlPlane.Topics topics, DeciderParts parts) {
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        ByteArraySerializer toBytes = new ByteArraySerializer();
        topology.addSource("commands", bytes, bytes, topics.commands())
                .addSource("status", bytes, bytes, topics.status())
                .addProcessor(
                        DECIDER,
                        (ProcessorSupplier<byte[], byte[], byte[], byte[]>) () -> new DeciderProcessor(topics, parts),
                        "commands",
                        "status")
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                Stores.inMemoryKeyValueStore(DeciderProcessor.STORE),
                                Serdes.ByteArray(),
                                Serdes.ByteArray()),
                        DECIDER)
                .addSink(CONTROL_SINK, topics.control(), toBytes, toBytes, DECIDER)
                .addSink(AUDIT_SINK, topics.audit(), toBytes, toBytes, DECIDER);
    }
}
