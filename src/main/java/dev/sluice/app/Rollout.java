package dev.sluice.app;

import dev.sluice.config.SluiceConfig;
import dev.sluice.control.Deployments;
import dev.sluice.control.Fleet;
import dev.sluice.deployment.Deployment;
import dev.sluice.deployment.DeploymentTemplates;
import dev.sluice.deployment.Quarantine;
import dev.sluice.schema.InstanceStatus;
import dev.sluice.schema.RulesetStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The deployment of one ruleset, followed as it goes on.
 *
 * <p>Threading: confined to one thread.
 */
public final class Rollout implements AutoCloseable {
    private static final Duration READ_LIMIT = Duration.ofSeconds(15);

    private final String ruleset;
    private final Clock clock = Clock.systemUTC();
    private final Deployments deployments;
    private final Fleet fleet;

    /** Stands at the present. @throws dev.sluice.topics.ClusterUnreachableException when no broker answers */
    public Rollout(SluiceConfig config, String ruleset) {
        Cluster.checkReachable(config);
        this.ruleset = ruleset;
        this.deployments = Deployments.read(config.topics().names().control(), config.kafka(), READ_LIMIT);
        this.fleet = Fleet.read(config.topics().names().status(), config.kafka(), READ_LIMIT);
    }

    /** Each state that the ruleset's deployment entered meanwhile, in order, waiting at most {@code wait} for one. */
    public List<Deployment> poll(Duration wait) {
        List<Deployment> changes = new ArrayList<>();
        deployments.poll(wait, deployment -> {
            if (deployment.ruleset().equals(ruleset)) {
                changes.add(deployment);
            }
        });
        fleet.poll(Duration.ZERO);
        return changes;
    }

    public Optional<Deployment> deployment() {
        return deployments.of(ruleset);
    }

    /** The fleet's named ways to deploy. */
    public DeploymentTemplates templates() {
        return deployments.said().templates();
    }

    /** How it stands with one of its rules; empty while that is as any other. */
    public Optional<Quarantine> quarantine(String rule) {
        return deployments.quarantine(ruleset, rule);
    }

    public Standing standing(long version) {
        Instant now = clock.instant();
        List<InstanceStatus> live = fleet.live(now);
        int prepared =
                (int) live.stream().filter(status -> has(status, version)).count();
        return new Standing(version, deployment(), prepared, live.size(), now);
    }

    /** Whether any instance is listed, silent ones too. */
    public boolean hasInstances() {
        return !fleet.all().isEmpty();
    }

    private boolean has(InstanceStatus status, long version) {
        return status.getRulesets().stream()
                .filter(of -> of.getName().equals(ruleset))
                .anyMatch(of -> has(of, version));
    }

    private static boolean has(RulesetStatus of, long version) {
        return of.getPrepared().contains(version)
                || Objects.equals(of.getActive(), version)
                || Objects.equals(of.getCandidate(), version);
    }

    @Override
    public void close() {
        deployments.close();
        fleet.close();
    }
}
