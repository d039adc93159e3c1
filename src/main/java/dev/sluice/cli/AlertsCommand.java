package dev.sluice.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.app.AlertReader;
import dev.sluice.app.AlertStamps;
import dev.sluice.app.Cluster;
import dev.sluice.config.SluiceConfig;
import dev.sluice.event.AvroJson;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice alerts}: what the rules emitted. */
@Command(
        name = "alerts",
        mixinStandardHelpOptions = true,
        description = "Shows what the rules emitted.",
        subcommands = AlertsCommand.Tail.class)
final class AlertsCommand {

    /** {@code sluice alerts tail}. */
    @Command(name = "tail", description = "Prints the last committed alerts, and with --follow those to come.")
    static final class Tail implements Callable<Integer> {
        @Mixin
        private final CommonOptions common = new CommonOptions();

        @Option(names = "--follow", description = "Go on until interrupted.")
        private boolean follow;

        @Option(
                names = {"-n", "--lines"},
                defaultValue = "10",
                description = "How many of the last alerts (default: 10).")
        private int lines;

        @Option(names = "--from-beginning", description = "All alerts that the topic still holds.")
        private boolean fromBeginning;

        @Option(names = "--topic", description = "Another topic that rules emit to (default: the alerts topic).")
        private @Nullable String topic;

        @Option(names = "--ruleset", paramLabel = "NAME", description = "Only alerts of this ruleset.")
        private @Nullable String ruleset;

        @Option(names = "--version", paramLabel = "N", description = "Only alerts of this version.")
        private @Nullable Long version;

        @Option(names = "--rule", paramLabel = "ID", description = "Only alerts of this rule.")
        private @Nullable String rule;

        @Option(
                names = {"-h", "--help"},
                usageHelp = true,
                description = "Show this help message and exit.")
        @SuppressWarnings("UnusedVariable") // picocli asks it
        private boolean help;

        @Override
        public Integer call() {
            SluiceConfig config = common.load();
            Cluster.checkReachable(config);
            String from = topic == null ? config.topics().names().alerts() : topic;
            AlertStamps stamps = new AlertStamps(ruleset, version, rule);
            try (AlertReader reader = new AlertReader(config, from, stamps)) {
                print(standing(reader, stamps));
                while (follow
                        && !Thread.currentThread().isInterrupted()
                        && !common.out().checkError()) {
                    print(reader.poll(Duration.ofMillis(500)));
                }
            }
            return Exit.OK;
        }

        private List<AlertReader.Entry> standing(AlertReader reader, AlertStamps stamps) {
            // With a filter, how far back the last ones stand is not known.
            if (!fromBeginning && stamps.isAny()) {
                // Commit markers take offsets too: look further back than the lines asked for.
                reader.seekBeforeEnd(2L * lines + 100);
            }
            List<AlertReader.Entry> entries = reader.toEnd();
            return fromBeginning ? entries : entries.subList(Math.max(0, entries.size() - lines), entries.size());
        }

        private void print(List<AlertReader.Entry> entries) {
            for (AlertReader.Entry entry : entries) {
                ObjectNode alert = AvroJson.of(entry.alert());
                common.say(common.json() ? alert.toString() : AlertText.line(alert));
            }
        }
    }
}
