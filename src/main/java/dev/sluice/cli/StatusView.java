package dev.sluice.cli;

import dev.sluice.app.FleetStanding;
import dev.sluice.control.Fleet;
import dev.sluice.deployment.Deployment;
import dev.sluice.deployment.Quarantine;
import dev.sluice.schema.InstanceStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What {@code sluice status} shows, at one moment.
 *
 * @param behind instance to how long its image has been older than the control topic
 * @param arms of what is split or watched
 * @param quarantines rules set apart or on trial
 */
record StatusView(
        Collection<Deployment> deployments,
        List<InstanceStatus> instances,
        Map<String, Duration> behind,
        List<ArmFigures> arms,
        Collection<Quarantine> quarantines,
        Instant now) {
    static StatusView of(FleetStanding standing, Predicate<InstanceStatus> isShown) {
        List<InstanceStatus> shown =
                standing.instances().stream().filter(isShown).toList();
        return new StatusView(
                standing.deployments(),
                shown,
                shown.stream().collect(Collectors.toMap(InstanceStatus::getInstance, standing::behind)),
                ArmFigures.of(standing.deployments(), shown),
                standing.quarantines(),
                standing.now());
    }

    boolean isLive(InstanceStatus status) {
        return Fleet.isLive(status, now);
    }

    List<InstanceStatus> live() {
        return instances.stream().filter(this::isLive).toList();
    }

    /** How many live instances evaluate the rule no more. */
    long apartOn(Quarantine quarantine) {
        return live().stream()
                .flatMap(status -> status.getRulesets().stream())
                .filter(ruleset -> ruleset.getName().equals(quarantine.ruleset()))
                .filter(ruleset -> ruleset.getQuarantined().contains(quarantine.rule()))
                .count();
    }

    Duration behind(InstanceStatus status) {
        return behind.getOrDefault(status.getInstance(), Duration.ZERO);
    }
}
