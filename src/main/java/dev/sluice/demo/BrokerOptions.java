package dev.sluice.demo;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where an embedded broker listens and keeps its data.
 *
 * @param port port on loopback; 0 for a free one
 * @param dataFolder folder that is kept and found again at the next start; empty: a temporary one, deleted on close
 */
public record BrokerOptions(int port, Optional<Path> dataFolder) {
    public BrokerOptions {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " of the embedded broker is not between 0 and 65535");
        }
    }

    /** A free port and a temporary folder. */
    public static BrokerOptions temporary() {
        return new BrokerOptions(0, Optional.empty());
    }

    /** A free port and a folder that is kept. */
    public static BrokerOptions keptIn(Path folder) {
        return new BrokerOptions(0, Optional.of(folder));
    }

    public BrokerOptions withPort(int newPort) {
        return new BrokerOptions(newPort, dataFolder);
    }
}
