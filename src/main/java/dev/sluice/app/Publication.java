package dev.sluice.app;

import dev.sluice.config.SluiceConfig;
import dev.sluice.control.Fleet;
import dev.sluice.control.RulesetPublisher;
import dev.sluice.control.StatusReport;
import dev.sluice.ruleset.ReloadReport;
import dev.sluice.schema.InstanceStatus;
import dev.sluice.schema.ProblemRecord;
import dev.sluice.schema.RefusedVersion;
import dev.sluice.schema.RulesetStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A version on its way: written to the control topic, then watched until every live instance runs it. */
public final class Publication implements AutoCloseable {
    private static final Duration READ_LIMIT = Duration.ofSeconds(15);
    /** Instances that are listed but silent, after an outage of the cluster say, get this long to report again. */
    private static final long SILENCE_LIMIT_MS = 10_000;

    private static final Duration POLL = Duration.ofMillis(50);

    /** Where the fleet stands. */
    public enum Kind {
        ACTIVE,
        NO_INSTANCE,
        REFUSED,
        DEADLINE
    }

    /**
     * The fleet's answer.
     *
     * @param report what the activation did, as the first instance tells; empty unless active
     * @param elapsedMs from just before the version was written
     */
    public record Result(Kind kind, String text, long elapsedMs, Optional<ReloadReport> report) {}

    private final SluiceConfig config;
    private final Clock clock = Clock.systemUTC();
    private final Fleet fleet;

    /** Reads where the fleet stands. @throws dev.sluice.topics.ClusterUnreachableException when no broker answers */
    public Publication(SluiceConfig config) {
        Cluster.checkReachable(config);
        this.config = config;
        this.fleet = Fleet.read(config.topics().names().status(), config.kafka(), READ_LIMIT);
    }

    public RulesetPublisher.Outcome publish(RulesetPublisher.Request request) {
        return EngineParts.publisher(config, clock).publish(request);
    }

    /**
     * Waits until every live instance's evaluating threads have read the version or a higher one, or one instance
     * refuses it, or the limit passes.
     */
    public Result await(RulesetPublisher.Published published, Duration limit) {
        while (true) {
            fleet.poll(POLL);
            Instant now = clock.instant();
            long elapsedMs =
                    Duration.between(published.version().publishedAt(), now).toMillis();
            List<InstanceStatus> live = fleet.live(now);
            boolean silent = live.isEmpty() && !fleet.all().isEmpty() && elapsedMs < SILENCE_LIMIT_MS;
            Result result = judge(live, published, elapsedMs);
            boolean waits = result.kind() == Kind.DEADLINE || silent;
            if (!waits || elapsedMs > limit.toMillis()) {
                return result;
            }
        }
    }

    @Override
    public void close() {
        fleet.close();
    }

    private static Result judge(List<InstanceStatus> live, RulesetPublisher.Published published, long elapsedMs) {
        if (live.isEmpty()) {
            return result(
                    Kind.NO_INSTANCE, "published; no instance is running, the next one to start runs it", elapsedMs);
        }
        List<String> waiting = new ArrayList<>();
        for (InstanceStatus status : live) {
            Optional<RulesetStatus> ruleset = ruleset(status, published);
            Optional<RefusedVersion> refused = ruleset.flatMap(r -> refusal(r, published));
            if (refused.isPresent()) {
                return result(Kind.REFUSED, text(status, ruleset.get(), refused.get()), elapsedMs);
            }
            if (ruleset.filter(r -> runs(r, published.version().version())).isEmpty()) {
                waiting.add(status.getInstance());
            }
        }
        if (!waiting.isEmpty()) {
            String who = String.join(", ", waiting);
            return result(
                    Kind.DEADLINE,
                    "published, but not running yet on " + who + " after " + elapsedMs + " ms: see 'sluice status'",
                    elapsedMs);
        }
        String instances = live.size() + (live.size() == 1 ? " instance" : " instances");
        return new Result(
                Kind.ACTIVE,
                "active on " + instances + " after " + elapsedMs + " ms",
                elapsedMs,
                report(live.get(0), published));
    }

    private static Result result(Kind kind, String text, long elapsedMs) {
        return new Result(kind, text, elapsedMs, Optional.empty());
    }

    private static Optional<RulesetStatus> ruleset(InstanceStatus status, RulesetPublisher.Published published) {
        return status.getRulesets().stream()
                .filter(ruleset -> ruleset.getName().equals(published.version().name()))
                .findFirst();
    }

    private static Optional<RefusedVersion> refusal(RulesetStatus ruleset, RulesetPublisher.Published published) {
        return ruleset.getRefused().stream()
                .filter(refused -> refused.getOffset() == published.offset())
                .findFirst();
    }

    private static boolean runs(RulesetStatus ruleset, long version) {
        return ruleset.getActive() != null && ruleset.getActive() >= version && ruleset.getInUse();
    }

    private static Optional<ReloadReport> report(InstanceStatus status, RulesetPublisher.Published published) {
        return ruleset(status, published)
                .flatMap(StatusReport::report)
                .filter(report -> report.toVersion() == published.version().version());
    }

    private static String text(InstanceStatus status, RulesetStatus ruleset, RefusedVersion refused) {
        List<ProblemRecord> problems = refused.getProblems();
        String why = problems.isEmpty() ? "no reason given" : problems.get(0).getMessage();
        String stays =
                ruleset.getActive() == null ? "none is active" : "version " + ruleset.getActive() + " stays active";
        return "refused by " + status.getInstance() + " (" + stays + "): " + why;
    }
}
