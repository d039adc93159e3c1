package dev.sluice.app;

import dev.sluice.config.SluiceConfig;
import dev.sluice.control.Deployments;
import dev.sluice.control.Fleet;
import dev.sluice.control.PublishedSettings;
import dev.sluice.deployment.Deployment;
import dev.sluice.deployment.Quarantine;
import dev.sluice.schema.InstanceStatus;
import dev.sluice.settings.FleetSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Where all deployments and all instances stand, followed as they go on.
 *
 * <p>Threading: confined to one thread.
 */
public final class FleetStanding implements AutoCloseable {
    private static final Duration READ_LIMIT = Duration.ofSeconds(15);

    private final Clock clock = Clock.systemUTC();
    private final Deployments deployments;
    private final Fleet fleet;

    /** Stands at the present. @throws dev.sluice.topics.ClusterUnreachableException when no broker answers */
    public FleetStanding(SluiceConfig config) {
        Cluster.checkReachable(config);
        this.deployments = Deployments.read(config.topics().names().control(), config.kafka(), READ_LIMIT);
        this.fleet = Fleet.read(config.topics().names().status(), config.kafka(), READ_LIMIT);
    }

    /** Takes in what happened meanwhile. Returns after {@code wait}. */
    public void poll(Duration wait) {
        long end = System.nanoTime() + wait.toNanos();
        do {
            deployments.poll(Duration.ofMillis(50), deployment -> {});
            fleet.poll(Duration.ofMillis(50));
        } while (System.nanoTime() < end);
    }

    /** By the name of the ruleset. */
    public Collection<Deployment> deployments() {
        return List.copyOf(deployments.all().values());
    }

    /** Rules in quarantine or on trial, by ruleset and rule. */
    public Collection<Quarantine> quarantines() {
        return List.copyOf(deployments.quarantines().values());
    }

    /** Everything that is said, also by instances that are gone, by id. */
    public Collection<InstanceStatus> instances() {
        return fleet.all();
    }

    /** The instances that live. */
    public List<InstanceStatus> live() {
        return fleet.live(now());
    }

    /** The fleet's settings; empty for none. */
    public Optional<PublishedSettings> settings() {
        return deployments.settings();
    }

    /** What they say. */
    public FleetSettings said() {
        return deployments.said();
    }

    /** How long an instance's image has been older than the control topic; zero when it is not. */
    public Duration behind(InstanceStatus status) {
        Optional<Instant> since = deployments.unreadSince(status.getControlOffset());
        Duration behind = since.map(then -> Duration.between(then, now())).orElse(Duration.ZERO);
        return behind.isNegative() ? Duration.ZERO : behind;
    }

    public Instant now() {
        return clock.instant();
    }

    @Override
    public void close() {
        deployments.close();
        fleet.close();
    }
}
