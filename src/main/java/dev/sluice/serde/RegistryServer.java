package dev.sluice.serde;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;

/**
 * Serves an {@link InProcessRegistry} over HTTP on loopback, as Confluent's clients expect it, so that a second process can
 * join. No authentication, no TLS: it listens on 127.0.0.1 alone.
 */
public final class RegistryServer implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";

    private final Javalin server;

    private RegistryServer(Javalin server) {
        this.server = server;
    }

    /**
     * Starts serving.
     *
     * @param port a free port, or 0 for any
     * @throws io.javalin.util.JavalinBindException when the port is taken
     */
    public static RegistryServer start(InProcessRegistry registry, int port) {
        return new RegistryServer(
                Javalin.create(config -> configure(config, registry)).start(LOOPBACK, port));
    }

    private static void configure(JavalinConfig config, InProcessRegistry registry) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.http.defaultContentType = RegistryRoutes.MEDIA_TYPE;
        new RegistryRoutes(registry).addTo(config.routes);
    }

    public int port() {
        return server.port();
    }

    /** The address for {@code schema.registry.url}. */
    public String url() {
        return "http://" + LOOPBACK + ":" + port();
    }

    @Override
    public void close() {
        server.stop();
    }
}
