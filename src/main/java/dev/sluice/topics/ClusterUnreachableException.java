package dev.sluice.topics;

/** No broker answered in time. */
public final class ClusterUnreachableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ClusterUnreachableException(String bootstrapServers, long timeoutMs, Throwable cause) {
        super(
                "no Kafka broker answered at " + bootstrapServers + " within " + timeoutMs
                        + " ms; check kafka.bootstrap.servers (SLUICE_KAFKA_BOOTSTRAP_SERVERS) and that the broker runs",
                cause);
    }
}
