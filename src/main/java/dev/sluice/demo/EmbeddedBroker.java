package dev.sluice.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A real Kafka broker (KRaft, one node) in this JVM, on loopback, without security. It does not stop by itself when
 * the JVM ends: its owner closes it. Threading: {@link #close} may be called from any thread, once or more.
 */
public final class EmbeddedBroker implements AutoCloseable {
    static final String HOST = "127.0.0.1";
    private static final int START_ATTEMPTS = 5;

    private final BrokerFolder folder;
    private final KafkaRaftServer server;
    private final int port;
    private boolean closed;

    private EmbeddedBroker(BrokerFolder folder, KafkaRaftServer server, int port) {
        this.folder = folder;
        this.server = server;
        this.port = port;
    }

    /**
     * Starts a broker and returns when it is ready for clients, after one to two seconds in a fresh JVM.
     *
     * @throws BrokerStartException when the port or the folder is in use, or Kafka does not start
     */
    public static EmbeddedBroker start(BrokerOptions options) {
        BrokerFolder folder = BrokerFolder.open(options.dataFolder());
        try {
            return startIn(folder, options.port());
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    public String bootstrapServers() {
        return HOST + ":" + port;
    }

    public int port() {
        return port;
    }

    /** Where engines of this broker keep their state. It goes with the broker's own folder. */
    Path stateFolder() {
        return folder.state();
    }

    /** Stops the broker; a temporary folder is deleted, a kept one may be used again. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        server.shutdown();
        server.awaitShutdown();
        folder.close();
    }

    /** A free port may be taken between the look and the start: then the next one is tried. */
    private static EmbeddedBroker startIn(BrokerFolder folder, int wantedPort) {
        if (wantedPort != 0) {
            refuseWhenTaken(wantedPort);
        }
        RuntimeException last = new BrokerStartException("the embedded broker found no free port on " + HOST);
        for (int attempt = 0; attempt < START_ATTEMPTS; attempt++) {
            int port = wantedPort == 0 ? freePort() : wantedPort;
            try {
                return startOn(folder, port, freePort());
            } catch (RuntimeException e) {
                last = e;
                if (!isPortTaken(e)) {
                    break;
                }
            }
        }
        throw new BrokerStartException(
                "the embedded broker did not start in " + folder.logs() + " on port " + wantedPort + ": "
                        + last.getMessage()
                        + "; if the folder was written by another Kafka release, delete it or choose another",
                last);
    }

    private static EmbeddedBroker startOn(BrokerFolder folder, int port, int controllerPort) {
        Properties settings = BrokerSettings.of(port, controllerPort, folder.logs());
        if (!folder.isFormatted()) {
            format(folder.logs());
        }
        KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(settings, false), Time.SYSTEM);
        try {
            server.startup();
        } catch (RuntimeException e) {
            server.shutdown();
            server.awaitShutdown();
            throw e;
        }
        return new EmbeddedBroker(folder, server, port);
    }

    private static void format(Path logs) {
        try (PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            Files.createDirectories(logs);
            new Formatter()
                    .setPrintStream(silent)
                    .setNodeId(BrokerSettings.NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString())
                    .addDirectory(logs.toString())
                    .setMetadataLogDirectory(logs.toString())
                    .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
                    .run();
        } catch (Exception e) {
            throw new BrokerStartException("the folder " + logs + " cannot be formatted for Kafka: " + e, e);
        }
    }

    private static void refuseWhenTaken(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new BrokerStartException(
                    "port " + port + " on " + HOST + " is in use or not allowed (" + e.getMessage()
                            + "); stop the program that listens there, or choose another port",
                    e);
        }
    }

    private static int freePort() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on " + HOST, e);
        }
    }

    private static boolean isPortTaken(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return true;
            }
        }
        return false;
    }
}
