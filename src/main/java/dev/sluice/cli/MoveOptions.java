package dev.sluice.cli;

import java.time.Duration;
import picocli.CommandLine.Option;

/** What every command to the decider is told: who wants it, why, and how long its answer is waited for. */
final class MoveOptions {
    @Option(names = "--reason", description = "Why, for the history.")
    private String reason = "";

    @Option(names = "--actor", description = "Who wants it (default: the user's name).")
    private String actor = System.getProperty("user.name", "unknown");

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "How long to wait for the answer and what follows at once (default: 30).")
    private long timeoutSeconds;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    @SuppressWarnings("UnusedVariable") // picocli asks it
    private boolean help;

    String reason() {
        return reason;
    }

    String actor() {
        return actor;
    }

    Duration timeout() {
        return Duration.ofSeconds(timeoutSeconds);
    }
}
