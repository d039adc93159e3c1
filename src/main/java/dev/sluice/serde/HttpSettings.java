package dev.sluice.serde;

import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * How registry calls are made.
 *
 * @param rounds how often all addresses are tried, at least once
 * @param firstWaitMs milliseconds before the second round; doubled before each further one
 * @param longestWaitMs bound of that wait
 */
record HttpSettings(Timeouts timeouts, int rounds, long firstWaitMs, long longestWaitMs, Optional<SSLContext> tls) {

    /** Longest waits for a connection and for a whole answer. */
    record Timeouts(Duration connect, Duration read) {}

    static HttpSettings from(Settings settings) {
        Timeouts timeouts = new Timeouts(
                Duration.ofMillis(settings.number("http.connect.timeout.ms", 5_000, 1)),
                Duration.ofMillis(settings.number("http.read.timeout.ms", 10_000, 1)));
        return new HttpSettings(
                timeouts,
                1 + (int) settings.number("max.retries", 2, 0),
                settings.number("retries.wait.ms", 200, 0),
                settings.number("retries.max.wait.ms", 5_000, 0),
                TlsStores.context(settings));
    }
}
