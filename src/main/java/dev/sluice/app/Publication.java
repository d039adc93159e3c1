package dev.sluice.app;

import dev.sluice.config.SluiceConfig;
import dev.sluice.control.Deployments;
import dev.sluice.control.Fleet;
import dev.sluice.control.RulesetPublisher;
import dev.sluice.deployment.Deployment;
import dev.sluice.ruleset.ReloadReport;
import dev.sluice.schema.InstanceStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A version on its way: written to the control topic, then followed until its deployment is over or waits for somebody. */
public final class Publication implements AutoCloseable {
    private static final Duration READ_LIMIT = Duration.ofSeconds(15);
    /** Instances that are listed but silent, after an outage of the cluster say, get this long to report again. */
    private static final long SILENCE_LIMIT_MS = 10_000;

    private static final Duration POLL = Duration.ofMillis(20);

    /** What became of the version. */
    public enum Kind {
        /** It serves all keys, and every live instance's evaluating threads have read it. */
        ACTIVE,
        /** The fleet is prepared; it waits for a command, for its time, or for its windows to be fed. */
        STAGED,
        /** It has a share of the keys when the limit passes, and goes on. */
        ROLLING_OUT,
        /** It had keys, and has none any more. */
        ROLLED_BACK,
        /** It never got a key: an instance refused it, or the fleet was not prepared in time. */
        REFUSED,
        /** A newer version, or another command, took its place. */
        SUPERSEDED,
        NO_INSTANCE,
        DEADLINE
    }

    /**
     * What became of the version.
     *
     * @param text for people; of what went wrong also the reason
     * @param elapsedMs from just before the version was written
     * @param report what the activation did, as the first instance tells; empty unless active
     */
    public record Result(Kind kind, String text, long elapsedMs, Optional<ReloadReport> report) {}

    /** Told of each state of the version's deployment, in order. */
    public interface Progress {
        void at(Deployment deployment);
    }

    private final SluiceConfig config;
    private final Clock clock = Clock.systemUTC();
    private final Fleet fleet;
    private final Deployments deployments;

    /** Reads where the fleet stands. @throws dev.sluice.topics.ClusterUnreachableException when no broker answers */
    public Publication(SluiceConfig config) {
        Cluster.checkReachable(config);
        this.config = config;
        this.fleet = Fleet.read(config.topics().names().status(), config.kafka(), READ_LIMIT);
        this.deployments = Deployments.read(config.topics().names().control(), config.kafka(), READ_LIMIT);
    }

    public RulesetPublisher.Outcome publish(RulesetPublisher.Request request) {
        return EngineParts.publisher(config, clock).publish(request);
    }

    /** As {@link #await(RulesetPublisher.Published, Duration, Progress)}, without being told of each state. */
    public Result await(RulesetPublisher.Published published, Duration limit) {
        return await(published, limit, deployment -> {});
    }

    /** Waits until the version's deployment is over or waits for somebody, or the limit passes. */
    public Result await(RulesetPublisher.Published published, Duration limit, Progress progress) {
        while (true) {
            deployments.poll(POLL, deployment -> tell(published, deployment, progress));
            fleet.poll(POLL);
            Instant now = clock.instant();
            long elapsedMs =
                    Duration.between(published.version().publishedAt(), now).toMillis();
            List<InstanceStatus> live = fleet.live(now);
            boolean silent = live.isEmpty() && !fleet.all().isEmpty() && elapsedMs < SILENCE_LIMIT_MS;
            PublicationJudge judge = new PublicationJudge(published, live, elapsedMs);
            Result result = judge.judge(deployments.of(published.version().name()));
            boolean waits = result.kind() == Kind.DEADLINE || result.kind() == Kind.ROLLING_OUT || silent;
            if (!waits || elapsedMs > limit.toMillis()) {
                return result;
            }
        }
    }

    private static void tell(RulesetPublisher.Published published, Deployment deployment, Progress progress) {
        if (deployment.ruleset().equals(published.version().name())
                && deployment.version() == published.version().version()) {
            progress.at(deployment);
        }
    }

    @Override
    public void close() {
        deployments.close();
        fleet.close();
    }
}
