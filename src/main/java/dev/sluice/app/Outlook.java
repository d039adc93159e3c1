package dev.sluice.app;

import dev.sluice.config.SluiceConfig;
import dev.sluice.control.Deployments;
import dev.sluice.control.Fleet;
import dev.sluice.deployment.Deployment;
import dev.sluice.deployment.DeploymentSpec;
import dev.sluice.deployment.DeploymentState.Paused;
import dev.sluice.deployment.DeploymentState.RollingOut;
import dev.sluice.deployment.Strategy;
import dev.sluice.schema.InstanceStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What a version would meet if it were published now. Nothing is changed.
 *
 * @param last the ruleset's last deployment
 * @param live ids of the instances that report
 * @param silent ids of those that stopped reporting lately: they count until they are gone
 * @param splits other rulesets whose keys are split
 * @param splitsMax how many may be at one time
 */
public record Outlook(
        DeploymentSpec spec,
        Optional<Deployment> last,
        List<String> live,
        List<String> silent,
        int splits,
        int splitsMax) {
    private static final Duration READ_LIMIT = Duration.ofSeconds(15);

    /** Silence after which an instance counts no more, unless the consumers' session timeout is set otherwise. */
    private static final Duration GONE_AFTER = Duration.ofSeconds(45);

    public Outlook {
        live = List.copyOf(live);
        silent = List.copyOf(silent);
    }

    /**
     * Looks at the fleet.
     *
     * @throws dev.sluice.topics.ClusterUnreachableException when no broker answers
     */
    public static Outlook of(SluiceConfig config, String ruleset, DeploymentSpec spec) {
        Cluster.checkReachable(config);
        Instant now = Clock.systemUTC().instant();
        String control = config.topics().names().control();
        String status = config.topics().names().status();
        try (Deployments deployments = Deployments.read(control, config.kafka(), READ_LIMIT);
                Fleet fleet = Fleet.read(status, config.kafka(), READ_LIMIT)) {
            return new Outlook(
                    spec,
                    deployments.of(ruleset),
                    ids(fleet.live(now)),
                    ids(fleet.all().stream()
                            .filter(instance -> isSilent(instance, now))
                            .toList()),
                    splits(deployments.all().values(), ruleset),
                    deployments.said().over(EngineParts.settings(config)).splits());
        }
    }

    /** Whether there is no version to leave any key to. */
    public boolean isFirst() {
        return last.isEmpty() || last.get().serving().isEmpty();
    }

    /** The deployment whose place the version would take. */
    public Optional<Deployment> superseded() {
        return last.filter(of -> !of.state().isOver());
    }

    /** How many instances have to be prepared. */
    public int needed() {
        int all = live.size() + silent.size();
        return (all * spec.activation().percent() + 99) / 100;
    }

    /** Whether so many rulesets are split that this one would have to wait for one of them. */
    public boolean waitsForOthers() {
        Strategy strategy =
                spec.strategy() instanceof Strategy.Scheduled scheduled ? scheduled.then() : spec.strategy();
        return !isFirst() && !(strategy instanceof Strategy.BlueGreen) && splits >= splitsMax;
    }

    private static int splits(Collection<Deployment> deployments, String ruleset) {
        return (int) deployments.stream()
                .filter(of -> !of.ruleset().equals(ruleset))
                .filter(of -> of.state() instanceof RollingOut || of.state() instanceof Paused)
                .count();
    }

    private static boolean isSilent(InstanceStatus status, Instant now) {
        return !Fleet.isLive(status, now)
                && status.getReportedAt().plus(GONE_AFTER).isAfter(now);
    }

    private static List<String> ids(Collection<InstanceStatus> instances) {
        return instances.stream().map(InstanceStatus::getInstance).toList();
    }
}
