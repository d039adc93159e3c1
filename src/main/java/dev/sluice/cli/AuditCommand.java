package dev.sluice.cli;

import dev.sluice.app.Cluster;
import dev.sluice.config.SluiceConfig;
import dev.sluice.control.AuditLog;
import dev.sluice.event.AvroJson;
import dev.sluice.schema.AuditEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice audit}: everything that happened to deployments and settings, by whom and why. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description =
                "Shows every command with its answer, every step of every deployment, and every change of settings.")
final class AuditCommand implements Callable<Integer> {
    private static final Duration READ_LIMIT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(500);

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(arity = "0..1", paramLabel = "RULESET", description = "Only of this ruleset (default: of all).")
    private @Nullable String ruleset;

    @Option(names = "--since", paramLabel = "INSTANT", description = "Only from then on, such as 2026-12-01T08:00:00Z.")
    private @Nullable Instant since;

    @Option(names = "--follow", description = "Go on until interrupted.")
    private boolean follow;

    @Override
    public Integer call() {
        SluiceConfig config = common.load();
        Cluster.checkReachable(config);
        try (AuditLog log = AuditLog.fromBeginning(config.topics().names().audit(), config.kafka(), READ_LIMIT)) {
            print(log.poll(Duration.ZERO));
            while (follow
                    && !Thread.currentThread().isInterrupted()
                    && !common.out().checkError()) {
                print(log.poll(POLL));
            }
        }
        return Exit.OK;
    }

    private void print(List<AuditEvent> events) {
        for (AuditEvent event : events) {
            if (isAsked(event)) {
                common.say(common.json() ? AvroJson.of(event).toString() : AuditText.line(event));
            }
        }
    }

    private boolean isAsked(AuditEvent event) {
        return (ruleset == null || ruleset.equals(event.getRuleset()))
                && (since == null || !event.getAt().isBefore(since));
    }
}
