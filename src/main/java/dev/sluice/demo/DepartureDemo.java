package dev.sluice.demo;

import dev.sluice.app.AlertReader;
import dev.sluice.app.EventSender;
import dev.sluice.app.Publication;
import dev.sluice.config.EventTopic;
import dev.sluice.control.Installation;
import dev.sluice.control.RulesetPublisher;
import dev.sluice.events.EventFile;
import dev.sluice.events.EventRow;
import dev.sluice.ruleset.ReloadReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The main job on real departures: the first half of the events under version 1 of a ruleset, the second half under
 * version 2, published while the engine runs, and every alert written to a file.
 */
public final class DepartureDemo {
    private static final long FIRST_HALF = 10_000;

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

    private final DemoRun run;
    private final Listener listener;

    public DepartureDemo(DemoRun run, Listener listener) {
        this.run = run;
        this.listener = listener;
    }

    /**
     * Runs it to the end.
     *
     * @param out file for the alerts, one JSON object a line; its folder is made
     */
    public Outcome run(Path out) {
        EventTopic flights = run.flights();
        try (Publication publication = new Publication(run.config());
                EventSender sender = new EventSender(run.config(), flights);
                EventFile file = EventFile.open(run.departures(), flights.schema())) {
            publish(publication, "rules/flights-v1.yaml");
            long first = send(sender, file, FIRST_HALF, 0);
            publish(publication, "rules/flights-v2.yaml");
            long all = send(sender, file, Long.MAX_VALUE, first);
            List<AlertReader.Entry> alerts = run.alerts();
            AlertFile.write(out, alerts);
            return new Outcome(all, alerts.size(), run.deadLetters(), AlertFile.counts(alerts));
        }
    }

    private void publish(Publication publication, String ruleFile) {
        RulesetPublisher.Published published = run.publish(publication, ruleFile);
        Publication.Result result = publication.await(published, DemoRun.LIMIT);
        if (result.kind() != Publication.Kind.ACTIVE) {
            throw new IllegalStateException(ruleFile + ": " + result.text());
        }
        Installation.OfRuleset installed =
                Objects.requireNonNull(run.engine().current().rulesets().get(DemoRun.RULESET));
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
        run.awaitEvaluated();
        listener.evaluated(sent, Duration.ofNanos(System.nanoTime() - begin));
        return before + sent;
    }
}
