package dev.sluice.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.app.AlertReader;
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
    @Command(
            name = "tail",
            mixinStandardHelpOptions = true,
            description = "Prints the last committed alerts, and with --follow those to come.")
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

        @Option(names = "--rule", paramLabel = "ID", description = "Only alerts of this rule.")
        private @Nullable String rule;

        @Override
        public Integer call() {
            SluiceConfig config = common.load();
            Cluster.checkReachable(config);
            String from = topic == null ? config.topics().names().alerts() : topic;
            try (AlertReader reader = new AlertReader(config, from)) {
                List<AlertReader.Entry> standing = standing(reader);
                print(standing);
                while (follow
                        && !Thread.currentThread().isInterrupted()
                        && !common.out().checkError()) {
                    print(reader.poll(Duration.ofMillis(500)).stream()
                            .filter(this::isAsked)
                            .toList());
                }
            }
            return Exit.OK;
        }

        private List<AlertReader.Entry> standing(AlertReader reader) {
            // With a filter, how far back the last ones stand is not known.
            if (!fromBeginning && rule == null) {
                // Commit markers take offsets too: look further back than the lines asked for.
                reader.seekBeforeEnd(2L * lines + 100);
            }
            List<AlertReader.Entry> entries =
                    reader.toEnd().stream().filter(this::isAsked).toList();
            return fromBeginning ? entries : entries.subList(Math.max(0, entries.size() - lines), entries.size());
        }

        private boolean isAsked(AlertReader.Entry entry) {
            return rule == null
                    || rule.equals(String.valueOf(
                            AvroJson.of(entry.alert()).path("rule").asText()));
        }

        private void print(List<AlertReader.Entry> entries) {
            for (AlertReader.Entry entry : entries) {
                ObjectNode alert = AvroJson.of(entry.alert());
                common.say(common.json() ? alert.toString() : line(alert));
            }
        }

        private static String line(ObjectNode alert) {
            return String.format(
                    "%s  %s v%s  %-20s  %-10s  %s  %s",
                    alert.path("eventTime").asText(),
                    alert.path("ruleset").asText(),
                    alert.path("version").asText(),
                    alert.path("rule").asText(),
                    alert.path("key").asText("-"),
                    alert.path("type").asText(),
                    alert.path("fields"));
        }
    }
}
