package dev.sluice.cli;

import dev.sluice.deployment.Deployment;
import dev.sluice.deployment.DeploymentState.Active;
import dev.sluice.deployment.Figures;
import dev.sluice.deployment.Latencies;
import dev.sluice.schema.InstanceStatus;
import dev.sluice.schema.VersionFigures;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What one version of a ruleset that is split, or watched after its last key, did on all instances since their start.
 *
 * @param arm {@code stable} or {@code candidate}; once the candidate has all keys, {@code before} and {@code active}
 */
record ArmFigures(String ruleset, long version, String arm, Figures figures) {

    static List<ArmFigures> of(Collection<Deployment> deployments, Collection<InstanceStatus> instances) {
        List<ArmFigures> arms = new ArrayList<>();
        for (Deployment of : deployments) {
            boolean isBaked = of.state() instanceof Active active && active.bakedAt() != null;
            boolean isSplit = StateText.stage(of.state()).isPresent();
            if (of.before().isPresent() && (isBaked || isSplit)) {
                long before = of.before().getAsLong();
                arms.add(of(of.ruleset(), before, isSplit ? "stable" : "before", instances));
                arms.add(of(of.ruleset(), of.version(), isSplit ? "candidate" : "active", instances));
            }
        }
        return arms;
    }

    private static ArmFigures of(String ruleset, long version, String arm, Collection<InstanceStatus> instances) {
        Figures sum = instances.stream()
                .flatMap(status -> status.getRulesets().stream())
                .filter(status -> status.getName().equals(ruleset))
                .flatMap(status -> status.getFigures().stream())
                .filter(figures -> figures.getVersion() == version)
                .map(ArmFigures::figures)
                .reduce(Figures.NONE, Figures::plus);
        return new ArmFigures(ruleset, version, arm, sum);
    }

    private static Figures figures(VersionFigures of) {
        long[] counts = of.getLatencies().stream().mapToLong(Long::longValue).toArray();
        return new Figures(
                of.getEvaluations(),
                of.getErrors(),
                of.getTimeouts(),
                of.getAlerts(),
                of.getMeasured(),
                of.getNanos(),
                Latencies.of(counts));
    }
}
