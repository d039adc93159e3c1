package dev.sluice.demo;

import dev.sluice.app.AlertReader;
import dev.sluice.app.EventSender;
import dev.sluice.app.PoolLag;
import dev.sluice.app.Publication;
import dev.sluice.app.RulesEngine;
import dev.sluice.config.EventTopic;
import dev.sluice.config.SluiceConfig;
import dev.sluice.control.Installation;
import dev.sluice.control.RulesetPublisher;
import dev.sluice.event.AvroJson;
import dev.sluice.events.EventFile;
import dev.sluice.events.EventRow;
import dev.sluice.ruleset.ReloadReport;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.avro.generic.IndexedRecord;

/**
 * The main job on real departures: the first half of the events under version 1 of a ruleset, the second half under
 * version 2, published while the engine runs, and every alert written to a file.
 */
public final class DepartureDemo {
    private static final String RULESET = "flights";
    private static final long FIRST_HALF = 10_000;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Who is told how the demonstration goes. */
    public interface Listener {
        /**
         * A version is active everywhere.
         *
         * @param activeAfterMs from just before its record was written
         */
        void activated(long version, long activeAfterMs, ReloadReport report);

        /** One more event was sent. */
        void sent();

        /** All events so far are evaluated and committed. */
        void evaluated(long events, Duration took);
    }

    /**
     * What came of it.
     *
     * @param alertsByRuleAndVersion rule id to version to count
     */
    public record Outcome(
            long events, long alerts, long deadLetters, Map<String, Map<Long, Long>> alertsByRuleAndVersion) {}

    private final SluiceConfig config;
    private final RulesEngine engine;
    private final Path home;
    private final Listener listener;

    /**
     * A demonstration on a running engine.
     *
     * @param home folder with {@code data/flights.csv} and {@code rules/}
     */
    public DepartureDemo(SluiceConfig config, RulesEngine engine, Path home, Listener listener) {
        this.config = config;
        this.engine = engine;
        this.home = home;
        this.listener = listener;
    }

    /**
     * Runs it to the end.
     *
     * @param out file for the alerts, one JSON object a line; its folder is made
     */
    public Outcome run(Path out) {
        EventTopic flights = config.topics().events().stream()
                .filter(topic -> topic.eventType().equals("Flight"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("topics.yaml declares no event type Flight"));
        try (Publication publication = new Publication(config);
                EventSender sender = new EventSender(config, flights);
                EventFile file = EventFile.open(home.resolve("data/flights.csv"), flights.schema())) {
            publish(publication, "rules/flights-v1.yaml");
            long first = send(sender, file, FIRST_HALF, 0);
            publish(publication, "rules/flights-v2.yaml");
            long all = send(sender, file, Long.MAX_VALUE, first);
            return collect(out, all);
        }
    }

    private void publish(Publication publication, String ruleFile) {
        String source = read(home.resolve(ruleFile));
        RulesetPublisher.Request request = new RulesetPublisher.Request(
                RULESET, source, System.getProperty("user.name", "demo"), "demonstration", OptionalLong.empty());
        RulesetPublisher.Outcome outcome = publication.publish(request);
        if (!(outcome instanceof RulesetPublisher.Published published)) {
            throw new IllegalStateException(ruleFile + " was not published: " + outcome);
        }
        Publication.Result result = publication.await(published, LIMIT);
        if (result.kind() != Publication.Kind.ACTIVE) {
            throw new IllegalStateException(ruleFile + ": " + result.text());
        }
        Installation.OfRuleset installed =
                Objects.requireNonNull(engine.current().rulesets().get(RULESET));
        listener.activated(
                published.version().version(), result.elapsedMs(), Objects.requireNonNull(installed.report()));
    }

    /** Sends up to {@code limit} events and waits until they are evaluated. Returns how many are sent in all. */
    private long send(EventSender sender, EventFile file, long limit, long before) {
        long begin = System.nanoTime();
        long sent = 0;
        while (sent < limit && file.hasNext()) {
            EventRow row = file.next();
            if (!(row instanceof EventRow.Event event)) {
                throw new IllegalStateException("data/flights.csv: " + row);
            }
            sender.send(event.event());
            listener.sent();
            sent++;
        }
        sender.flush();
        awaitEvaluated();
        listener.evaluated(sent, Duration.ofNanos(System.nanoTime() - begin));
        return before + sent;
    }

    /** Waits until the pool's group has committed all events, and with them their alerts. */
    private void awaitEvaluated() {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        try (PoolLag lag = new PoolLag(config)) {
            while (lag.read().stream().mapToLong(PoolLag.Row::lag).sum() > 0) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("the events were not evaluated within " + LIMIT.toSeconds() + " s");
                }
                Thread.sleep(20);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private Outcome collect(Path out, long events) {
        Map<String, Map<Long, Long>> counts = new TreeMap<>();
        List<AlertReader.Entry> alerts;
        try (AlertReader reader =
                new AlertReader(config, config.topics().names().alerts())) {
            alerts = reader.toEnd();
        }
        for (AlertReader.Entry entry : alerts) {
            IndexedRecord alert = entry.alert();
            String rule = field(alert, "rule").toString();
            counts.computeIfAbsent(rule, each -> new TreeMap<>()).merge((Long) field(alert, "version"), 1L, Long::sum);
        }
        write(out, alerts);
        long deadLetters = engine.status().getFigures().getOrDefault("deadLetters", 0L);
        return new Outcome(events, alerts.size(), deadLetters, counts);
    }

    private static Object field(IndexedRecord record, String name) {
        return record.get(record.getSchema().getField(name).pos());
    }

    private static void write(Path out, List<AlertReader.Entry> alerts) {
        try {
            Files.createDirectories(out.toAbsolutePath().getParent());
            try (BufferedWriter writer = Files.newBufferedWriter(out)) {
                for (AlertReader.Entry entry : alerts) {
                    writer.write(AvroJson.of(entry.alert()).toString());
                    writer.write('\n');
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the alerts cannot be written to " + out + ": " + e.getMessage(), e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read: is --home the folder of Sluice?", e);
        }
    }
}
