package dev.sluice.demo;

/** A real Kafka broker (KRaft, one node) in this JVM, on loopback. */
public final class EmbeddedBroker implements AutoCloseable {

    public String bootstrapServers() {
        throw new UnsupportedOperationException("to be written");
    }

    @Override
    public void close() {}
}
