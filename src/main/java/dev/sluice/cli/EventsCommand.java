package dev.sluice.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.common.util.concurrent.RateLimiter;
import dev.sluice.app.Cluster;
import dev.sluice.app.EventSender;
import dev.sluice.config.EventTopic;
import dev.sluice.config.SluiceConfig;
import dev.sluice.events.EventFile;
import dev.sluice.events.EventRow;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice events}: events from files. */
@Command(
        name = "events",
        mixinStandardHelpOptions = true,
        description = "Events from files.",
        subcommands = EventsCommand.Send.class)
final class EventsCommand {

    /** {@code sluice events send}. */
    @Command(
            name = "send",
            mixinStandardHelpOptions = true,
            description = {
                "Sends the events of a file (.csv with a header line, .jsonl, .avro) to a topic of topics.yaml,",
                "in Avro, keyed and stamped as the topic declares. Bad rows are told and skipped.",
            })
    static final class Send implements Callable<Integer> {
        private static final int MAX_TOLD = 20;

        @Mixin
        private final CommonOptions common = new CommonOptions();

        @Parameters(paramLabel = "FILE", description = "The events.")
        @SuppressWarnings("NullAway.Init") // set by picocli
        private Path file;

        @Option(names = "--topic", required = true, description = "The event topic.")
        private String topic = "";

        @Option(names = "--rate", paramLabel = "N", description = "At most N events a second.")
        private @Nullable Double rate;

        @Option(
                names = "--speed",
                paramLabel = "X",
                description = "Replay by event time, X times as fast as it happened.")
        private @Nullable Double speed;

        private long sent;
        private long bad;

        @Override
        public Integer call() throws InterruptedException {
            SluiceConfig config = common.load();
            EventTopic declared = declared(config);
            checkPace(declared);
            Cluster.checkReachable(config);
            long begin = System.nanoTime();
            try (EventFile events = EventFile.open(file, declared.schema());
                    EventSender sender = new EventSender(config, declared);
                    Progress progress = new Progress(file.getFileName().toString(), "events", -1)) {
                Pace pace = new Pace(sender);
                while (events.hasNext()) {
                    EventRow row = events.next();
                    if (row instanceof EventRow.Event event) {
                        pace.await(event.event());
                        sender.send(event.event());
                        progress.step();
                        sent++;
                    } else {
                        tell(row);
                    }
                }
                sender.flush();
            }
            answer((System.nanoTime() - begin) / 1e9);
            return bad == 0 ? Exit.OK : Exit.REFUSED;
        }

        private EventTopic declared(SluiceConfig config) {
            return config.topics().events().stream()
                    .filter(event -> event.topic().name().equals(topic))
                    .findFirst()
                    .orElseThrow(() -> new CommandException("topics.yaml declares no event topic " + topic
                            + "; it declares "
                            + config.topics().events().stream()
                                    .map(event -> event.topic().name())
                                    .toList()));
        }

        private void checkPace(EventTopic declared) {
            if ((rate != null && !(rate > 0)) || (speed != null && !(speed > 0))) {
                throw new CommandException("--rate and --speed take a number above 0");
            }
            if (speed != null && declared.timestampField() == null) {
                throw new CommandException("--speed needs a timestamp field, and topic " + topic + " declares none");
            }
        }

        private void tell(EventRow row) {
            bad++;
            if (bad <= MAX_TOLD) {
                common.err().println(row);
            } else if (bad == MAX_TOLD + 1) {
                common.err().println("... and more");
            }
            common.err().flush();
        }

        private void answer(double seconds) {
            if (common.json()) {
                common.printJson(JsonNodeFactory.instance
                        .objectNode()
                        .put("topic", topic)
                        .put("sent", sent)
                        .put("bad", bad)
                        .put("seconds", seconds));
            } else {
                common.say(String.format(
                        "%,d events sent to %s in %.1f s (%,.0f events/s)%s",
                        sent, topic, seconds, sent / seconds, skipped()));
            }
        }

        private String skipped() {
            if (bad == 0) {
                return "";
            }
            return bad == 1 ? ", 1 bad row skipped" : String.format(", %,d bad rows skipped", bad);
        }

        /** Waits before an event as the rate and the speed ask for. */
        private final class Pace {
            private final EventSender sender;
            private final @Nullable RateLimiter limiter = rate == null ? null : RateLimiter.create(rate);
            private final long beginNanos = System.nanoTime();
            private @Nullable Long firstMs;

            private Pace(EventSender sender) {
                this.sender = sender;
            }

            private void await(GenericRecord event) throws InterruptedException {
                if (limiter != null) {
                    limiter.acquire();
                }
                Long timeMs = speed == null ? null : sender.timestampMs(event);
                if (timeMs == null || speed == null) {
                    return;
                }
                if (firstMs == null) {
                    firstMs = timeMs;
                }
                long dueNanos = beginNanos + (long) ((timeMs - firstMs) * 1e6 / speed);
                long waitMs = (dueNanos - System.nanoTime()) / 1_000_000;
                if (waitMs > 0) {
                    Thread.sleep(waitMs);
                }
            }
        }
    }
}
