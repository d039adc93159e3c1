package dev.sluice.demo;

import dev.sluice.app.AlertReader;
import dev.sluice.app.EventSender;
import dev.sluice.app.Publication;
import dev.sluice.config.EventTopic;
import dev.sluice.control.RulesetPublisher;
import dev.sluice.deployment.Deployment;
import dev.sluice.schema.RulesetStatus;
import dev.sluice.schema.VersionFigures;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Canaries on the same departures, which are replayed meanwhile: version 3 goes out in stages, by itself; version 4 fails on
 * departures that are on time, and is taken back by itself.
 */
public final class CanaryDemo {
    /** How long departures go on after a version came or went, to show what decides about them. */
    private static final long AFTERWARDS_MS = 1_000;

    /** Who is told how it goes. */
    public interface Listener {
        /** A version's deployment has come to another state or stage. */
        void moved(Deployment deployment);
    }

    /**
     * What came of it.
     *
     * @param alertsByRuleAndVersion rule id to version to count
     * @param bad what version 4 did
     */
    public record Outcome(
            long events, long alerts, Map<String, Map<Long, Long>> alertsByRuleAndVersion, VersionFigures bad) {}

    private final DemoRun run;
    private final Listener listener;

    public CanaryDemo(DemoRun run, Listener listener) {
        this.run = run;
        this.listener = listener;
    }

    /**
     * Runs it to the end.
     *
     * @param out file for its alerts, one JSON object a line; its folder is made
     */
    public Outcome run(Path out) {
        int before = run.alerts().size();
        EventTopic flights = run.flights();
        long events;
        VersionFigures bad;
        try (Publication publication = new Publication(run.config());
                EventSender sender = new EventSender(run.config(), flights)) {
            Replay replay = Replay.start(sender, flights, run.departures());
            try (replay) {
                pause();
                roll(publication, "rules/flights-v3.yaml", Publication.Kind.ACTIVE);
                pause();
                bad = figures(roll(publication, "rules/flights-v4.yaml", Publication.Kind.ROLLED_BACK));
            }
            events = replay.sent();
        }
        run.awaitEvaluated();
        List<AlertReader.Entry> all = run.alerts();
        // Their events are years younger than all before.
        List<AlertReader.Entry> alerts = all.subList(before, all.size());
        AlertFile.write(out, alerts);
        return new Outcome(events, alerts.size(), AlertFile.counts(alerts), bad);
    }

    private long roll(Publication publication, String ruleFile, Publication.Kind wanted) {
        RulesetPublisher.Published published = run.publish(publication, ruleFile);
        Publication.Result result = publication.await(published, DemoRun.LIMIT, listener::moved);
        if (result.kind() != wanted) {
            throw new IllegalStateException(ruleFile + ": " + result.text());
        }
        pause();
        return published.version().version();
    }

    private VersionFigures figures(long version) {
        return run.engine().status().getRulesets().stream()
                .filter(ruleset -> ruleset.getName().equals(DemoRun.RULESET))
                .map(RulesetStatus::getFigures)
                .flatMap(List::stream)
                .filter(figures -> figures.getVersion() == version)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("version " + version + " evaluated nothing"));
    }

    private static void pause() {
        try {
            Thread.sleep(AFTERWARDS_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
